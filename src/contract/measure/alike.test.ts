import { describe, expect, test } from 'vitest'
import { signed } from '../contract.test-support.ts'

/** Whose facts a measure reads: of the subject at hand, or of what shares an attribute with it. */

describe('values of a state that are paired by an attribute', () => {
  const base = `{ facts: {
      trip: { shape: event, has: { place: text } },
      wage: { shape: state, has: { place: text, hourly: money } } },
    measures: {
      now: { last: wage, value: wage.hourly, about: same, paired-by: place },
      so_far: { last: wage, value: wage.hourly, about: same, paired-by: place, per: so-far-agreement },
      how_many: { count: wage, about: same, paired-by: place, per: month },
      together: { sum: wage, value: wage.hourly, about: same, paired-by: place, per: month },
      highest: { max: wage, value: wage.hourly, about: same, paired-by: place, per: month },
      at_first: { last: wage, value: wage.hourly, about: same, paired-by: place, per: month, as-of: period-start },
      at_last: { last: wage, value: wage.hourly, about: same, paired-by: place, per: month, as-of: period-end },
      lasted: { time: wage, about: same, paired-by: place, per: year, in: days } },
    policies: { billed: in-arrears, prorate: no },
    terms: { desk: { charge: { every: month, for-each: trip.place, amount: at_last } } } }`
  const trips = 'trip: { id: t, place: x, at: 2024-02-20T00:00 }'
  const wage = (about: string, place: string, at: string, hourly: number) =>
    `wage: { ${about}place: ${place}, at: ${at}T00:00, hourly: ${hourly} }`
  const of = (...facts: readonly string[]) => `[ ${[trips, ...facts].join(', ')} ]`
  const facts = {
    'with subjects': of(
      wage('about: a, ', 'x', '2024-01-02', 15),
      wage('about: b, ', 'y', '2024-01-03', 16),
      wage('about: b, ', 'y', '2024-02-03', 17),
    ),
    'without subjects': of(wage('', 'x', '2024-01-02', 15), wage('', 'y', '2024-01-03', 16)),
    'of a subject that moved': of(
      wage('about: a, ', 'x', '2024-01-02', 15),
      wage('about: b, ', 'x', '2024-01-02', 12),
      wage('about: a, ', 'y', '2024-02-03', 16),
    ),
  }

  test.for([
    ['with subjects', 'now', '15'],
    ['with subjects', 'so_far', '15'],
    ['with subjects', 'how_many', '1'],
    ['with subjects', 'together', '15'],
    ['with subjects', 'highest', '15'],
    ['with subjects', 'at_first', '15'],
    ['with subjects', 'at_last', '15'],
    ['with subjects', 'lasted', '49'],
    // What names no subject lasts until the next that shares the attribute.
    ['without subjects', 'now', '15'],
    ['without subjects', 'so_far', '15'],
    ['without subjects', 'lasted', '49'],
    // What names one lasts until the next of that one, wherever it is then.
    ['of a subject that moved', 'now', '12'],
    ['of a subject that moved', 'how_many', '2'],
    ['of a subject that moved', 'at_last', '12'],
  ] as const)('%s: %s', ([which, value, expected]) => {
    expect(signed(base, { facts: facts[which] }).told({ value, for: 't' })).toBe(expected)
  })

  test('are those of each, where each is charged for', () => {
    const made = signed(base, { facts: facts['with subjects'] })
    expect(made.told({ value: 'desk', in: '2024-02', about: 'x' })).toBe('15')
  })
})

describe('the subject at hand stays at hand', () => {
  const base = `{ policies: { billed: in-arrears, prorate: no },
    facts: { run: { shape: event, has: { hours: number, line: text } } },
    measures: {
      own: { sum: run, value: run.hours, about: same, per: month },
      all: { sum: run, value: run.hours, per: month },
      daily: { sum: run, value: run.hours, about: same, per: day },
      of_line: { sum: run, value: run.hours, about: same, paired-by: line, per: month },
      doubled: { formula: own * 2, per: month },
      doubled_twice: { formula: doubled * 2, per: month },
      share: { formula: 100 * own / all, per: month },
      so_far: { formula: own * 2 + run.hours, per: so-far-month },
      priced: { scale: { measure: own, rate: 2.00 }, per: month },
      line_doubled: { formula: of_line * 2, per: month },
      peak: { max: daily, per: month },
      long_days: { count: daily, where: daily > 3, per: month },
      before: { previous: doubled, per: month, initially: 0 },
      together: { formula: all * 2, per: month } },
    terms: {
      for_run: { charge: { each: run, measure: doubled_twice, rate: 1.00 } },
      for_each: { charge: { every: month, for-each: run, measure: doubled_twice, rate: 1.00 } },
      peaks: { charge: { every: month, for-each: run, measure: peak, rate: 1.00 } },
      on_lines: { charge: { every: month, for-each: run.line, measure: line_doubled, rate: 1.00 } } } }`
  const facts = `[ run: { id: j, about: x, at: 2024-01-09T10:00, hours: 1, line: n },
    run: { id: r, about: x, at: 2024-02-02T10:00, hours: 3.5, line: n },
    run: { id: s, about: x, at: 2024-02-05T10:00, hours: 0.5, line: m },
    run: { id: t, about: y, at: 2024-02-03T10:00, hours: 6, line: m } ]`
  const made = signed(base, { facts })

  test.for([
    ['doubled', 'r', '8'],
    ['doubled', 't', '12'],
    ['doubled_twice', 'r', '16'],
    ['share', 'r', '40'],
    ['so_far', 'r', '11.5'],
    ['priced', 'r', '8'],
    ['line_doubled', 's', '13'],
    ['line_doubled', 'r', '7'],
    ['peak', 'r', '3.5'],
    ['peak', 't', '6'],
    ['long_days', 's', '1'],
    ['before', 'r', '2'],
    ['before', 't', '0'],
    ['together', 'r', '20'],
    ['for_run', 'r', '16'],
    ['for_run', 't', '24'],
  ] as const)('in a period of its own %s for %s is %s', ([value, id, expected]) => {
    expect(made.told({ value, for: id })).toBe(expected)
  })

  test.for([
    ['for_each', 'x', '16'],
    ['for_each', 'y', '24'],
    ['peaks', 'x', '3.5'],
    ['peaks', 'y', '6'],
    ['on_lines', 'n', '7'],
    ['on_lines', 'm', '13'],
    ['own', 'x', '4'],
    ['doubled', 'y', '12'],
    ['peak', 'x', '3.5'],
  ] as const)('%s of a month about %s is %s', ([value, about, expected]) => {
    expect(made.told({ value, in: '2024-02', about })).toBe(expected)
  })

  test.for([
    [{ value: 'own', in: '2024-02' }, 'say “about:” whose it is, or “for:” a fact about it'],
    [{ value: 'doubled_twice', in: '2024-02' }, '“doubled_twice” is of one subject'],
    [{ value: 'own', at: '2024-02-10' }, '“own” is of one subject'],
    [{ value: 'of_line', in: '2024-02' }, 'say “for:” a fact that has it'],
    [{ value: 'of_line', in: '2024-02', about: 'n' }, 'is told apart by an attribute'],
    [{ value: 'all', in: '2024-02', about: 'x' }, 'is of no one subject: leave “about:” out'],
    [{ value: 'own', for: 'r', about: 'y' }, 'says what it is about already'],
    [{ value: 'own', in: '2024-02', about: 'xx' }, 'No fact is about “xx” as of then.'],
  ] as const)('asked without one it is refused: %j', ([question, words]) => {
    expect(() => made.told(question)).toThrow(words)
  })
})

describe('the period before, of periods that begin with an event', () => {
  const base = `{ facts: { ride: { shape: event }, cancelled: { shape: event }, called: { shape: event } },
    measures: {
      of_ride: { count: cancelled, per: since ride },
      before: { previous: of_ride, per: since ride, initially: 0 },
      so_far: { formula: up_to_it + of_ride, per: since ride },
      up_to_it: { previous: so_far, per: since ride, initially: 100 } },
    terms: {
      fee: { charge: { each: ride, measure: before, rate: 4.00 } },
      mark: { charge: { each: ride, measure: up_to_it, rate: 1.00 } } } }`
  const at = (day: number, about: string) => `about: ${about}, at: 2024-02-0${day}T10:00`
  const facts = `[ called: { id: c, ${at(1, 'x')} }, ride: { id: r1, ${at(2, 'x')} },
    ride: { id: r2, ${at(3, 'x')} }, cancelled: { ${at(4, 'x')} }, cancelled: { ${at(4, 'y')} },
    ride: { id: r3, ${at(5, 'x')} }, cancelled: { ${at(6, 'x')} }, ride: { id: r4, ${at(7, 'x')} },
    ride: { id: other, ${at(7, 'y')} } ]`
  const made = signed(base, { facts })

  test.for([
    ['before', 'c', '0'],
    ['before', 'r1', '0'],
    ['before', 'r2', '0'],
    ['before', 'r3', '1'],
    ['before', 'r4', '1'],
    ['before', 'other', '0'],
    ['up_to_it', 'r1', '100'],
    ['up_to_it', 'r4', '102'],
    ['fee', 'r3', '4'],
    ['mark', 'r4', '102'],
  ] as const)('%s for %s is %s', ([value, id, expected]) => {
    expect(made.told({ value, for: id })).toBe(expected)
  })
})
