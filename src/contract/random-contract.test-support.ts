import fc from 'fast-check'
import { Exact } from '../kernel/exact.ts'
import { type Instant, localText, parseInstant, utcText } from '../kernel/time.ts'
import { answering, type Signed, signed } from './contract.test-support.ts'
import type { Fact } from './fact/fact.ts'
import { anyOffering, moving } from './random-offering.test-support.ts'
import type { Line } from './scope.ts'
import { valueText } from './value.ts'

/** Agreements that nobody wrote, with facts at random instants, for laws that hold over all of them. */

export const zones = [
  'Europe/Lisbon',
  'America/New_York',
  'Australia/Lord_Howe',
  'America/Sao_Paulo',
  'Asia/Kolkata',
  'Pacific/Apia',
]
const anyFact = fc.record({
  kind: fc.constantFrom(
    ...(['visit', 'visit', 'visit', 'session', 'session', 'session'] as const),
    ...(['reply', 'claimed', 'notice'] as const),
  ),
  at: fc.integer({ min: 0, max: 600 * 24 * 60 }),
  length: fc.integer({ min: 0, max: 3000 }),
  size: fc.integer({ min: 0, max: 6 }),
  room: fc.constantFrom('front', 'back'),
  /** Which subject it is about, as others may be. */
  of: fc.nat(4),
})
type Drawn = typeof anyFact extends fc.Arbitrary<infer Of> ? Of : never

function factOf({ kind, at, length, size, room, of }: Drawn, place: number, from: Instant): Fact {
  const start = from - 50 * 86_400_000 + at * 60_000
  const end = start + length * 60_000
  const about = `subject_${of}`
  const known = { id: `fact_${place}`, kind, at: start, recorded: end, about }
  const values = { about, ...(kind === 'visit' && { size: Exact.whole(size), room }) }
  return kind === 'session'
    ? { ...known, shape: 'interval', to: end, values }
    : { ...known, shape: 'event', values }
}

/** A random offering under a random agreement, with facts at random instants. */
export const anyContract: fc.Arbitrary<Signed> = fc
  .record({
    zone: fc.constantFrom(...zones),
    offering: anyOffering,
    start: fc.oneof(
      fc.constantFrom(
        '2024-01-31T00:00',
        '2024-02-29T12:00',
        '2023-12-31T23:30',
        '2024-03-10T02:30',
        '2024-01-01T00:00',
      ),
      fc
        .integer({ min: 0, max: 366 * 48 })
        .map((half) =>
          new Date(Date.UTC(2023, 9, 1) + half * 1_800_000).toISOString().slice(0, 16),
        ),
    ),
    days: fc.integer({ min: 1, max: 500 }),
    /** So many days later the parties may have revised it. */
    revisedAfter: fc.integer({ min: 1, max: 1200 }),
    facts: fc.array(anyFact, { maxLength: 8 }),
  })
  .map(({ zone, offering, start, days, revisedAfter, facts }) => {
    const from = parseInstant(start, zone) ?? 0
    const day = (count: number) => localText(from + count * 86_400_000, zone)
    const words = { ...offering.words, zone }
    const period = `${start} to ${day(days)}`
    const revised = { from: day(revisedAfter), offering: { ...offering.revised, zone } }
    const revisions = revisedAfter < days ? [revised] : []
    const { agreement } = signed(words, { period, agreed: { moving }, revisions })
    const read = facts.map((fact, place) => factOf(fact, place, from))
    return {
      ...answering(agreement, read),
      // What fast-check says of a contract that breaks a law.
      [fc.toStringMethod]: () =>
        JSON.stringify({ period, words, revisions, facts: read.map(factText) }, undefined, 1),
    }
  })

const factText = ({ kind, id, about, at, to, values }: Fact) =>
  [
    kind,
    id,
    about,
    utcText(at),
    to === undefined ? '' : utcText(to),
    ...Object.values(values).map(valueText),
  ].join(' ')

/** What tells one line of a bill from another. */
export const lineKey = ({ clause, about, service, event, billed, posted, payer }: Line) =>
  `${clause} ${payer} ${about} ${service?.start ?? event?.fact.id} ${billed} ${valueText(posted.value)}`
