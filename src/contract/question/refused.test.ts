import { expect, test } from 'vitest'
import { offering, signed } from '../contract.test-support.ts'
import type { Question } from './form.ts'

/** What is refused says what was named, for when, and what can be said instead. */

const { ask, told } = signed(
  `{ policies: { prorate: no, billed: in-arrears, ends: with-the-day }, users: [ member ],
     facts: { bought: { shape: event, has: { units: number } }, report: { shape: interval } },
     components: [ { access: hall, for: member }, { access: robe, for: member, serialised: yes } ],
     measures: {
       units: { sum: bought, value: bought.units, per: month }, of_day: { count: bought, per: day },
       reports: { count: report, per: month }, share: { formula: units / reports, per: month },
       quarter_share: { sum: share, per: quarter } },
     terms: {
       late_fee: { charge: { each: bought, amount: 5.00 } },
       nightly: { charge: { every: month, for-each: bought, amount: 1.00 } },
       fee: { charge: { every: month, amount: 10.00 } },
       part: { charge: { every: month, measure: share, rate: 1.00 } },
       credited: { credit: { per: month, amount: 3.00, claim: { fact: accepted, within: 30 days } } },
       pay: { duty: { who: consumer, start: invoiced, stop: paid, within: 14 days } },
       report_by: { duty: { who: provider, start: month, by: { end-of: month } } },
       few: { target: { measure: units, at-most: 9, per: month, evaluated-by: provider } } } }`,
  {
    facts: `
      - bought: { id: first_order, at: 2024-03-05T10:00, units: 4 }
      - bought: { id: second_order, at: 2024-03-09T10:00, units: 2 }
      - invoiced: { id: bill_1, at: 2024-03-20T09:00, amount: 10.00 }
      - granted: { id: robe_out, about: robe_1, component: robe, at: 2024-03-02T10:00 }`,
  },
)

test.for<[question: Question, words: string]>([
  [
    { remedy: 'robbery' },
    '“robbery” is the id of no fact that has happened by 20 March 2024, 09:00, and no period such as 2024-05. Known are robe_out, first_order, second_order, bill_1.',
  ],
  [
    { remedy: 'second_oder', at: '2024-03-31' },
    '“second_oder” is the id of no fact that has happened by 31 March 2024, 00:00, and no period such as 2024-05. Did you mean “second_order”?',
  ],
  [
    { remedy: 'late_fee', at: '2024-03-31' },
    '“late_fee” is the id of no fact that has happened by 31 March 2024, 00:00, and no period such as 2024-05. “late_fee” is a clause: say the fact that it follows from. Known are robe_out, first_order, second_order, bill_1.',
  ],
  [
    { value: 'late_fee', for: 'bought', at: '2024-03-31' },
    'No fact that has happened by 31 March 2024, 00:00 has the id “bought”. “bought” is a kind of fact: say the id of one, first_order, second_order.',
  ],
  [
    { value: 'sum_total', in: '2024-03' },
    'The contract names nothing “sum_total”. Its clauses are late_fee, nightly, fee, part, credited, pay, report_by, few.',
  ],
  ...(['level', 'met', 'value'] as const).map((word): [Question, string] => [
    { [word]: 'few', in: '2024-Q1' } as Question,
    '“few” holds in each month: say “in:” one of them, such as 2024-01-01 to 2024-02-01.',
  ]),
  [
    { value: 'report_by', in: '2024-Q1' },
    '“report_by” starts with each month: say “in:” one of them, such as 2024-01-01 to 2024-02-01.',
  ],
  [
    { value: 'of_day', in: '2024-03' },
    '“of_day” has a value for each of its own periods: say “in:” one of them, such as 2024-03-01 to 2024-03-02.',
  ],
  [
    { value: 'fee.base', in: '2024' },
    '“fee.base” is asked of one line; 12 lie in the period: say “for:” the fact of one, or a shorter “in:”.',
  ],
  [{ due: 'pay' }, '“pay” begins with a fact: say “for:” its id, and no period.'],
  [
    { due: 'fee', for: 'bill_1' },
    '“fee” has no deadline. What has a deadline is pay, report_by, credited.',
  ],
  [
    { due: 'report_by' },
    '“report_by” starts with each period: say “in:” which, such as 2024-05, and no fact.',
  ],
  [
    { due: 'report_by', in: '2024' },
    '“report_by” starts 12 times in that period, each with its own deadline: say a shorter “in:”.',
  ],
  [
    { due: 'credited' },
    'Until when “credited” can be claimed: say “for:” the id of a fact or “in:” a period such as 2024-05, one of the two.',
  ],
  [
    { met: 'pay' },
    'Whether “pay” was met: say “for:” the id of a fact or “in:” a period such as 2024-05.',
  ],
  [
    { level: 'few', in: '2024' },
    '“few” holds in each month: say “in:” one of them, such as 2024-01-01 to 2024-02-01.',
  ],
  [
    { met: 'few', for: 'first_order' },
    '“few” is a level, measured in each month, and no deadline: ask “met: few” “in:” a period, such as 2024-05, and no fact.',
  ],
  [
    { due: 'few', in: '2024-03' },
    '“few” is a level, measured in each month, and no deadline: ask “met: few” “in:” a period, such as 2024-05, and no fact.',
  ],
  [
    { level: 'pay', in: '2024' },
    '“pay” is a deadline, not a level: ask “met: pay” or “due: pay”, “for:” a fact.',
  ],
  [
    { may: 'robe', user: 'member', item: 'cape', at: '2024-03-31' },
    '“cape” is no item of “robe” as of 31 March 2024, 00:00. Its items are robe_1.',
  ],
  [
    { may: 'hal', user: 'member', at: '2024-03-31' },
    '“hal” is no component of this agreement. Did you mean “hall”?',
  ],
  [
    { may: 'sauna', user: 'member', at: '2024-03-31' },
    '“sauna” is no component of this agreement. What may be used is hall, robe.',
  ],
  [
    // A name that means something else is no slip of the pen.
    { may: 'part', user: 'member', at: '2024-03-31' },
    '“part” is no component of this agreement. What may be used is hall, robe.',
  ],
  [
    { may: 'robe_1', user: 'member', at: '2024-03-31' },
    '“robe_1” is no component of this agreement. It is an item of “robe”: say “may: robe” and “item: robe_1”.',
  ],
  [
    { may: 'hall', user: 'membre', at: '2024-03-31' },
    'The contract knows no user “membre”. Did you mean “member”?',
  ],
  [
    { may: 'hall', user: 'visitor', at: '2024-03-31' },
    'The contract knows no user “visitor”. It knows member.',
  ],
  [
    { may: 'robe', user: 'member', item: 'robe_2', at: '2024-03-31' },
    '“robe_2” is no item of “robe” as of 31 March 2024, 00:00. Did you mean “robe_1”?',
  ],
  [
    { whose: 'robe_2', at: '2024-03-31' },
    'is called “robe_2” as of 31 March 2024, 00:00. Did you mean “robe_1”?',
  ],
  [
    { whose: 'hal', at: '2024-03-31' },
    'is called “hal” as of 31 March 2024, 00:00. Did you mean “hall”?',
  ],
  [
    { whose: 'umbrella', at: '2024-03-31' },
    'No component or item of this agreement is called “umbrella” as of 31 March 2024, 00:00. Its components are hall, robe.',
  ],
  [
    { change: 'pay', at: '2024-03-31' },
    '“pay” is no charge and no credit of this agreement; “all” asks for every one of them. They are late_fee, nightly, fee, part, credited.',
  ],
  [
    { change: 'fe', at: '2024-03-31' },
    '“fe” is no charge and no credit of this agreement; “all” asks for every one of them. Did you mean “fee”?',
  ],
  [{ value: 'hall', in: '2024-03' }, '“hall” names a component: it has no value of its own.'],
  [{ value: 'bought' }, '“bought” names a kind of fact: it has no value of its own.'],
  [
    { value: 'units', in: '2024-03-05T09:00' },
    '“2024-03-05T09:00” is no period: write 2024, 2024-H1, 2024-Q1, 2024-05, 2024-05-30, or from one date or instant to another: 2024-05-01 to 2024-06-15, 2024-05-30T09:00 to 2024-05-30T09:05.',
  ],
  // What is near is hinted only where it may stand.
  [{ exposure: 'agreemnt' }, '“agreemnt” is no period. Did you mean “agreement”?'],
  [{ due: 'py', for: 'bill_1' }, 'The contract names nothing “py”. Did you mean “pay”?'],
  [
    { due: 'fees', for: 'bill_1' },
    'The contract names nothing “fees”. What has a deadline is pay, report_by, credited.',
  ],
  [
    { met: 'invoice', for: 'bill_1' },
    'nothing “invoice”. Its targets and duties are pay, report_by, few.',
  ],
  [{ level: 'pays', in: '2024-03' }, 'The contract names nothing “pays”. Its levels are few.'],
  [{ value: 'member_fee', in: '2024-03' }, 'names nothing “member_fee”. Its clauses are late_fee'],
  [{ value: 'membre', in: '2024-03' }, 'names nothing “membre”. Its clauses are late_fee'],
  [
    { value: 'late_fee.amont', for: 'first_order' },
    'The line has no part “amont”. Did you mean “amount”?',
  ],
  [{ value: 'late_fee', for: 'first_order', about: 'x' }, '“late_fee” has no line for “x” here.'],
  [
    { value: 'nightly', in: '2024-03-02', about: 'x' },
    '“nightly” has no line for “x” here. It has none at all in that time: a line lies in the bill of the last day of its period or, billed in advance, of the first.',
  ],
  [
    { due: 'credited', in: '2024-03-01' },
    '“credited” is claimed for whole periods: say “in:” one of them, such as 2024-03-01 to 2024-04-01.',
  ],
  [
    { end: 'now', by: 'consumer', on: 'bought', at: '2024-03-31' } as unknown as Question,
    '“bought” does not end the agreement: it has no transition “of: agreement”.',
  ],
])('%j: %s', ([question, words]) => {
  expect(() => ask(question)).toThrow(words)
})

test.for<[question: Question, missing: readonly string[]]>([
  [{ value: 'share', in: '2024-03' }, ['a divisor other than zero for “share” of March 2024']],
  [
    { value: 'quarter_share', in: '2024-Q1' },
    ['January', 'February', 'March'].map(
      (month) => `a divisor other than zero for “share” of ${month} 2024`,
    ),
  ],
  [{ value: 'part', in: '2024-02' }, ['a divisor other than zero for “share” of February 2024']],
])('%j: what cannot be divided says where and when: %s', ([question, missing]) => {
  expect(told(question)).toBe('unknown')
  expect(ask(question).derivation.value).toMatchObject({ missing })
})

test('a component that the agreement has at another time is not agreed now, and no slip of the pen', () => {
  const hall = (components: string) => `{ policies: { prorate: no, billed: in-arrears },
    users: [ member ], components: [ ${components} ], terms: {} }`
  const { told: answered } = signed(hall('{ access: hall, for: member }'), {
    revisions: [
      {
        from: '2024-07-01',
        offering: offering(hall('{ access: hall, for: member }, { access: sauna, for: member }')),
      },
    ],
  })
  const sauna = (at: string) => answered({ may: 'sauna', user: 'member', at })
  expect([sauna('2024-06-30'), sauna('2024-07-01')]).toEqual(['not-agreed', 'yes'])
})

test('the period that is proposed begins in the agreement', () => {
  const late = signed(
    '{ measures: { of_month: { count: used, per: month from 10 } }, terms: {} }',
    { period: '2024-03-20 to 2024-12-01' },
  )
  expect(() => late.ask({ value: 'of_month', in: '2024' })).toThrow(
    /such as 2024-04-10 to 2024-05-10/,
  )
  expect(() => late.ask({ value: 'of_month', in: '2024-03-20 to 2024-04-11' })).toThrow(
    /such as 2024-04-10 to 2024-05-10/,
  )
})
