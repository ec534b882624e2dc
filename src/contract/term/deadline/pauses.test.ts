import { describe, expect, test } from 'vitest'
import { faultsOf, signed } from '../../contract.test-support.ts'
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

describe('that may move it only so far together', () => {
  const capped = (pauses: string, { within = '4 hours', clock = 'office', more = '' } = {}) => `
    { zone: UTC, agreed: { most: { type: duration, default: 2 hours } }, facts: { ticket: { shape: event }, on_hold: { shape: interval }, solved: { shape: event } },
      calendars: { office: { hours: { mon-fri: 09:00-17:00 } } },
      terms: { solve: { target: { start: ticket, stop: solved, within: ${within}, clock: ${clock}, pauses: { facts: on_hold, ${pauses} }${more} } } } }`
  const hold = (from: string, minutes: number) =>
    `on_hold: { about: a, from: 2024-05-${from}, for: ${minutes} minutes }`
  const inHours = capped('counted: in-hours, at-most: 2 hours')
  const elapsed = capped('counted: around-the-clock, at-most: 2 hours')
  const inDays = { within: '2 days', clock: 'always', more: ', ends: with-the-day' }

  test.for([
    [inHours, [hold('06T10:00', 60)], '06T14:00'],
    [inHours, [hold('06T10:00', 120)], '06T15:00'],
    [inHours, [hold('06T10:00', 121)], '06T15:00'],
    [inHours, [hold('06T10:00', 90), hold('06T12:00', 90)], '06T15:00'],
    [inHours, [hold('06T10:00', 60), hold('06T20:00', 600)], '06T14:00'],
    // The hold of a night counts as far as it falls into open hours, and so does the most.
    [capped('counted: in-hours, at-most: 6 hours'), [hold('06T11:00', 1440)], '07T11:00'],
    [capped('counted: in-hours, at-most: most'), [hold('06T10:00', 300)], '06T15:00'],
    [elapsed, [hold('06T10:00', 60)], '06T14:00'],
    [elapsed, [hold('06T10:00', 1440)], '06T15:00'],
    [capped('counted: around-the-clock, at-most: 1 days', inDays), [hold('06T10:00', 4320)], '10'],
    [capped('counted: around-the-clock, at-most: 3 days', inDays), [hold('06T10:00', 1440)], '10'],
    [
      capped('counted: in-hours, at-most: 90 minutes', { ...inDays, clock: 'office' }),
      [hold('06T10:00', 600)],
      '09T10:30',
    ],
  ] as const)('%#: %s with %s', ([base, holds, due]) => {
    const facts = `[ ticket: { id: t, about: a, at: 2024-05-06T09:00 }, ${holds.join(', ')} ]`
    const { ask, told } = signed(base, { facts })
    const expected = due.length === 2 ? `2024-05-${due}T00:00` : `2024-05-${due}`
    expect(told({ due: 'solve', for: 't' })).toBe(expected)
    const { derivation } = ask({ due: 'solve', for: 't' })
    expect(sameValue(evaluate(derivation), derivation.value)).toBe(true)
  })

  test.for([
    ['2024-05-06T11:00', '2024-05-06T14:00', 'unknown'],
    ['2024-05-06T12:00', '2024-05-06T15:00', 'unknown'],
    ['2024-05-06T15:00', '2024-05-06T15:00', 'unknown'],
    ['2024-05-06T15:01', '2024-05-06T15:00', 'no'],
    // As of the last fact: how long it will last nobody knows yet.
    [undefined, 'unknown', 'unknown'],
  ] as const)('while one is open, at %s, is due by %s and kept: %s', ([at, due, met]) => {
    const facts = `[ ticket: { id: t, about: a, at: 2024-05-06T09:00 }, on_hold: { about: a, from: 2024-05-06T10:00 } ]`
    const { told } = signed(inHours, { facts })
    const asked = at === undefined ? {} : { at }
    expect(told({ due: 'solve', for: 't', ...asked })).toBe(due)
    expect(told({ met: 'solve', for: 't', ...asked })).toBe(met)
  })

  test.for([
    ['counted: in-hours, at-most: 2 days', 'types_do_not_fit'],
    ['counted: around-the-clock, at-most: 2 business days', 'types_do_not_fit'],
    ['counted: in-hours, at-most: 2', 'types_do_not_fit'],
    ['counted: in-hours, at-most: 0 hours', 'value_out_of_range'],
  ] as const)('%s is refused: %s', ([pauses, fault]) => {
    expect(faultsOf(capped(pauses))).toEqual([`${fault} /terms/solve/target/pauses/at-most`])
  })
})

describe('of which a condition says whether they count', () => {
  const chosen = (where: string, facts = 'on_hold') => `
    { zone: UTC, facts: { ticket: { shape: event, has: { number: text } }, on_hold: { shape: interval, has: { reason: [ caller, vendor ] } }, solved: { shape: event },
        asked: { shape: event, has: { size: number } }, answered: { shape: event } },
      terms: { solve: { target: { start: ticket, stop: solved, within: 4 hours, clock: always, pauses: { facts: ${facts}, where: '${where}', counted: in-hours } } },
        answer: { duty: { who: consumer, start: asked, stop: answered, within: 1 hours, clock: always } } } }`
  const ofCaller = 'on_hold.reason == "caller"'
  const hold = (hour: number, reason?: string) =>
    `on_hold: { about: a, from: 2024-05-06T${hour}:00, for: 1 hours${reason === undefined ? '' : `, reason: ${reason}`} }`
  const ask = (hour: number, size: number) =>
    `asked: { about: a, at: 2024-05-06T0${hour}:30, size: ${size} }, answered: { about: a, at: 2024-05-06T11:00 }`

  test.for([
    [chosen(ofCaller), hold(10, 'caller'), '2024-05-06T14:00'],
    [chosen(ofCaller), hold(10, 'vendor'), '2024-05-06T13:00'],
    [chosen(ofCaller), `${hold(10, 'caller')}, ${hold(11, 'vendor')}`, '2024-05-06T14:00'],
    [chosen(ofCaller), hold(10), 'unknown'],
    [chosen('asked.size > 2', 'answer'), ask(9, 3), '2024-05-06T13:30'],
    [chosen('asked.size > 2', 'answer'), ask(9, 2), '2024-05-06T13:00'],
  ] as const)('%#: %s with %s', ([base, facts, due]) => {
    const made = signed(base, {
      facts: `[ ticket: { id: t, about: a, at: 2024-05-06T09:00 }, ${facts} ]`,
    })
    expect(made.told({ due: 'solve', for: 't' })).toBe(due)
    const { derivation } = made.ask({ due: 'solve', for: 't' })
    expect(sameValue(evaluate(derivation), derivation.value)).toBe(true)
  })

  test.for([
    ['on_hold.reson == "caller"', 'attribute_undeclared /terms/solve/target/pauses/where'],
    ['on_hold.minutes', 'types_do_not_fit /terms/solve/target/pauses/where'],
    ['ticket.weekday == "mon"', 'event_not_at_hand /terms/solve/target'],
  ] as const)('%s is refused', ([where, fault]) => {
    expect(faultsOf(chosen(where))).toEqual([fault])
  })
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

describe('what passes from an instant that is named is held up as what passes from the start', () => {
  const raising = (by: string, hours = 'clock: always', ends = '') =>
    `{ zone: UTC, facts: { raised: { shape: event, has: { opened: instant, day: date } }, on_hold: { shape: interval }, solved: { shape: event } },
      calendars: { office: { hours: { mon-fri: 09:00-17:00 } } },
      terms: { solve: { target: { start: raised, stop: solved, by: { ${by} }, ${hours}${ends}, pauses: { facts: on_hold, counted: in-hours } } } } }`
  const hold = (from: string, hours: number) =>
    `on_hold: { about: a, from: 2024-05-06T${from}, for: ${hours} hours }`
  const raised =
    'raised: { id: r, about: a, at: 2024-05-06T10:00, opened: 2024-05-06T09:00, day: 2024-05-06 }'
  const afterOpening = 'on: raised.opened, after-it: 2 hours'

  test.for([
    [raising(afterOpening), [], '2024-05-06T11:00'],
    [raising(afterOpening), [hold('10:30', 1)], '2024-05-06T12:00'],
    [raising(afterOpening), [hold('08:00', 1.5)], '2024-05-06T11:30'],
    [raising(afterOpening), [hold('11:00', 1)], '2024-05-06T11:00'],
    [raising(afterOpening, 'clock: office'), [hold('10:00', 24)], '2024-05-07T11:00'],
    [
      raising('on: raised.opened, after-it: 1 days', 'ends: with-the-day'),
      [hold('10:00', 24)],
      '2024-05-09T00:00',
    ],
    [
      raising('on: raised.opened, after-it: 1 days', 'clock: office', ', ends: at-the-hour'),
      [hold('16:00', 24)],
      '2024-05-07T17:00',
    ],
  ] as const)('%#: %s with %s', ([base, holds, due]) => {
    const { ask, told } = signed(base, { facts: `[ ${[raised, ...holds].join(', ')} ]` })
    expect(told({ due: 'solve', for: 'r' })).toBe(due)
    const { derivation } = ask({ due: 'solve', for: 'r' })
    expect(sameValue(evaluate(derivation), derivation.value)).toBe(true)
  })

  test.for([
    ['a day stands', raising('on: raised.day, after-it: 2 days', 'ends: with-the-day')],
    ['a time of day stands', raising('on: raised.opened, after-it: 2 days, at: 12:00')],
    ['what lies before an instant stands', raising('on: raised.opened, before: 2 hours')],
    ['the end of a period stands', raising('end-of: month', 'clock: always')],
  ] as const)('%s, and a pause beside it is refused', ([, base]) => {
    expect(faultsOf(base)).toContain('word_without_effect /terms/solve/target/pauses')
  })
})
