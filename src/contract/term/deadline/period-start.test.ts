import { describe, expect, test } from 'vitest'
import { clauseSentence, faultsOf, signed } from '../../contract.test-support.ts'
import { evaluate } from '../../derivation.ts'
import { sameValue } from '../../value.ts'

/** Targets and duties that no fact starts: they start with the agreement, or with each of its periods. */

const facts = `facts: {
  quit: { shape: event }, handed: { shape: event }, reported: { shape: event, has: { month: date, about: text } },
  repair: { shape: interval } }`
const calendars = `calendars: { office: { hours: { mon-fri: 09:00-17:00 }, holidays: [ 2024-05-01 ] } },
  periods: { billing: month from 10 }`
const offering = (duty: string, more = '') => `{ ${facts}, ${calendars},
  policies: { billed: in-arrears, prorate: no },
  terms: { pay: { duty: { who: consumer, ${duty} } }, ${more} } }`
type Signing = NonNullable<Parameters<typeof signed>[1]>
const made = (duty: string, signing: Signing = {}, more = '') =>
  signed(offering(duty, more), signing)

describe('a deadline that starts with the agreement', () => {
  test.for([
    ['days are counted with its first', 'within: 30 days, ends: with-the-day', '2024-01-31T00:00'],
    ['at the hour', 'within: 30 days, ends: at-the-hour', '2024-01-31T00:00'],
    ['hours', 'within: 36 hours, clock: always', '2024-01-02T12:00'],
    ['months', 'within: 2 months, ends: with-the-day', '2024-03-01T00:00'],
    ['the end of its month', 'by: { end-of: month }', '2024-02-01T00:00'],
    ['its end', 'by: { end-of: agreement, before: 3 months }', '2024-10-01T00:00'],
    ['a business day of it', 'by: { business-days: 2 }, clock: office', '2024-01-02T17:00'],
    ['a date of its own', 'by: { on: agreement_start, after-it: 9 days }', '2024-01-11T00:00'],
  ] as const)('ends: %s', ([, deadline, due]) => {
    expect(made(`start: agreement, stop: handed, ${deadline}`).told({ due: 'pay' })).toBe(due)
  })

  test('of an agreement that begins in the course of a day, that day is not counted', () => {
    const duty = 'start: agreement, stop: handed, within: 10 days, ends: with-the-day'
    const { told } = made(duty, { period: '2024-01-15T14:00 to 2025-01-01T00:00' })
    expect(told({ due: 'pay' })).toBe('2024-01-26T00:00')
  })

  test.for([
    ['2024-01-30T23:59', 'yes'],
    ['2024-01-31T00:00', 'no'],
  ] as const)('what is done at %s is kept: %s', ([at, kept]) => {
    const duty = 'start: agreement, stop: handed, within: 30 days, ends: with-the-day'
    const { told } = made(duty, { facts: `[ { handed: { at: ${at}, about: key_1 } } ]` })
    expect(told({ met: 'pay' })).toBe(kept)
  })
})

const monthly = 'start: month, stop: reported, within: 10 days, ends: with-the-day'

describe('a deadline that starts with a period', () => {
  test.for([
    [
      'the tenth day',
      'start: month, within: 10 days, ends: with-the-day',
      '2024-05',
      '2024-05-11T00:00',
    ],
    [
      'a month of it',
      'start: month, within: 1 month, ends: with-the-day',
      '2024-05',
      '2024-06-01T00:00',
    ],
    ['its end', 'start: month, by: { end-of: month }', '2024-05', '2024-06-01T00:00'],
    [
      'its third business day',
      'start: month, by: { business-days: 3 }, clock: office',
      '2024-05',
      '2024-05-06T17:00',
    ],
    [
      'three business days',
      'start: month, within: 3 business days, clock: office, ends: with-the-day',
      '2024-05',
      '2024-05-06T17:00',
    ],
    [
      'a date that it names',
      'start: month, by: { on: period_start, after-it: 9 days }',
      '2024-05',
      '2024-05-11T00:00',
    ],
    [
      'of a named period',
      'start: billing, within: 5 days, ends: with-the-day',
      '2024-05',
      '2024-05-15T00:00',
    ],
    [
      'asked of a day in it',
      'start: month, within: 10 days, ends: with-the-day',
      '2024-05-20',
      '2024-05-11T00:00',
    ],
    [
      'of a month of the agreement',
      'start: agreement-month, within: 10 days, ends: with-the-day',
      '2024-05',
      '2024-05-11T00:00',
    ],
  ] as const)('ends: %s', ([, deadline, period, due]) => {
    const { told } = made(`stop: reported, ${deadline}`)
    expect(told({ due: 'pay', in: period })).toBe(due)
  })

  test.for([
    ['nothing was done', '', 'no'],
    [
      'it was done in time',
      '{ reported: { at: 2024-05-10T23:59, month: 2024-05-01, about: x } }',
      'yes',
    ],
    [
      'it was done late',
      '{ reported: { at: 2024-05-11T00:00, month: 2024-05-01, about: x } }',
      'no',
    ],
    [
      'it was done before',
      '{ reported: { at: 2024-04-30T12:00, month: 2024-05-01, about: x } }',
      'no',
    ],
  ] as const)('%s', ([, fact, kept]) => {
    expect(made(monthly, { facts: `[ ${fact} ]` }).told({ met: 'pay', in: '2024-05' })).toBe(kept)
  })

  test.for([
    ['early', '2024-04-28T12:00', 'yes'],
    ['in time', '2024-06-10T12:00', 'yes'],
    ['late', '2024-06-11T00:00', 'no'],
  ] as const)('what names its period is for that one alone: %s', ([, at, kept]) => {
    const duty =
      'start: month, stop: reported, by: { end-of: month, after-it: 10 days }, concerning: reported.month'
    const { told } = made(duty, { facts: `[ { reported: { at: ${at}, month: 2024-05-31 } } ]` })
    expect(told({ met: 'pay', in: '2024-05' })).toBe(kept)
    expect(told({ met: 'pay', in: '2024-06', at: '2024-08-01T00:00' })).toBe('no')
  })

  test('begins with no period that the agreement cuts, and with none after its end', () => {
    const { told, ask } = made(
      monthly,
      {
        period: '2024-01-15T00:00 to 2025-01-01T00:00',
        facts: '[ { quit: { at: 2024-03-20T12:00 } } ]',
      },
      'over: { transition: { of: agreement, on: quit, right: ended } }',
    )
    expect(told({ met: 'pay', in: '2024-01' })).toBe('not-agreed')
    expect(told({ met: 'pay', in: '2024-04' })).toBe('not-agreed')
    const { duties = [] } = ask({ duties: 'both', in: '2024' })
    expect(duties.map(({ fact }) => fact)).toEqual(['month of 2024-02-01', 'month of 2024-03-01'])
  })

  test('a duty that was missed may end the agreement, and begins no more after it', () => {
    const { told, ask } = made(
      monthly,
      { facts: '[ { reported: { at: 2024-01-05T12:00, month: 2024-01-01 } } ]' },
      'over: { transition: { of: agreement, on: pay.missed, right: ended } }, late: { charge: { each: pay.missed, amount: 25.00 }, survives: end }',
    )
    expect((ask({ duties: 'both', in: '2024' }).duties ?? []).map(({ fact }) => fact)).toEqual([
      'month of 2024-01-01',
      'month of 2024-02-01',
    ])
    expect(told({ bill: '2024' })).toBe('25')
  })

  test('what was missed is charged once for each period, and waives what reads it', () => {
    const { told } = made(
      monthly,
      { facts: '[ { reported: { at: 2024-02-05T12:00, month: 2024-02-01 } } ]' },
      'late: { charge: { each: pay.missed, amount: 25.00 } }, fee: { charge: { every: month, amount: 10.00, waived-when: { any-of: [ { id: told, if: pay } ] } } }',
    )
    expect(told({ value: 'late', in: '2024-01' })).toBe('25')
    expect(told({ value: 'late', in: '2024-02' })).toBe('nothing-due')
    expect(told({ value: 'fee', in: '2024-01' })).toBe('10')
    expect(told({ value: 'fee.told', in: '2024-02' })).toBe('yes')
  })

  test('its derivation rests on no fact that nobody recorded', () => {
    const { ask } = made(monthly, {}, 'late: { charge: { each: pay.missed, amount: 25.00 } }')
    const { derivation, lines = [] } = ask({ bill: '2024-03' })
    expect(lines.length).toBe(1)
    expect(JSON.stringify(derivation)).not.toContain('month of')
    expect(sameValue(evaluate(derivation), derivation.value)).toBe(true)
  })

  test('a line that rests on a period is asked for by what its bill calls it', () => {
    const { ask, told } = made(monthly, {}, 'late: { charge: { each: pay.missed, amount: 25.00 } }')
    const [line] = ask({ bill: '2024-03' }).lines ?? []
    const id = line?.event?.fact.id ?? ''
    expect(told({ value: 'late', for: id })).toBe('25')
    expect(told({ due: 'pay', for: id })).toBe('2024-03-11T00:00')
    expect(told({ met: 'pay', for: id })).toBe('no')
    expect(ask({ value: 'late', for: id }).concerns).toBe(Date.UTC(2024, 2, 1))
  })

  test('what still is to be done is what has begun', () => {
    const { ask } = made(monthly)
    const { duties = [] } = ask({ duties: 'consumer', at: '2024-01-05T00:00' })
    expect(duties.map(({ fact, due }) => [fact, due.value])).toEqual([
      ['month of 2024-01-01', Date.UTC(2024, 0, 11)],
    ])
  })
})

describe('what a start with a period refuses', () => {
  test.for([
    ['start: mont, stop: handed, within: 1 day', 'fact_undeclared /terms/pay/duty/start'],
    [
      'start: 5 minutes, stop: handed, within: 1 hour, clock: always',
      'period_unknown /terms/pay/duty/start',
    ],
    [
      'start: past 3 days, stop: handed, within: 1 hour, clock: always',
      'period_unknown /terms/pay/duty/start',
    ],
    [
      'start: month, stop: reported, within: 1 day, paired-by: month',
      'word_without_effect /terms/pay/duty/paired-by',
    ],
    [
      'start: month, stop: reported, by: { business-days: 3, cutoff: 12:00 }, clock: office',
      'word_without_effect /terms/pay/duty/by/cutoff',
    ],
    [
      'start: month, stop: reported, by: { end-of: month, after-it: 3 days }',
      'policy_unsaid /terms/pay/duty',
    ],
    ['start: month, stop: reported, by: { end-of: quarter }', 'policy_unsaid /terms/pay/duty'],
    ['start: week, stop: reported, within: 10 days', 'policy_unsaid /terms/pay/duty'],
    [
      'start: agreement, stop: reported, within: 1 day, concerning: reported.month',
      'word_without_effect /terms/pay/duty/concerning',
    ],
    [
      'start: handed, by: { end-of: month }, concerning: reported.month',
      'word_without_effect /terms/pay/duty/concerning',
    ],
    [
      'start: month, stop: reported, within: 1 day, concerning: reported.about',
      'types_do_not_fit /terms/pay/duty/concerning',
    ],
    [
      'start: month, stop: reported, within: 1 day, concerning: handed.at',
      'event_not_at_hand /terms/pay/duty',
    ],
    ['start: month, within: 1 day', 'stop_unsaid /terms/pay/duty'],
  ] as const)('%s', ([duty, fault]) => {
    const text = offering(duty).replace('policies: {', 'policies: { ends: with-the-day,')
    expect(faultsOf(text)).toContain(fault)
  })

  test('a period is said where several begin', () => {
    const { ask } = made(monthly)
    expect(() => ask({ due: 'pay' })).toThrow('say “in:”')
    expect(() => ask({ due: 'pay', in: '2024-Q2' })).toThrow('3 times')
  })
})

describe('a share of a charge for periods, for a duty of a period', () => {
  const report = (start: string) =>
    signed(
      `{ policies: { prorate: no, billed: in-advance, ends: with-the-day }, agreed: { price: money },
         events: { lapse: { any-of: [ report.missed, complaint ] } },
         facts: { complaint: { shape: event } },
         terms: {
           rent: { charge: { every: month, amount: price, on-change: next-period } },
           yearly: { charge: { every: year, amount: price, on-change: next-period } },
           report: { duty: { who: consumer, start: ${start}, stop: reported, by: { end-of: ${start}, after-it: 10 days }, concerning: reported.at } },
           fine: { charge: { each: report.missed, of: rent, share: 10% } },
           of_year: { charge: { each: report.missed, of: yearly, share: 10% } },
           either: { charge: { each: lapse, of: rent, share: 1% } } } }`,
      {
        agreed: { price: [{ value: '100' }, { from: '2024-02-01', value: '200' }] },
        facts: '[ complaint: { at: 2024-02-05T10:00 } ]',
      },
    )
  const saying = ({ agreement }: ReturnType<typeof report>, clause: string) => {
    const [revision] = agreement.revisions
    const parties = { provider: 'Acme', consumer: 'Bo' }
    return revision && clauseSentence(clause, revision, agreement.frame.agreed, parties)
  }

  test('is of the period for which it was due, whenever its time is up', () => {
    const made = report('month')
    expect(made.bill('2024-02')).toEqual({ rent: '200', fine: '10', of_year: '10', either: '2 1' })
    expect(saying(made, 'fine')).toContain('(Rent) for the month for which it was due.')
    expect(saying(made, 'of_year')).toContain(
      'for the year in which the month begins for which it was due.',
    )
    expect(saying(made, 'either')).toContain(
      'for the month for which it was due or for the month in which it falls.',
    )
  })

  test('of a longer one than is charged for, of the period in which its time is up', () => {
    const made = report('quarter')
    expect(made.bill('2024-04')).toEqual({ rent: '200', fine: '20', of_year: '10', either: '2' })
    expect(saying(made, 'fine')).toContain('for the month in which it falls.')
  })
})
