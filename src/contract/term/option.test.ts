import { expect, test } from 'vitest'
import { clauseSentence, faultsOf, signed } from '../contract.test-support.ts'

/** What one side may do until a deadline, and need not: it has a deadline and owes nothing. */

const words = `
zone: UTC
facts: { booked: { shape: event, has: { arrival: date } }, cancelled: { shape: event, title: cancellation } }
policies: { ends: with-the-day }
terms:
  free: { option: { who: consumer, start: booked, stop: cancelled, by: { on: booked.arrival, before: 3 months } } }
  leave: { option: { who: consumer, start: month, stop: notice_given, by: { end-of: month } } }
  late: { charge: { each: free.missed, amount: 5.00 } }
  thanks: { credit: { each: free.met, amount: 2.00 } }
  pay: { duty: { who: consumer, start: booked, stop: paid, within: 10 days } }`
const made = signed(words, {
  facts: `[ booked: { id: a, about: a, at: 2024-01-10T10:00, arrival: 2024-08-31 }, booked: { id: b, about: b, at: 2024-01-10T10:00, arrival: 2024-08-31 },
    cancelled: { about: b, at: 2024-05-31T23:59 }, paid: { about: b, at: 2024-01-11 } ]`,
})

test.for([
  [{ due: 'free', for: 'a' }, '2024-06-01T00:00'],
  [{ met: 'free', for: 'a', at: '2024-03-01' }, 'unknown'],
  [{ met: 'free', for: 'a' }, 'no'],
  [{ met: 'free', for: 'b' }, 'yes'],
  [{ value: 'late', for: 'a' }, '5'],
  [{ value: 'thanks', for: 'b' }, '2'],
] as const)('%j: %s', ([question, expected]) => {
  expect(made.told(question)).toBe(expected)
})

const clausesOf = (duties: readonly { readonly clause: string }[] = []) =>
  duties.map(({ clause }) => clause)

test('nobody owes it, whether it is open or has lapsed', () => {
  const asked = (question: Parameters<typeof made.ask>[0]) => clausesOf(made.ask(question).duties)
  expect(asked({ duties: 'consumer', at: '2024-02-01' })).toEqual(['pay'])
  expect(asked({ duties: 'both', in: '2024-05' })).toEqual([])
  expect(asked({ remedy: 'a' })).not.toContain('free')
})

test('what is not due yet is supposed to be done; what nobody owes is not', () => {
  const leaving =
    'leaves: { transition: { of: agreement, on: notice_given, right: ended, takes-effect: { within: 6 months } } }'
  const { ask } = signed(`${words}\n  ${leaving}`, {
    facts: '[ booked: { id: a, about: a, at: 2024-01-10T10:00, arrival: 2024-08-31 } ]',
  })
  const { lines = [] } = ask({ end: 'agreement', at: '2024-02-01' })
  expect(clausesOf(lines.filter(({ clause }) => ['late', 'thanks'].includes(clause)))).toEqual([
    'late',
  ])
})

test.for([
  [{ exposure: 'agreement', at: '2024-02-01' }, '25'],
  [{ exposure: '2024-Q2', at: '2024-02-01' }, '15'],
  [{ exposure: '2024-Q1', at: '2024-02-01' }, '10'],
  [{ exposure: 'agreement', at: '2024-07-01' }, '25'],
] as const)(
  'what lapses if nothing further is recorded is committed: %j, %s',
  ([question, due]) => {
    const lapses = signed(
      `zone: UTC
facts: { booked: { shape: event, has: { arrival: date } }, cancelled: { shape: event } }
policies: { ends: with-the-day, prorate: no, billed: in-arrears }
terms:
  free: { option: { who: consumer, start: booked, stop: cancelled, by: { on: booked.arrival, before: 3 months } } }
  pay: { duty: { who: consumer, start: booked, stop: paid, within: 30 days } }
  late: { charge: { each: free.missed, amount: 5.00 } }
  unpaid: { charge: { each: pay.missed, amount: 99.00 } }
  gone: { transition: { of: agreement, on: free.missed, right: ended } }
  fee: { charge: { every: quarter, amount: 10.00 } }`,
      {
        facts:
          '[ booked: { id: a, about: a, at: 2024-01-10T10:00, arrival: 2024-08-31 }, paid: { about: a, at: 2024-02-05 } ]',
      },
    )
    expect(lapses.told(question)).toBe(due)
  },
)

test.for([
  [
    'free',
    'After each “booked” record, Consumer may bring about a cancellation until the end of the day 3 months before the arrival of the “booked” record.',
  ],
  ['leave', 'For each month, Consumer may give notice until its end.'],
  ['late', 'Each time clause 2 (Free) lapses, Consumer pays Provider 5.00.'],
  ['thanks', 'Each time clause 2 (Free) is used in time, Provider credits Consumer 2.00.'],
] as const)('“%s” prints: %s', ([clause, sentence]) => {
  const { revisions, frame } = made.agreement
  const [revision] = revisions
  const parties = { provider: 'Provider', consumer: 'Consumer' }
  expect(revision && clauseSentence(clause, revision, frame.agreed, parties)).toBe(sentence)
})

test.for([
  ['start: booked, stop: paid, within: 3 days', 'policy_unsaid /terms/may_pay/option'],
  ['who: consumer, start: booked, within: 3 days', 'stop_unsaid /terms/may_pay/option'],
  [
    'who: consumer, start: booked, stop: paid, within: 3 days, warrants: security',
    'word_without_effect /terms/may_pay/option/warrants',
  ],
  [
    'who: consumer, measure: visits, at-least: 3, per: month',
    'word_without_effect /terms/may_pay/option/measure',
  ],
] as const)('%s is refused', ([option, fault]) => {
  const base = `facts: { booked: { shape: event } }
measures: { visits: { count: booked, per: month } }
policies: { ends: with-the-day }`
  expect(faultsOf(`${base}\nterms: { may_pay: { option: { ${option} } } }`)).toContain(fault)
})

test.for([
  ['start: booked, stop: paid, warrants: security', ['warrants']],
  ['start: booked, stop: paid, at-least: 3, per: month', ['at-least', 'per']],
  ['stop: paid, measure: visits', ['measure']],
] as const)('a word that an option cannot have is told once: %s', ([option, words]) => {
  const base = `facts: { booked: { shape: event } }
measures: { visits: { count: booked, per: month } }
policies: { ends: with-the-day }`
  expect(
    faultsOf(
      `${base}\nterms: { may: { option: { who: consumer, within: 3 days, clock: always, ${option} } } }`,
    ),
  ).toEqual(words.map((word) => `word_without_effect /terms/may/option/${word}`))
})

test.for([
  [
    'measures: { open: { time: free, per: month, in: days } }',
    'types_do_not_fit /measures/open/time',
  ],
  [
    'measures: { open: { time: visit, except: { facts: free }, per: month, in: days } }',
    'types_do_not_fit /measures/open/except/facts/0',
  ],
  [
    'more: { duty: { who: consumer, start: booked, stop: paid, within: 2 hours, clock: always, pauses: { facts: free, counted: in-hours } } }',
    'fact_undeclared /terms/more/duty/pauses/facts',
  ],
] as const)('it never stands unmet: %s', ([more, fault]) => {
  const [measures, term] = more.startsWith('measures') ? [`\n${more}`, ''] : ['', `, ${more}`]
  const base = `facts: { booked: { shape: event }, visit: { shape: interval } }${measures}
terms: { free: { option: { who: consumer, start: booked, stop: paid, within: 2 hours, clock: always } }${term} }`
  expect(faultsOf(base)).toContain(fault)
})
