import { describe, expect, test } from 'vitest'
import { answerValue } from '../answer/data.ts'
import { type Signing, signed } from '../contract.test-support.ts'

/** Which facts and periods a window holds: what is past, what is so far, and what came first at one instant. */

const told = (
  base: string,
  facts: string,
  question: Parameters<ReturnType<typeof signed>['told']>[0],
  more: Signing = {},
) => signed(base, { facts, ...more }).told(question)

describe('the past three months', () => {
  const base = `{ facts: { reading: { shape: event, has: { kw: number } } },
    measures: {
      monthly: { max: reading, per: month, missing: 0 },
      of_months: { max: monthly, per: past 3 months },
      of_readings: { max: reading, per: past 3 months, missing: 0 } } }`
  const facts =
    '[ reading: { at: 2024-05-15T10:00, kw: 200 }, reading: { id: later, at: 2024-08-10T10:00, kw: 10 } ]'

  test.for([
    ['2024-04', '0'],
    ['2024-05', '200'],
    ['2024-06', '200'],
    ['2024-07', '200'],
    ['2024-08', '10'],
  ] as const)(
    'read for %s end with it, over facts and over months alike: %s',
    ([month, expected]) => {
      expect(told(base, facts, { value: 'of_months', in: month })).toBe(expected)
      expect(told(base, facts, { value: 'of_readings', in: month })).toBe(expected)
    },
  )

  test('read for an event are the last three that are over before it', () => {
    expect(told(base, facts, { value: 'of_months', for: 'later' })).toBe('200')
  })
})

describe('so far, at one instant', () => {
  const base = `{ facts: { opened: { shape: event }, seen: { shape: event } },
    measures: { films: { count: seen, per: so-far-month }, lately: { count: seen, per: past 3 days } } }`
  const at = 'at: 2024-07-01T09:00'
  const inOrder = (...written: readonly string[]) => {
    const made = signed(base, { facts: `[ ${written.join(', ')} ]` })
    const places = new Map(written.map((text, place) => [/id: (\w+)/.exec(text)?.[1], place]))
    const facts = made.facts.map((fact) => ({ ...fact, place: places.get(fact.id) ?? 0 }))
    return { ...made, facts }
  }
  const [opened, first, second] = [
    `opened: { id: o, ${at} }`,
    `seen: { id: z, ${at} }`,
    `seen: { id: a, ${at} }`,
  ]

  test.for([
    [[opened, first, second], { o: '0', z: '1', a: '2' }],
    [[first, opened, second], { o: '1', z: '1', a: '2' }],
    [[first, second, opened], { o: '2', z: '1', a: '2' }],
    [[second, first, opened], { o: '2', z: '2', a: '1' }],
  ] as const)(
    'the order in the file decides between facts of any kind: %j',
    ([written, expected]) => {
      const made = inOrder(...written)
      for (const [id, count] of Object.entries(expected))
        for (const value of ['films', 'lately'])
          expect([
            id,
            answerValue(made.ask({ value, for: id }, made.facts).derivation.value, 'UTC'),
          ]).toEqual([id, count])
    },
  )

  test('what was recorded later comes later, whatever its kind', () => {
    const facts = `[ opened: { id: o, ${at} }, seen: { id: z, ${at}, recorded: 2024-07-01T10:00 } ]`
    expect(told(base, facts, { value: 'films', for: 'o' })).toBe('0')
  })

  test('events that clauses make are counted in the same order', () => {
    const made = signed(
      `{ facts: { left: { shape: event } }, components: [ { access: seat, title: seat, serialised: yes } ],
         measures: { before: { count: gone, per: so-far-month } },
         terms: { gone: { transition: { of: seat, on: left, right: ended } } } }`,
      {
        facts: `[ left: { id: a, about: x, component: seat, ${at} }, left: { id: b, about: y, component: seat, ${at} } ]`,
      },
    )
    expect(['a', 'b'].map((id) => made.told({ value: 'before', for: id }))).toEqual(['1', '2'])
  })
})

describe('the first value of a state', () => {
  const base = `{ facts: { insured: { shape: state, has: { valid: truth } } },
    measures: {
      first: { first: insured, value: insured.valid, per: month, missing: no },
      at_start: { first: insured, value: insured.valid, as-of: period-start, per: month, missing: no } } }`
  const facts = '[ insured: { at: 2024-06-20T12:00, valid: yes } ]'

  test.for([
    ['2024-05', 'no', 'no'],
    ['2024-06', 'yes', 'no'],
    ['2024-07', 'yes', 'yes'],
  ] as const)(
    'in %s is %s; as it stood when the month began it is %s',
    ([month, first, atStart]) => {
      expect(told(base, facts, { value: 'first', in: month })).toBe(first)
      expect(told(base, facts, { value: 'at_start', in: month })).toBe(atStart)
    },
  )
})

describe('since an event', () => {
  const facts = `[ { opened: { about: x, at: 2024-05-01 } }, { used: { id: a, about: x, at: 2024-05-02, quantity: 80 } },
    { used: { id: b, about: y, at: 2024-05-03, quantity: 80 } }, { used: { id: c, about: x, at: 2024-05-04, quantity: 80 } },
    { opened: { about: x, at: 2024-05-05 } }, { used: { id: d, about: x, at: 2024-05-06, quantity: 80 } } ]`
  const lines = (words: string) => {
    const made = signed(
      `{ facts: { opened: { shape: event } }, terms: { fee: { charge: { each: used, measure: used.quantity, ${words} } } } }`,
      { facts },
    )
    return ['a', 'b', 'c', 'd'].map((id) => made.told({ value: 'fee', for: id }))
  }

  test('quantities of one subject are priced together from one to the next', () => {
    const tiers =
      'cumulative: since opened, mode: graduated, tiers: [ { up-to: 100, rate: 1.00 }, { rate: 0.50 } ]'
    expect(lines(tiers)).toEqual(['80', '80', '50', '80'])
  })

  test('a limit begins anew with each', () => {
    expect(lines('rate: 1.00, limit: { times: 1, per: since opened }')).toEqual([
      '80',
      '80',
      'nothing-due',
      '80',
    ])
  })
})

describe('what is counted since an event', () => {
  const { told } = signed(
    `{ facts: { arrived: { shape: event }, broken: { shape: event }, mended: { shape: event }, closed: { shape: interval }, left: { shape: event } },
       terms: { mend: { duty: { who: provider, start: broken, stop: mended, within: 1 hours, clock: always } } },
       measures: {
         counted: { count: broken, per: since arrived },
         counted_same: { count: broken, about: same, per: since arrived },
         unmended: { count: mend.missed, per: since arrived },
         closed_hours: { time: closed, per: since arrived, in: hours },
         closed_same: { time: closed, about: same, per: since arrived, in: hours } } }`,
    {
      facts: `[ arrived: { about: x, at: 2024-05-01T10:00 }, arrived: { about: y, at: 2024-05-01T10:00 },
        broken: { at: 2024-05-02T10:00 }, broken: { about: x, at: 2024-05-01T12:00 }, broken: { about: y, at: 2024-05-03T10:00 },
        mended: { at: 2024-05-01T09:30 }, broken: { at: 2024-05-01T09:00 },
        closed: { from: 2024-05-02T10:00, for: 2 hours }, closed: { about: x, from: 2024-05-03T10:00, for: 1 hours },
        left: { id: of_x, about: x, at: 2024-05-04 }, left: { id: of_none, at: 2024-05-04 } ]`,
    },
  )

  test.for([
    ['counted', '2'],
    ['counted_same', '1'],
    ['unmended', '2'],
    ['closed_hours', '3'],
    ['closed_same', '1'],
  ] as const)(
    '“%s” is %s: with what is about nothing, and nothing of another',
    ([value, expected]) => {
      expect(told({ value, for: 'of_x' })).toBe(expected)
    },
  )

  test('what arrived about nothing is no start of what is about something', () => {
    expect(told({ value: 'counted', for: 'of_none' })).toBe('not-agreed')
  })
})

describe('time up to an event', () => {
  const base = `{ facts: { run: { shape: interval }, mode: { shape: state, has: { on: truth } }, stopped: { shape: event } },
    measures: {
      lately: { time: run, per: past 30 days, in: hours },
      so_far: { time: run, per: so-far-month, in: hours },
      switched_on: { time: mode, where: mode.on, per: past 30 days, in: hours },
      passed: { time: period, per: so-far-month, in: hours },
      open_time: { time: run, in: hours },
      all_time: { time: period, in: hours },
      share: { formula: open_time / all_time, per: so-far-month },
      within_share: { time: run, per: past 1 day, in: hours },
      nested: { formula: within_share + 0, per: so-far-month },
      stops: { count: stopped, per: so-far-month } },
    terms: { fee: { charge: { each: stopped, measure: lately, counted: { in: 1, rounded: up }, rate: 1.00 } } } }`
  const facts = `[ run: { from: 2024-03-01T00:00 }, mode: { at: 2024-03-01T12:00, on: yes },
    stopped: { id: two_days, at: 2024-03-03T00:00 }, stopped: { id: first, at: 2024-03-01T00:00 },
    stopped: { id: late, at: 2024-04-20T00:00 } ]`

  test.for([
    ['lately', '48', '0'],
    ['so_far', '48', '0'],
    ['switched_on', '36', '0'],
    ['passed', '48', '0'],
    ['share', '1', 'unknown'],
    ['nested', '24', '0'],
    ['fee', '48', '0'],
    ['stops', '2', '1'],
  ] as const)(
    '%s passes until the event, which is in it: %s after two days, %s at once',
    ([value, two, first]) => {
      const ids = ['two_days', 'first'] as const
      expect(ids.map((id) => told(base, facts, { value, for: id }))).toEqual([two, first])
    },
  )

  test('a whole window is as long as it says', () => {
    expect(told(base, facts, { value: 'lately', for: 'late' })).toBe('719')
  })
})

describe('about the same', () => {
  const base = `{ policies: { prorate: no, billed: in-arrears },
    facts: { trip: { shape: event, has: { km: number } }, stay: { shape: interval }, size: { shape: state, has: { n: number } } },
    measures: {
      of_month: { sum: trip, about: same, per: month },
      so_far: { sum: trip, about: same, per: so-far-month },
      stayed: { time: stay, about: same, per: month, in: hours },
      size_then: { last: size, about: same },
      size_left: { last: size, about: same, per: month, as-of: period-end } },
    terms: { fee: { charge: { each: trip, measure: of_month, rate: 1.00 } } } }`
  const facts = `[ trip: { id: a1, about: a, at: 2024-05-05T10:00, km: 10 }, stay: { about: a, from: 2024-05-01T10:00, for: 5 hours },
    size: { about: a, at: 2024-05-02T00:00, n: 8 }, size: { at: 2024-05-01T00:00, n: 3 }, size: { at: 2024-05-20T00:00, n: 4 },
    stay: { from: 2024-05-01T10:00, for: 60 minutes },
    trip: { id: none1, at: 2024-05-06T10:00, km: 20 }, trip: { id: none2, at: 2024-05-07T10:00, km: 40 } ]`

  test.for([
    ['of_month', '60', '10'],
    ['so_far', '20', '10'],
    ['stayed', '1', '5'],
    ['size_then', '3', '8'],
    ['size_left', '4', '8'],
    ['fee', '60', '10'],
  ] as const)(
    '%s of what is about nothing reads what is about nothing: %s, and %s of the subject',
    ([value, none, ofSubject]) => {
      expect(['none1', 'a1'].map((id) => told(base, facts, { value, for: id }))).toEqual([
        none,
        ofSubject,
      ])
    },
  )
})

describe('periods that are yet to come', () => {
  const base = `{ policies: { billed: in-advance, prorate: no },
    measures: {
      begun: { formula: period_start >= agreement_start, per: month },
      months_begun: { count: begun, where: begun, per: so-far-agreement },
      place: { formula: place_before + 1, per: month },
      place_before: { previous: place, per: month, initially: 0 },
      places: { max: place, per: so-far-agreement },
      used_up: { sum: used, per: month },
      rolled: { formula: "10 - used_up", per: month },
      rolled_over: { sum: rolled, per: so-far-agreement },
      used_before: { previous: used_up, per: month, initially: 0 },
      used_then: { count: used_before, per: so-far-agreement },
      quiet: { count: begun, where: used_up == 0, per: so-far-agreement } },
    terms: { fee: { charge: { every: month, measure: months_begun, bands: [ { up-to: 3, amount: 9.00 }, { above: 3, amount: 29.00 } ] } } } }`

  test.for([
    ['months_begun', 'of time alone are known', '5'],
    ['places', 'counted from the one before are known', '5'],
    ['fee', 'price what is billed', '29'],
    ['rolled_over', 'that rest on facts are awaited', '30'],
    ['used_then', 'that look back at facts are awaited', '3'],
    ['quiet', 'whose condition rests on facts are awaited', '3'],
  ] as const)('%s: those %s', ([value, , expected]) => {
    expect(told(base, '[]', { value, in: '2024-05', at: '2024-03-31' })).toBe(expected)
  })

  test('are committed at what they come to', () => {
    expect(told(base, '[]', { exposure: '2024-05', at: '2024-03-31' })).toBe('29')
  })

  test('of an agreement without an end are those until now', () => {
    const period = '2024-01-01T00:00 to 2999-01-01T00:00'
    const all =
      '{ measures: { n: { formula: 1, per: month }, sum_of_all: { sum: n, per: agreement } } }'
    const asked = { value: 'sum_of_all', at: '2024-03-31' }
    expect(told(all, '[]', asked, { period })).toBe('3')
    expect(told(all, '[]', asked)).toBe('12')
  })
})

describe('so far in a day that begins at another time', () => {
  const base = (day: string) => `{ zone: UTC, periods: { travel_day: { ${day} } },
    facts: { tap: { shape: event, has: { fare: { number: money } } } },
    measures: { before: { count: tap, about: same, per: so-far-travel_day } },
    terms: { fare: { charge: { each: tap, when: before <= 2, amount: 1.00 } } } }`
  const taps = ['04:29', '04:30', '12:00', '23:00', '24:10', '28:29', '28:30']
  const facts = taps.map((time, place) => {
    const [hour = 0, minute = 0] = time.split(':').map(Number)
    const date = new Date(Date.UTC(2024, 4, 6, hour, minute)).toISOString().slice(0, 16)
    return `tap: { id: t${place}, about: card, at: ${date} }`
  })

  test.for([
    ['day-from: 04:30, until: 04:30', ['1', '1', '2', '3', '4', '5', '1']],
    // Outside a window there is no period to count in.
    [
      'day-from: 10:00, until: 24:00',
      ['unknown', 'unknown', '1', '2', 'unknown', 'unknown', 'unknown'],
    ],
  ] as const)('{ %s } counts %j', ([day, counted]) => {
    const { told } = signed(base(day), { facts: `[ ${facts.join(', ')} ]` })
    expect(taps.map((_, place) => told({ value: 'before', for: `t${place}` }))).toEqual(counted)
  })

  test('caps what is due in it', () => {
    const { told } = signed(base('day-from: 04:30, until: 04:30'), {
      facts: `[ ${facts.join(', ')} ]`,
    })
    expect(told({ value: 'fare', in: '2024-05' })).toBe('4')
  })
})

describe('a state, read for an event', () => {
  const { told } = signed(
    `{ facts: { balance: { shape: state, has: { amount: number } }, item: { shape: event } },
       measures: {
         now: { last: balance }, last: { last: balance, per: month }, last_so_far: { last: balance, per: so-far-month },
         last_past: { last: balance, per: past 5 days }, last_since: { last: balance, per: since item },
         least: { min: balance, per: month }, least_so_far: { min: balance, per: so-far-month },
         mean: { average: balance, per: month }, changes: { count: balance, per: month }, different: { unique: balance, per: month },
         then: { sum: balance, as-of: period-end, per: month }, then_so_far: { sum: balance, as-of: period-end, per: so-far-month },
         at_first: { sum: balance, as-of: period-start, per: month },
         again: { formula: last, per: month }, of_days: { last: closing, per: month }, closing: { last: balance, per: day } } }`,
    {
      facts: `[ { balance: { at: 2024-04-01, amount: 20 } }, { item: { id: i, at: 2024-05-06T09:00 } },
        { balance: { at: 2024-05-06T12:00, amount: 11 } }, { balance: { at: 2024-05-20T12:00, amount: -7 } },
        { item: { id: j, at: 2024-05-25T09:00 } }, { balance: { at: 2024-05-28T12:00, amount: 1 } } ]`,
    },
  )

  test.for([
    ['now', '20', '-7'],
    ['last', '1', '1'],
    ['last_so_far', '20', '-7'],
    ['last_past', '20', '-7'],
    ['last_since', '-7', '1'],
    ['least', '-7', '-7'],
    ['least_so_far', '20', '-7'],
    ['mean', '6.25', '6.25'],
    ['changes', '4', '4'],
    ['different', '4', '4'],
    ['then', '1', '1'],
    ['then_so_far', '20', '-7'],
    ['at_first', '20', '20'],
    ['again', '1', '1'],
    ['of_days', '1', '1'],
    ['closing', '11', '-7'],
  ] as const)('“%s” is of its window: %s, %s', ([value, first, second]) => {
    expect([told({ value, for: 'i' }), told({ value, for: 'j' })]).toEqual([first, second])
  })

  test('no window goes beyond the end of the agreement', () => {
    const ended = signed(
      `{ facts: { balance: { shape: state, has: { amount: number } }, item: { shape: event } },
         measures: { last: { last: balance, per: month }, then: { sum: balance, as-of: period-end, per: month } },
         terms: { leaving: { transition: { of: agreement, on: notice_given, right: ended } } } }`,
      {
        facts: `[ { balance: { at: 2024-05-01, amount: 20 } }, { item: { id: i, at: 2024-05-06T09:00 } },
          { notice_given: { at: 2024-05-07 } }, { balance: { at: 2024-05-20, amount: 1 } } ]`,
      },
    )
    const values = ['last', 'then'].map((value) => ended.told({ value, for: 'i' }))
    expect(values).toEqual(['20', '20'])
  })
})

describe('the event that ends the agreement on a later date', () => {
  const made = (takesEffect: string) =>
    signed(
      `{ policies: { ends: with-the-day },
         measures: {
           day: { sum: used, per: day }, month: { sum: used, per: month }, month_so_far: { sum: used, per: so-far-month },
           before: { previous: month, per: month, initially: 0 }, past: { sum: used, per: past 1 months }, leavings: { count: leaving, per: so-far-month } },
         terms: {
           leaving: { transition: { of: agreement, on: notice_given, ${takesEffect} right: ended } },
           ${['day', 'month', 'month_so_far', 'before', 'past', 'leavings'].map((one) => `by_${one}: { charge: { each: leaving, measure: ${one}, rate: 1.00 } }`).join(', ')} } }`,
      {
        facts: `[ { used: { at: 2024-06-20, quantity: 64 } }, { notice_given: { id: n, at: 2024-07-10T10:00 } }, { used: { at: 2024-07-20, quantity: 8 } },
          { used: { at: 2024-07-30T10:00, quantity: 1 } }, { used: { at: 2024-07-31T10:00, quantity: 2 } }, { used: { at: 2024-08-01T10:00, quantity: 4 } } ]`,
      },
    ).bill('2024')

  test.for([
    ['takes-effect: { by: { end-of: month } },', ['2', '11', '11', '64', '11', '1']],
    [
      'takes-effect: { by: { on: notice_given.date, after-it: 21 days } },',
      ['2', '11', '11', '64', '11', '1'],
    ],
    ['takes-effect: { within: 20 days },', ['1', '9', '9', '64', '9', '1']],
    ['', ['0', '0', '0', '64', '64', '1']],
  ] as const)('“%s”: is of the periods that end there', ([takesEffect, expected]) => {
    const { by_day, by_month, by_month_so_far, by_before, by_past, by_leavings } = made(takesEffect)
    const found = [by_day, by_month, by_month_so_far, by_before, by_past, by_leavings]
    expect(found).toEqual(expected)
  })
})
