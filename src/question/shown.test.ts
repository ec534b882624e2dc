import { describe, expect, test } from 'vitest'
import { bytesMax, readDocuments } from '../contract/document/document.ts'
import type { Question } from '../contract/question/form.ts'
import { answerQuestion } from '../contract/question/question.ts'
import { readFiles } from '../platform/files.ts'
import { buildWorld } from '../world/world.ts'
import { AnswerShown } from './shown.ts'
import { shown } from './told.ts'

/** What an answer says of itself leaves as the engine wrote it, and nothing leaves beside it. */

const read = (name: string, agreement: string) => {
  const { files } = readFiles(`examples/${name}`, bytesMax)
  const { world } = buildWorld(files.flatMap((one) => readDocuments(one.text, one.file).documents))
  const live = world.agreements.get(agreement)
  if (!live) throw new Error(`${name} has no ${agreement}`)
  return live
}
const hotel = read('hotel', 'stay_of_ana_costa')
const colocation = read('colocation', 'rack_of_brightline')

function written({ agreement, facts }: typeof hotel, question: Question) {
  const told = { provider: 'the provider', consumer: 'the consumer' }
  const answer = shown({ id: 'agr_x', agreement, told }, answerQuestion(agreement, facts, question))
  return { ...answer, version: 1 }
}

describe('an answer', () => {
  test.for<[question: Question, live: typeof hotel]>([
    [{ bill: '2026-05' }, hotel],
    [{ whose: 'robe_0173' }, hotel],
    [{ value: 'late_check_out', for: 'ana_leaves' }, hotel],
    [{ may: 'room', user: 'guest', at: '2026-05-14T12:00' }, hotel],
    [{ due: 'bill_ready', for: 'bill_asked_for' }, hotel],
    [{ met: 'front_desk_answer', in: '2026-05' }, hotel],
    [{ bill: '2026-05' }, colocation],
    [{ met: 'power_level', in: '2026-05' }, colocation],
    [{ value: 'electricity_price', in: '2026-05' }, colocation],
    [{ level: 'power_level', in: '2026-04' }, colocation],
    [{ duties: 'both', in: '2026-05' }, colocation],
    [{ remedy: 'dark_in_april' }, colocation],
    [{ exposure: 'agreement' }, colocation],
    [{ change: 'all', at: '2026-05-10', agree: { connections: '4' } }, colocation],
    [{ end: 'agreement', at: '2026-05-10' }, colocation],
  ])('to %j loses nothing of its derivation and its standing', ([question, live]) => {
    const answer = JSON.parse(JSON.stringify(written(live, question)))
    const { derivation, standing } = AnswerShown.parse(written(live, question))
    expect(derivation).toEqual(answer.derivation)
    expect(standing).toEqual(answer.standing)
  })

  test('lists what belongs to it, each with the number and title of its clause', () => {
    const listed = (question: Question) => AnswerShown.parse(written(colocation, question))
    expect(listed({ level: 'power_level', in: '2026-04' }).figures).toMatchObject([
      { name: 'measured', says: 'about 99.852%' },
      { name: 'at_least', says: '99.9%' },
      { name: 'left', says: 'missed by about 0.048 percentage points, which is 20.8 minutes' },
    ])
    expect(listed({ duties: 'provider', in: '2026-05' }).duties).toMatchObject([
      { clause: 'remote_hands_answer', number: '9.4', who: 'provider', state: 'met' },
      { clause: 'generators_tested', number: '4.2', who: 'provider', state: 'met' },
    ])
    const { unbounded } = listed({ exposure: 'agreement' })
    expect(unbounded?.map(({ number, title }) => `${number} ${title}`)).toContain('4.1 Electricity')
    expect(listed({ remedy: 'dark_in_april' }).lines).toMatchObject([
      { clause: 'power_credit', amount: '-86.00' },
    ])
    const kept = AnswerShown.parse(written(hotel, { remedy: 'robe_is_kept' }))
    expect(kept.effects).toMatchObject([{ sets: { title: 'consumer' } }])
  })

  test.for<[question: Question, live: typeof hotel, says: string]>([
    [{ bill: '2026-04' }, colocation, '1,278.53 EUR'],
    [{ value: 'power_credit', in: '2026-04' }, colocation, '86.00 EUR to the consumer'],
    [{ remedy: 'dark_in_april' }, colocation, '86.00 EUR to the consumer'],
    [{ whose: 'welcome_kit' }, hotel, 'the consumer'],
    [
      { bill: '2026-05', at: '2026-05-14T18:00' },
      colocation,
      'not known: the meter reading of May 2026',
    ],
  ])('to %j says it in words of people: %s', ([question, live, says]) => {
    expect(AnswerShown.parse(written(live, question)).says).toBe(says)
  })

  test('names of each line what has to be recorded first', () => {
    const { lines, missing } = AnswerShown.parse(
      written(colocation, { bill: '2026-05', at: '2026-05-14T18:00' }),
    )
    expect(missing).toEqual(['the meter reading of May 2026'])
    expect(lines?.filter((line) => line.missing).map(({ clause }) => clause)).toEqual([
      'electricity_price',
    ])
  })

  test('writes moments in UTC, and whether it is final as a truth', () => {
    expect(
      AnswerShown.parse(written(hotel, { due: 'bill_ready', for: 'bill_asked_for' })),
    ).toMatchObject({ answer: '2026-05-15T11:35:00.000Z', final: true })
    const whose = AnswerShown.parse(written(hotel, { whose: 'robe_0173', at: '2026-05-14T18:00' }))
    expect(whose).toMatchObject({ as_of: '2026-05-14T17:00:00.000Z' })
    expect(whose.standing?.custody.changes[0]?.at).toMatch(/Z$/)
  })

  test('shows of a step what is declared, however deep it lies', () => {
    const deep = 5000
    let derivation: object = { value: '1', cost: '3.85' }
    for (let step = 0; step < deep; step += 1)
      derivation = { value: '1', supplier: 'x', from: [{ as: 'a', is: derivation, cost: '3.85' }] }
    const answer = AnswerShown.parse({ ...written(hotel, { bill: '2026-05' }), derivation })
    expect(JSON.stringify(answer.derivation)).not.toMatch(/supplier|cost/)
    expect(JSON.stringify(answer.derivation).match(/"value"/g)).toHaveLength(deep + 1)
  })
})
