import { describe, expect, test } from 'vitest'
import { faultsOf, signed } from '../../contract.test-support.ts'
import { evaluate } from '../../derivation.ts'
import type { Question } from '../../question/form.ts'
import { sameValue } from '../../value.ts'

/** What lifts a deadline in time leaves nothing that could be kept or missed. */

const words = (more = 'lifted-by: withdrawn') => `
{ zone: UTC, facts: { ticket: { shape: event, has: { number: text } }, on_hold: { shape: interval }, solved: { shape: event, has: { number: text } },
    withdrawn: { shape: event, has: { number: text } }, asked: { shape: event }, answered: { shape: event } },
  events: { over: { any-of: [ withdrawn, answer.missed ] },
    asked_anew: { any-of: [ withdrawn, ticket ] }, solved_or_not: { any-of: [ withdrawn, solved ] } },
  measures: { in_time: { count: solve.met, per: day }, late: { count: solve.missed, per: day } },
  terms: { solve: { target: { start: ticket, stop: solved, within: 4 hours, clock: always, pauses: { facts: on_hold, counted: in-hours }, ${more} } },
    answer: { duty: { who: consumer, start: asked, stop: answered, within: 1 hours, clock: always } } } }`
const of = (kind: string, time: string, more = '') =>
  `${kind}: { about: a, at: 2024-05-06T${time}${more} }`
const ticket = 'ticket: { id: t, about: a, at: 2024-05-06T09:00 }'
const asked = (facts: string, more?: string, at = '2024-05-07') => {
  const { ask, told } = signed(words(more), { facts: `[ ${ticket}, ${facts} ]` })
  const { derivation } = ask({ due: 'solve', for: 't', at } as Question)
  expect(sameValue(evaluate(derivation), derivation.value)).toBe(true)
  return [
    told({ met: 'solve', for: 't', at } as Question),
    told({ due: 'solve', for: 't', at } as Question),
    told({ value: 'in_time', in: '2024-05-06' }),
    told({ value: 'late', in: '2024-05-06' }),
  ].join(' ')
}
const hold = (time: string) => `on_hold: { about: a, from: 2024-05-06T${time} }`

describe('a deadline that is lifted', () => {
  test.for([
    ['at once', of('withdrawn', '09:00'), 'nothing-due nothing-due 0 0'],
    ['in time', of('withdrawn', '11:00'), 'nothing-due nothing-due 0 0'],
    ['at its last moment', of('withdrawn', '13:00'), 'nothing-due nothing-due 0 0'],
    ['too late', of('withdrawn', '13:01'), 'no 2024-05-06T13:00 0 1'],
    [
      'after it was done',
      `${of('solved', '10:00')}, ${of('withdrawn', '11:00')}`,
      'yes 2024-05-06T13:00 1 0',
    ],
    [
      'as it was done',
      `${of('solved', '11:00')}, ${of('withdrawn', '11:00')}`,
      'yes 2024-05-06T13:00 1 0',
    ],
    [
      'before it was done',
      `${of('withdrawn', '10:00')}, ${of('solved', '11:00')}`,
      'nothing-due nothing-due 0 0',
    ],
    ['for another', 'withdrawn: { about: b, at: 2024-05-06T10:00 }', 'no 2024-05-06T13:00 0 1'],
    [
      'while it was held up',
      `${hold('12:00')}, ${of('withdrawn', '20:00')}`,
      'nothing-due nothing-due 0 0',
    ],
    [
      'twice',
      `${of('withdrawn', '10:00')}, ${of('withdrawn', '15:00')}`,
      'nothing-due nothing-due 0 0',
    ],
  ] as const)('%s', ([, facts, expected]) => {
    expect(asked(facts)).toBe(expected)
  })

  test('by what another deadline comes to', () => {
    expect(asked(of('asked', '10:00'), 'lifted-by: over')).toBe('nothing-due nothing-due 0 0')
    expect(asked(`${of('asked', '10:00')}, ${of('answered', '10:30')}`, 'lifted-by: over')).toBe(
      'no 2024-05-06T13:00 0 1',
    )
  })

  test('is told apart by an attribute', () => {
    const numbered = (number: number) => of('withdrawn', '10:00', `, number: ${number}`)
    const text = words('lifted-by: withdrawn, paired-by: number').replace(
      'on_hold: { shape: interval }',
      'on_hold: { shape: interval, has: { number: text } }',
    )
    const met = (number: number) =>
      signed(text, {
        facts: `[ ticket: { id: t, number: 1, at: 2024-05-06T09:00 }, ${numbered(number)} ]`,
      }).told({ met: 'solve', for: 't', at: '2024-05-07' } as Question)
    expect([met(1), met(2)]).toEqual(['nothing-due', 'no'])
  })

  test('may be started anew about the same subject', () => {
    const { told } = signed(words(), {
      facts: `[ ${ticket}, ${of('withdrawn', '10:00')}, ticket: { id: next, about: a, at: 2024-05-06T12:00 }, ${of('solved', '13:00')} ]`,
    })
    const met = (id: string) => told({ met: 'solve', for: id } as Question)
    expect([met('t'), met('next')]).toEqual(['nothing-due', 'yes'])
  })

  test('evaluates with another instant in the leaf to what the engine gives for it', () => {
    const facts = (at: string) =>
      `[ ${ticket}, on_hold: { about: a, from: 2024-05-06T10:00, for: 3 hours }, withdrawn: { id: w, about: a, at: 2024-05-06T${at} }, ${of('solved', '14:00')} ]`
    const made = signed(words(), { facts: facts('11:00') })
    const { derivation } = made.ask({ met: 'solve', for: 't' })
    for (const at of ['09:30', '12:30', '13:30', '15:00', '17:00']) {
      const other = signed(words(), { facts: facts(at) })
      const moved = other.facts.find(({ id }) => id === 'w')?.at
      const found = evaluate(derivation, ({ id, field }) =>
        id === 'w' && field === 'at' ? moved : undefined,
      )
      expect(found).toEqual(other.ask({ met: 'solve', for: 't' }).derivation.value)
    }
  })
})

test.for([
  ['lifted-by: withdrawl', 'fact_undeclared /terms/solve/target/lifted-by'],
  ['lifted-by: solved', 'words_exclude_each_other /terms/solve/target/lifted-by'],
  ['lifted-by: ticket', 'words_exclude_each_other /terms/solve/target/lifted-by'],
  ['lifted-by: asked_anew', 'words_exclude_each_other /terms/solve/target/lifted-by'],
  ['lifted-by: solved_or_not', 'words_exclude_each_other /terms/solve/target/lifted-by'],
] as const)('%s is refused', ([more, fault]) => {
  expect(faultsOf(words(more))).toEqual([fault])
})

test('a level is lifted by nothing', () => {
  const level =
    '{ facts: { withdrawn: { shape: event } }, measures: { down: { time: outage, per: month, in: minutes } }, terms: { up: { target: { measure: down, at-most: 30, per: month, lifted-by: withdrawn } } } }'
  expect(faultsOf(level)).toEqual(['word_without_effect /terms/up/target/lifted-by'])
})
