import { describe, expect, test } from 'vitest'
import { signed } from '../../contract.test-support.ts'
import { evaluate } from '../../derivation.ts'
import type { Question } from '../../question/form.ts'
import { sameValue } from '../../value.ts'

/** A pause holds a deadline up until what it is of is done; while it is open nobody knows when the deadline will be. */

const words = (counted: string) => `
zone: UTC
facts: { ticket: { shape: event }, on_hold: { shape: interval }, solved: { shape: event }, asked: { shape: event }, answered: { shape: event } }
terms:
  solve: { target: { start: ticket, stop: solved, within: 4 hours, clock: always, pauses: { facts: [ on_hold, answer ], counted: ${counted} } } }
  answer: { duty: { who: consumer, start: asked, stop: answered, within: 1 hours, clock: always } }`

const asked = (facts: string, question: Partial<Question> = {}, counted = 'in-hours') => {
  const { ask, told } = signed(words(counted), {
    facts: `[ ticket: { id: t, about: a, at: 2024-05-06T09:00 }, ${facts} ]`,
  })
  const due = { due: 'solve', for: 't', ...question } as Question
  const { derivation, final } = ask(due)
  expect(sameValue(evaluate(derivation), derivation.value)).toBe(true)
  return [told(due), final, told({ met: 'solve', for: 't', ...question } as Question)]
}

const solved = 'solved: { about: a, at: 2024-05-06T11:00 }'

describe.each(['in-hours', 'around-the-clock'])('counted %s', (counted) => {
  test.for([
    [
      'a hold after it was done',
      `${solved}, on_hold: { about: a, from: 2024-05-06T12:00, for: 30 minutes }`,
      '13:00',
    ],
    [
      'a hold that lasts longer',
      `${solved}, on_hold: { about: a, from: 2024-05-06T10:00, for: 3 hours }`,
      '14:00',
    ],
    [
      'a hold that nobody ended',
      `${solved}, on_hold: { about: a, from: 2024-05-06T10:00 }`,
      '14:00',
    ],
    [
      'a duty still unmet after it was done',
      `${solved}, asked: { about: a, at: 2024-05-06T09:30 }`,
      '13:30',
    ],
    [
      'a hold before it was done',
      `${solved}, on_hold: { about: a, from: 2024-05-06T10:00, for: 30 minutes }`,
      '13:30',
    ],
    ['the hold of another', `${solved}, on_hold: { about: b, from: 2024-05-06T10:00 }`, '13:00'],
  ] as const)('%s', ([, facts, due]) => {
    expect(asked(facts, {}, counted)).toEqual([`2024-05-06T${due}`, true, 'yes'])
  })
})

test.for([
  ['is not known without an instant', {}, ['unknown', false, 'unknown']],
  [
    'is known as of an instant, as though it ended then',
    { at: '2024-05-06T12:00' },
    ['2024-05-06T15:00', false, 'unknown'],
  ],
] as const)('while a hold is open the deadline %s', ([, question, expected]) => {
  expect(asked('on_hold: { about: a, from: 2024-05-06T10:00 }', question)).toEqual(expected)
})

test('a hold that began after the time was up holds nothing up', () => {
  const late = 'on_hold: { about: a, from: 2024-05-06T14:00 }'
  expect(asked(late)).toEqual(['2024-05-06T13:00', true, 'no'])
})

test('another instant in the leaf of the stop evaluates to what the engine gives for it', () => {
  const due = { due: 'solve', for: 't' } as const
  const facts = (at: string) =>
    `[ ticket: { id: t, about: a, at: 2024-05-06T09:00 }, solved: { id: s, about: a, at: ${at} },
      on_hold: { id: h, about: a, from: 2024-05-06T10:00, for: 3 hours } ]`
  const made = signed(words('in-hours'), { facts: facts('2024-05-06T11:00') })
  const { derivation } = made.ask(due)
  for (const at of ['2024-05-06T09:30', '2024-05-06T10:30', '2024-05-06T15:00']) {
    const other = signed(words('in-hours'), { facts: facts(at) })
    const stop = other.facts.find(({ id }) => id === 's')?.at
    const moved = evaluate(derivation, ({ id, field }) =>
      id === 's' && field === 'at' ? stop : undefined,
    )
    expect(moved).toBe(other.ask(due).derivation.value)
  }
})
