import { compileRevision } from '../src/contract/agreement/agreement.ts'
import type { Agreement } from '../src/contract/agreement/revision.ts'
import { askingOf } from '../src/contract/answering.ts'
import { checked } from '../src/contract/document/checked.ts'
import type { PlainMap } from '../src/contract/document/document.ts'
import { Faults } from '../src/contract/document/fault.ts'
import type { Fact } from '../src/contract/fact/fact.ts'
import { Facts } from '../src/contract/fact/facts.ts'
import { OfferingWords } from '../src/contract/language/offering.ts'
import { liftTerms } from '../src/contract/offering/lifted.ts'
import { permittedBy } from '../src/contract/question/permitted.ts'
import { answerQuestion } from '../src/contract/question/question.ts'
import { type Instant, type Period, utcText } from '../src/kernel/time.ts'
import {
  agreementOf,
  evenly,
  factsOf,
  levelByDay,
  manyClauses,
  meters,
  roomToUse,
  untilNow,
} from './contracts.ts'
import { asRate, perSecond, row, shareOf, times, took } from './measure.ts'

/**
 * How the engine’s work grows: each at one, ten and a hundred times its size. What was found is kept for the list of facts
 * that was asked about, so each question is given a list of its own.
 */
export const sections: Readonly<Record<string, () => void>> = {
  'compiling a contract of 200 clauses (aim: less than 5 ms)': () =>
    [200, 2_000, 20_000].forEach(compiling),
  'may, without conditions, asked again and again (aim: 1,000,000 a second)': () =>
    [200, 2_000, 20_000].forEach((uses) => {
      permitting(uses, 'without conditions')
    }),
  'may, with conditions, asked again and again (aim: 300,000 a second)': () =>
    [200, 2_000, 20_000].forEach((uses) => {
      permitting(uses, 'with conditions')
    }),
  'rating lines of 50 facts each (aim: 100,000 lines a second)': () =>
    [1, 10, 100].forEach((months) => {
      rating(months, 'all readings')
    }),
  'rating lines of 50 facts each, of which a condition chooses': () =>
    [1, 10, 100].forEach((months) => {
      rating(months, 'readings chosen')
    }),
  'one level from minutes packed by day (aim: less than 50 ms for a year)': () =>
    [1, 10, 100].forEach(levelling),
  'counting so far, once for each event of a year': () => [100, 1_000, 10_000].forEach(counting),
  'reading facts from their words': () => [550, 5_500, 55_000].forEach(reading),
}

const year = (first: number, count = 1): Period => ({
  start: Date.UTC(first, 0, 1),
  end: Date.UTC(first + count, 0, 1),
})
const inWords = ({ start, end }: Period) => `${utcText(start)} to ${utcText(end)}`

function compiling(clauses: number): void {
  const offering = manyClauses(clauses)
  const { lifted } = liftTerms(offering)
  const whole = perSecond(() => {
    const { faults } = compileRevision({ offering, agreed: {}, deviations: [] })
    if (faults.length > 0) throw new Error(faults[0]?.words)
  })
  const words = perSecond(() => checked(OfferingWords, lifted, new Faults()))
  const share = shareOf(whole, words, 'of it checking the words')
  row(`${clauses.toLocaleString('en')} clauses`, took(whole), share)
}

function permitting(uses: number, conditions: 'without conditions' | 'with conditions'): void {
  const within = year(2024)
  const agreement = agreementOf(roomToUse(conditions), within)
  const says = () => ({ component: 'room' })
  const changes =
    conditions === 'without conditions'
      ? []
      : ['blocked', 'freed'].flatMap((kind) => evenly(kind, 10, { within, says }))
  const facts = factsOf([...evenly('used', uses, { within, says }), ...changes], agreement)
  const may = permittedBy(agreement, facts)
  const instants = anyInstants(1_000, within)
  const ask = () => {
    for (const at of instants) may({ component: 'room', user: 'guest', at })
  }
  const first = performance.now()
  ask()
  const cold = (performance.now() - first) / instants.length
  const warm = times(perSecond(ask), instants.length)
  let place = 0
  const explained = perSecond(() => {
    place = (place + 1) % instants.length
    const at = utcText(instants[place] ?? 0)
    return answerQuestion(agreement, [...facts], { may: 'room', user: 'guest', at })
  })
  row(
    `${uses.toLocaleString('en')} uses on file`,
    asRate(warm),
    `a first time ${(cold * 1000).toFixed(0)} µs`,
    `with its reasons ${Math.round(explained.best).toLocaleString('en')} /s`,
  )
}

/** The same at each run. */
function anyInstants(count: number, { start, end }: Period): Instant[] {
  let seed = 1
  return Array.from({ length: count }, () => {
    seed = (seed * 1_103_515_245 + 12_345) % 0x8000_0000
    return start + Math.floor((seed / 0x8000_0000) * (end - start))
  })
}

function rating(months: number, conditions: 'all readings' | 'readings chosen'): void {
  const start = Date.UTC(2015, 0, 1)
  const within = { start, end: Date.UTC(2015, months, 1) }
  const agreement = agreementOf(meters(10, conditions), within)
  const says = (place: number) => ({ amount: String((place % 40) / 4) })
  const written = Array.from({ length: 10 }, (_, meter) =>
    evenly(`counted_${meter}`, 50 * months, { within, says }),
  ).flat()
  const facts = factsOf(written, agreement)
  const bill = () => answerQuestion(agreement, [...facts], { bill: inWords(within) })
  const { lines = [] } = bill()
  const whole = perSecond(bill)
  const index = perSecond(() => new Facts(facts))
  const reasons = perSecond(() => linesExplained(agreement, facts, within))
  row(
    `${lines.length.toLocaleString('en')} lines, ${facts.length.toLocaleString('en')} facts`,
    asRate(times(whole, lines.length)),
    shareOf(whole, index, 'of it putting facts in order'),
    `with every fact shown ${Math.round(reasons.best * lines.length).toLocaleString('en')} /s`,
  )
}

/** Every fact of every line with its reasons, as somebody asks for who looks into one line. */
function linesExplained(agreement: Agreement, facts: readonly Fact[], within: Period): number {
  const asking = askingOf(agreement, facts, within.end, {
    factsShownMax: Number.MAX_SAFE_INTEGER,
  })
  const clauses = agreement.revisions[0]?.contract.postings.keys() ?? []
  return [...clauses].flatMap((clause) => asking.lines(clause, within)).length
}

function levelling(years: number): void {
  const within = year(2020, years)
  const agreement = agreementOf(levelByDay, within)
  const days = Math.round((within.end - within.start) / 86_400_000)
  const says = (place: number) => ({ up: String(1440 - (place % 7)), of: '1440' })
  const facts = factsOf(evenly('minutes_up', days, { within, says }), agreement)
  const whole = perSecond(() =>
    Array.from({ length: years }, (_, place) =>
      answerQuestion(agreement, [...facts], { value: 'level', in: String(2020 + place) }),
    ),
  )
  row(`${years} years, each asked for, ${days.toLocaleString('en')} facts`, took(whole))
}

function counting(uses: number): void {
  const within = year(2024)
  const agreement = agreementOf(untilNow, within)
  const facts = factsOf(evenly('used', uses, { within, says: () => ({}) }), agreement)
  const whole = perSecond(() => answerQuestion(agreement, [...facts], { bill: '2024' }))
  row(`${uses.toLocaleString('en')} events`, took(whole))
}

function reading(count: number): void {
  const within = year(2024)
  const agreement = agreementOf(levelByDay, within)
  const says = (place: number) => ({ up: String(1440 - (place % 7)), of: '1440' })
  const written = evenly('minutes_up', count, { within, says })
  row(
    `${count.toLocaleString('en')} facts`,
    took(perSecond(() => factsOf(written as readonly PlainMap[], agreement))),
  )
}
