import { describe, expect, test } from 'vitest'
import { faultsOf, signed } from '../contract.test-support.ts'
import { evaluate, nodes } from '../derivation.ts'
import { sameValue } from '../value.ts'

/** Deadlines that begin only where a condition holds, and those that are kept before they begin. */

const facts = `facts: {
  drive: { shape: event, has: { day_of: text, minute: instant } },
  day_paid: { shape: event, has: { day: date, for: text, sent: instant, days: number } },
  weather: { shape: state, has: { storm: truth } }, wanted: { shape: event } }`
const offering = (duty: string, more = '') => `{ ${facts}, policies: { ends: with-the-day },
  agreed: { toll: { type: truth, default: yes } },
  measures: { stormy: { last: weather, value: weather.storm }, served: { months: completed, parts: whole },
    outages: { count: outage, per: month }, was_kept: { met: pay }, missed: { count: pay.missed, per: month },
    late: { time: pay, per: month, in: days }, drives: { count: drive, per: so-far-day, about: same } },
  components: [ { good: licence } ],
  terms: { passes: { transition: { of: licence, on: handed_over, title: consumer } }, pay: { duty: { who: consumer, ${duty} } }, fine: { charge: { each: pay.missed, amount: 9.00 } },
    kept_fee: { charge: { each: drive, when: was_kept, amount: 1.00 } },
    missed_fee: { charge: { each: drive, when: "!was_kept", amount: 2.00 } },
    either: { charge: { each: drive, when: "was_kept || !was_kept", amount: 3.00 } }, ${more} } }`
const made = (duty: string, more = '') =>
  signed(offering(duty), {
    facts: `[ { weather: { at: 2024-02-01T00:00, storm: yes } }, { weather: { at: 2024-03-01T00:00, storm: no } },
      { drive: { id: before, about: a, at: 2024-01-15T10:00 } }, { drive: { id: in_storm, about: b, at: 2024-02-15T10:00 } },
      { drive: { id: after, about: c, at: 2024-03-15T10:00 } } ${more} ]`,
  })

describe('a condition', () => {
  const duty = 'start: drive, when: "!stormy", stop: day_paid, within: 3 days'

  test.for([
    ['before', 'unknown', 'unknown', 'unknown', 'unknown'],
    ['in_storm', 'nothing-due', 'nothing-due', 'nothing-due', 'nothing-due'],
    ['after', '2024-03-19T00:00', 'no', '9', '2'],
  ] as const)(
    'is read at the start; nothing begins without it, and what is unknown stays so: %s',
    ([id, due, met, fine, missedFee]) => {
      const { told } = made(duty)
      expect(told({ due: 'pay', for: id })).toBe(due)
      expect(told({ met: 'pay', for: id, at: '2024-12-01' })).toBe(met)
      expect(told({ value: 'fine', for: id, at: '2024-12-01' })).toBe(fine)
      expect(told({ value: 'missed_fee', for: id, at: '2024-12-01' })).toBe(missedFee)
    },
  )

  test('what was never due was neither kept nor missed', () => {
    const { told } = made(duty)
    const fees = ['kept_fee', 'missed_fee', 'either'].map((value) =>
      told({ value, for: 'in_storm', at: '2024-12-01' }),
    )
    expect(fees).toEqual(['nothing-due', 'nothing-due', 'nothing-due'])
  })

  test('nothing that was never due is listed, counted or timed', () => {
    const { ask, told } = made(duty, ', { day_paid: { about: a, at: 2024-01-17T10:00 } }')
    const listed = (period: string) =>
      (ask({ duties: 'consumer', in: period }).duties ?? []).map(({ fact }) => fact)
    expect([listed('2024-02'), listed('2024-03')]).toEqual([[], ['after']])
    expect(ask({ remedy: 'in_storm' }).duties).toEqual([])
    const counted = ['2024-02', '2024-03'].flatMap((period) => [
      told({ value: 'missed', in: period }),
      told({ value: 'late', in: period }),
    ])
    expect(counted).toEqual(['0', '0', '1', '13'])
    expect(made(duty).told({ value: 'missed', in: '2024-01' })).toBe('unknown')
    expect(made(duty).told({ value: 'late', in: '2024-03' })).toBe('unknown')
  })

  test('stays in the derivation, which evaluates to the answer', () => {
    const { ask } = made(duty)
    for (const id of ['before', 'in_storm', 'after'])
      for (const derivation of [
        ask({ due: 'pay', for: id }).derivation,
        ask({ met: 'pay', for: id }).derivation,
        ask({ value: 'fine', for: id }).derivation,
      ]) {
        const all = [...nodes(derivation)]
        expect(all.every((node) => sameValue(evaluate(node), node.value))).toBe(true)
        expect(all.some(({ clause }) => clause === 'pay')).toBe(true)
      }
  })

  test('lets a second start about the same subject stand beside the first', () => {
    const more = ', { drive: { id: again, about: c, at: 2024-03-15T12:00 } }'
    const first = 'start: drive, when: drives == 1, stop: day_paid, within: 3 days'
    expect(made(first, more).told({ met: 'pay', for: 'again' })).toBe('nothing-due')
    expect(made(first, more).bill('2024-03')).toMatchObject({ fine: '9' })
  })

  test.for([
    ['start: month, when: outages >= 2', '2024-05', 'no'],
    ['start: month, when: outages >= 2', '2024-06', 'nothing-due'],
    ['start: month, when: served >= 2', '2024-02', 'nothing-due'],
    ['start: month, when: served >= 2', '2024-03', 'no'],
    ['start: month, when: period_start.month >= 11', '2024-10', 'nothing-due'],
    ['start: month, when: period_start.month >= 11', '2024-11', 'no'],
    ['start: agreement, when: "!toll"', undefined, 'nothing-due'],
    ['start: agreement, when: toll', undefined, 'no'],
  ] as const)('of a period is read in it: %s, of %s: %s', ([start, period, met]) => {
    const facts =
      '[ outage: { from: 2024-05-02, to: 2024-05-03 }, outage: { from: 2024-05-04, to: 2024-05-05 } ]'
    const { told } = signed(offering(`${start}, stop: day_paid, within: 10 days`), { facts })
    const at = '2024-12-31'
    expect(told(period ? { met: 'pay', in: period, at } : { met: 'pay', at })).toBe(met)
  })

  test('of what starts with a transition or with a missed duty reads the fact behind it', () => {
    const more = `used_it: { transition: { of: licence, on: drive, title: consumer } },
      again: { duty: { who: consumer, start: pay.missed, when: 'drive.day_of != ""', stop: day_paid, within: 1 day } },
      third: { duty: { who: consumer, start: used_it, when: stormy, stop: day_paid, within: 1 day } }`
    const { told } = signed(offering('start: drive, stop: day_paid, within: 3 days', more), {
      facts:
        '[ drive: { id: d, about: a, at: 2024-03-01, day_of: x }, weather: { at: 2024-01-01, storm: no } ]',
    })
    expect(told({ met: 'again', for: 'd' })).toBe('no')
    expect(told({ met: 'third', for: 'd' })).toBe('nothing-due')
  })

  test.for([
    ['when: day_paid.days > 1', 'event_not_at_hand /terms/pay/duty'],
    ['when: outages', 'types_do_not_fit /terms/pay/duty/when'],
    ['when: missed > 1', 'names_in_a_circle'],
    ['if: stormy', 'word_unknown /terms/pay/duty/if'],
    ['from: 2024-05-01', 'word_unknown /terms/pay/duty/from'],
  ] as const)('%s is refused', ([words, fault]) => {
    const faults = faultsOf(offering(`start: drive, ${words}, stop: day_paid, within: 3 days`))
    expect(faults.some((one) => one.startsWith(fault))).toBe(true)
  })

  test('of a level changes nothing', () => {
    const level = 'measure: outages, at-most: 3, per: month, when: stormy'
    expect(faultsOf(offering(level))).toContain('word_without_effect /terms/pay/duty/when')
  })
})

describe('what names the start that it is for', () => {
  const paid = (data: string) => `, { day_paid: { about: c, at: 2024-03-10T10:00, ${data} } }`

  test.for([
    ['the day of the start', 'concerning: day_paid.day', 'day: 2024-03-15', 'yes'],
    ['another day', 'concerning: day_paid.day', 'day: 2024-03-14', 'no'],
    ['nobody says which', 'concerning: day_paid.day', 'days: 1', 'unknown'],
    ['an instant on that day', 'concerning: day_paid.sent', 'sent: 2024-03-15T23:59', 'yes'],
    ['an instant after that day', 'concerning: day_paid.sent', 'sent: 2024-03-16T00:00', 'no'],
    ['its subject', 'concerning: day_paid.for', 'for: c', 'yes'],
    ['another subject', 'concerning: day_paid.for', 'for: b', 'no'],
  ] as const)('counts though it comes first: %s', ([, concerning, data, met]) => {
    const duty = `start: drive, stop: day_paid, within: 3 days, ${concerning}`
    expect(made(duty, paid(data)).told({ met: 'pay', for: 'after' })).toBe(met)
  })

  test('with a date it is about the same subject; with a text whatever it is about', () => {
    const told = (concerning: string) =>
      made(
        `start: drive, stop: day_paid, within: 3 days, concerning: ${concerning}`,
        ', { day_paid: { about: z, at: 2024-03-10T10:00, day: 2024-03-15, for: c } }',
      ).told({ met: 'pay', for: 'after' })
    expect([told('day_paid.day'), told('day_paid.for')]).toEqual(['no', 'yes'])
  })

  test('a text may be what pairs them instead of the subject', () => {
    const duty =
      'start: drive, stop: day_paid, within: 3 days, paired-by: day_of, concerning: day_paid.for'
    const text = offering(duty).replace('for: text', 'for: text, day_of: text')
    const { told } = signed(text, {
      facts:
        '[ { day_paid: { at: 2024-03-10, for: x, day_of: y } }, { drive: { id: d, about: a, at: 2024-03-15, day_of: x } } ]',
    })
    expect(told({ met: 'pay', for: 'd' })).toBe('yes')
  })

  test('kept before it starts, it happened then, and makes no missed one', () => {
    const duty = 'start: drive, stop: day_paid, within: 3 days, concerning: day_paid.day'
    const { ask, bill } = made(duty, paid('day: 2024-03-15'))
    expect(bill('2024-03')).toEqual({ kept_fee: '1', either: '3' })
    expect(ask({ duties: 'consumer', in: '2024-03' }).duties?.[0]?.done).toBe(
      Date.UTC(2024, 2, 10, 10),
    )
  })

  test('asked of the stop it is the one that it names, not the last one before', () => {
    const duty = 'start: drive, stop: day_paid, within: 3 days, concerning: day_paid.day'
    const more = `, { drive: { about: c, at: 2024-03-20T10:00 } },
      { day_paid: { id: early, about: c, at: 2024-03-10T10:00, day: 2024-03-20 } },
      { day_paid: { id: late, about: c, at: 2024-03-21T10:00, day: 2024-03-15 } },
      { day_paid: { id: none, about: c, at: 2024-03-21T10:00, day: 2024-03-14 } }`
    const { told } = made(duty, more)
    const asked = ['early', 'late', 'none'].map((id) => told({ met: 'pay', for: id }))
    expect(asked).toEqual(['yes', 'no', 'not-agreed'])
  })

  test('several starts of one subject stand beside each other', () => {
    const duty = 'start: drive, stop: day_paid, within: 3 days, concerning: day_paid.day'
    const more = ', { drive: { id: next, about: c, at: 2024-03-16T10:00 } }'
    const { told } = made(duty, `${paid('day: 2024-03-16')}${more}`)
    expect([told({ met: 'pay', for: 'after' }), told({ met: 'pay', for: 'next' })]).toEqual([
      'no',
      'yes',
    ])
  })

  test.for([
    ['stop: day_paid, within: 3 days, concerning: day_paid.days', 'types_do_not_fit'],
    ['stop: day_paid, within: 3 days, concerning: drive.date', 'event_not_at_hand'],
    ['by: { end-of: month }, concerning: day_paid.day', 'word_without_effect'],
  ] as const)('%s: %s', ([words, fault]) => {
    expect(faultsOf(offering(`start: drive, ${words}`)).some((one) => one.startsWith(fault))).toBe(
      true,
    )
  })
})

test('a second start says which fact stands open, and the ways out', () => {
  const duty = 'start: drive, stop: day_paid, within: 3 days'
  const twice = ', { drive: { about: c, at: 2024-03-15T12:00 } }'
  expect(() => made(duty, twice)).toThrow(
    'The “drive” of 2024-03-15T10:00 about “c” has no “day_paid” yet: which of the two would the next one end? Give each its own “about:”. Or “pay” says “paired-by:” an attribute that “drive” and “day_paid” share, or “concerning:” what in “day_paid” names its “drive”.',
  )
})

test.for([
  ['within: 26 days', '2024-05', ['i']],
  ['within: 26 days', '2024-06', []],
  ['by: { end-of: month }', '2024-05', ['i']],
  ['by: { end-of: month }', '2024-06', []],
  ['within: 638 hours, clock: always', '2024-05', []],
  ['within: 638 hours, clock: always', '2024-06', ['i']],
] as const)('what is to be done %s fell due in %s: %s', ([deadline, period, listed]) => {
  const duty = `start: invoiced, stop: paid, ${deadline}`
  const { ask } = signed(offering(duty), {
    facts: '[ invoiced: { id: i, about: a, at: 2024-05-05T10:00, amount: 10.00 } ]',
  })
  expect(ask({ duties: 'consumer', in: period }).duties?.map(({ fact }) => fact)).toEqual(listed)
  expect(ask({ remedy: period }).duties?.map(({ fact }) => fact)).toEqual(listed)
})
