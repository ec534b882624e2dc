import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Exact } from '../kernel/exact.ts'
import { type Instant, Length, localText } from '../kernel/time.ts'
import { hasEnd } from './agreement/running.ts'
import type { Answer } from './answer/answer.ts'
import {
  allDocuments,
  answering,
  offering,
  type Signed,
  signed,
  type Tried,
  triesOfAll,
} from './contract.test-support.ts'
import { citedClauses, type Derivation, derivationData, evaluate, nodes } from './derivation.ts'
import type { Fact } from './fact/fact.ts'
import { ManyFacts } from './measure/many.ts'
import { clausesOf } from './prose/clause.ts'
import { aboveCeiling } from './question/ceiling.test-support.ts'
import type { Question } from './question/form.ts'
import { zones } from './random-contract.test-support.ts'
import { Absent, Span, sameValue } from './value.ts'

/** Laws that every answer keeps, over every ask of every case and example. */

const maps = allDocuments()
const tries = triesOfAll(maps)

type Asked = { readonly tried: Tried; readonly question: Question; readonly answer: Answer }
const asked: readonly Asked[] = tries.flatMap((tried) =>
  tried.questions.map((question) => ({ tried, question, answer: tried.ask(question) })),
)
const named = ({ tried, question }: Pick<Asked, 'tried' | 'question'>) =>
  `${tried.name} · ${JSON.stringify(question)}`

const derivationsOf = ({ derivation, lines, standing, ...more }: Answer): Derivation[] => [
  derivation,
  ...(lines ?? []).flatMap(({ amount, posted, parts, otherwise }) => [
    ...[amount, posted, ...Object.values(parts), ...(otherwise ? [otherwise] : [])],
  ]),
  ...Object.values(standing ?? {}).map(({ value }) => value),
  ...Object.values({ ...more.figures, ...more.sums }),
  ...(more.effects ?? []).map(({ happens }) => happens),
  ...(more.duties ?? []).flatMap(({ due, met }) => [due, met]),
]

/** All derivations of an answer as one, so that what they share is looked at once. */
const wholeOf = (answer: Answer): Derivation => ({
  value: true,
  from: derivationsOf(answer).map((is) => ({ as: '', is })),
})

/** One step, on what the steps before it were found to come to: if each holds, so does the whole. */
const isStep = (node: Derivation): boolean => {
  const from = node.from.map(({ as, is: { value } }) => ({ as, is: { value, from: [] } }))
  return sameValue(evaluate({ ...node, from }), node.value)
}

test('the cases and examples are many', () => {
  expect(tries.length).toBeGreaterThan(50)
  expect(asked.length).toBeGreaterThan(250)
})

describe('a derivation', () => {
  test('evaluates to its value, in every step', () => {
    const broken = asked.filter(
      ({ answer }) =>
        !sameValue(evaluate(answer.derivation), answer.derivation.value) ||
        !nodes(wholeOf(answer)).every(isStep),
    )
    expect(broken.map(named)).toEqual([])
  })

  test('is data: written out and read again it evaluates to the same', () => {
    const broken = asked.filter(({ answer }) => {
      const whole = wholeOf(answer)
      const copied = decoded(structuredClone(encoded(whole, new Map())), new Map()) as Derivation
      const [before, after] = [nodes(whole), nodes(copied)]
      return !(
        before.length === after.length &&
        after.every(
          (node, place) => isStep(node) && sameValue(node.value, before[place]?.value ?? 0),
        )
      )
    })
    expect(broken.map(named)).toEqual([])
  })

  test('as published has no instant as a bare number, and no calendar in full', () => {
    const found = new Set<string>()
    for (const { answer } of asked)
      JSON.stringify(derivationData(answer.derivation), (key, value: unknown) => {
        const isInstant = typeof value === 'number' && Math.abs(value) > 1e10
        if (isInstant || key === 'hours') found.add(key)
        return value
      })
    expect([...found]).toEqual([])
  })

  test('cites clauses of the contract and nothing else', () => {
    const unknownClauses = asked.flatMap((one) => {
      const known = clausesKnown(one.tried)
      const cited = [
        ...derivationsOf(one.answer).flatMap(citedClauses),
        ...(one.answer.lines ?? []).map(({ clause }) => clause),
        ...Object.values(one.answer.standing ?? {}).flatMap(({ changes }) =>
          changes.map(({ clause }) => clause),
        ),
      ]
      return cited
        .filter((clause) => !known.has(clause))
        .map((clause) => `${clause}: ${named(one)}`)
    })
    expect(unknownClauses).toEqual([])
  })

  test('of money cites the clause that says so', () => {
    const silent = asked.filter(({ tried, question, answer: { derivation, clause, lines } }) => {
      const { contract } = tried.agreement.revisions[0] ?? {}
      // A measure is a definition: an amount that no clause posts.
      const name = 'value' in question ? (question.value.split('.')[0] ?? '') : ''
      if (contract?.words.measures?.[name]) return false
      if (derivation.unit !== contract?.currency || derivation.value instanceof Absent) return false
      const cited = [...citedClauses(derivation), ...(clause === undefined ? [] : [clause])]
      const speaks = cited.some((one) => contract?.words.terms?.[one] !== undefined)
      return !speaks && lines?.length !== 0
    })
    expect(silent.map(named)).toEqual([])
  })

  test('is decided by a clause of the contract: a measure is a definition, not a clause', () => {
    const wrong = asked.filter(
      ({ tried, answer: { clause } }) => clause !== undefined && !clausesKnown(tried).has(clause),
    )
    expect([...new Set(wrong.map(({ answer }) => answer.clause))]).toEqual([])
  })
})

const clausesKnown = ({ agreement }: Signed) =>
  new Set(
    agreement.revisions.flatMap(({ contract, deviations }) => [
      ...clausesOf(contract, deviations).map(({ id }) => id),
      // A clause that the parties took out is one that they know.
      ...deviations.map(({ clause }) => clause),
    ]),
  )

/** Values and steps as plain data; a function or an unknown class in a derivation would be a secret. */
type Data = unknown
function encoded(value: unknown, seen: Map<object, Data>): Data {
  if (value instanceof Exact) return { exact: [value.numerator, value.denominator] }
  if (value instanceof Absent) return { absent: value.kind, missing: [...value.missing] }
  if (value instanceof Span) return { span: [value.start, value.end] }
  if (value instanceof Temporal.PlainDate) return { date: value.toString() }
  if (value instanceof Length) return { length: encoded(value.count, seen), unit: value.unit }
  if (typeof value !== 'object' || value === null) return value
  const known = seen.get(value)
  if (known !== undefined) return known
  if (Array.isArray(value)) return value.map((one) => encoded(one, seen))
  if (value instanceof ManyFacts) return encoded({ ...value, digest: value.digest }, seen)
  if (Object.getPrototypeOf(value) !== Object.prototype)
    throw new Error(`a derivation holds a ${value.constructor.name}`)
  const data: Record<string, Data> = {}
  seen.set(value, { plain: data })
  for (const [key, one] of Object.entries(value)) data[key] = encoded(one, seen)
  return { plain: data }
}

function decoded(data: Data, seen: Map<object, unknown>): unknown {
  if (typeof data !== 'object' || data === null) return data
  if (Array.isArray(data)) return data.map((one) => decoded(one, seen))
  const map = data as Record<string, Data>
  if ('exact' in map) {
    const [numerator, denominator] = map['exact'] as [bigint, bigint]
    return new Exact(numerator, denominator)
  }
  if ('absent' in map)
    return new Absent(map['absent'] as Absent['kind'], map['missing'] as string[])
  if ('span' in map) return new Span(...(map['span'] as [number, number | undefined]))
  if ('date' in map) return Temporal.PlainDate.from(map['date'] as string)
  if ('length' in map)
    return new Length(decoded(map['length'], seen) as Exact, map['unit'] as Length['unit'])
  const plain = map['plain'] as Record<string, Data>
  const known = seen.get(plain)
  if (known !== undefined) return known
  const found: Record<string, unknown> = {}
  seen.set(plain, found)
  for (const [key, one] of Object.entries(plain)) found[key] = decoded(one, seen)
  return found
}

test('of no clause more is committed than its bounds come to', () => {
  const ofCases = Map.groupBy(tries, ({ name }) => name.split(' · ')[0])
  const found = [...ofCases.values()]
    .flatMap((same) => same.slice(0, 1))
    .filter(({ agreement }) => hasEnd(agreement.frame.agreed))
    .map((tried) => ({ tried, ...aboveCeiling(tried, { exposure: 'agreement' }) }))
  expect(found.filter(({ bounded }) => bounded > 0).length).toBeGreaterThan(50)
  expect(found.flatMap(({ tried, above }) => above.map((one) => `${tried.name} · ${one}`))).toEqual(
    [],
  )
})

describe('a line asked for alone is that line in its bill', () => {
  const bills = asked.filter(
    ({ answer }) => answer.lines !== undefined && answer.question === 'bill',
  )

  test('by its event', () => {
    const lines = bills.flatMap((one) => (one.answer.lines ?? []).map((line) => ({ ...one, line })))
    const differing = lines.filter(({ tried, line, question }) => {
      if (!line.event) return false
      const alone = tried.ask({ value: line.clause, for: line.event.fact.id, ...askedAt(question) })
      return !sameValue(alone.derivation.value, line.amount.value)
    })
    expect(lines.filter(({ line }) => line.event).length).toBeGreaterThan(30)
    expect(differing.map(named)).toEqual([])
  })

  test('by the day of its bill', () => {
    const differing = bills.filter(({ tried, question, answer }) => {
      const dayOf = ({ billed }: { readonly billed: Instant }) =>
        localText(billed, tried.agreement.frame.zone).slice(0, 10)
      const ofDays = Map.groupBy(answer.lines ?? [], (one) => `${one.clause} ${dayOf(one)}`)
      return [...ofDays.values()].some((same) =>
        same.slice(0, 1).some((line) => {
          const day = dayOf(line)
          const alone = tried.ask({ value: line.clause, in: day, ...askedAt(question) })
          return (
            alone.lines?.length !== same.length ||
            !same.every((other) =>
              alone.lines?.some((one) => sameValue(one.amount.value, other.amount.value)),
            )
          )
        }),
      )
    })
    expect(differing.map(named)).toEqual([])
  })
})

const askedAt = ({ at }: Question) => (at === undefined ? {} : { at })

describe('revisions', () => {
  const fee = offering(`{ policies: { prorate: no, billed: in-arrears }, agreed: { price: money },
    terms: { fee: { charge: { every: month, amount: price } }, visit: { charge: { each: used, amount: price } } } }`)
  const revisionDays = fc.uniqueArray(fc.integer({ min: 1, max: 364 }), { maxLength: 5 })
  const dateOf = (day: number) => new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10)
  const revised = (days: readonly number[]) =>
    signed(fee, {
      agreed: { price: '1.00' },
      revisions: days
        .toSorted((one, other) => one - other)
        .map((day, place) => ({ from: dateOf(day), agreed: { price: `${place + 2}.00` } })),
      facts: `[ ${Array.from({ length: 12 }, (_, month) => `used: { at: 2024-${String(month + 1).padStart(2, '0')}-15T12:00 }`).join(', ')} ]`,
    })

  test('follow each other without a gap and without an overlap', () => {
    fc.assert(
      fc.property(revisionDays, (days) => {
        const { revisions } = revised(days).agreement
        revisions.forEach((revision, place) => {
          const next = revisions[place + 1]
          if (next) expect(revision.governs.end).toBe(next.governs.start)
          expect(revision.governs.start).toBeLessThan(revision.governs.end)
          expect(revision.number).toBe(place + 1)
        })
        expect(revisions[0]?.governs.start).toBeLessThan(Date.UTC(1900, 0, 1))
        expect(revisions.at(-1)?.governs.end).toBeGreaterThan(Date.UTC(3000, 0, 1))
      }),
      { numRuns: 30 },
    )
  })

  test('that cut a period leave it to the contract in force at its start, and an event to the one of its instant', () => {
    fc.assert(
      fc.property(revisionDays, (days) => {
        const { told: say } = revised(days)
        const priceAt = (date: string) => 1 + days.filter((day) => dateOf(day) <= date).length
        for (let month = 1; month <= 12; month += 1) {
          const name = `2024-${String(month).padStart(2, '0')}`
          expect(say({ value: 'fee', in: name })).toBe(String(priceAt(`${name}-01`)))
          expect(say({ value: 'visit', for: `used_${month}` })).toBe(String(priceAt(`${name}-15`)))
        }
      }),
      { numRuns: 30 },
    )
  })

  test('charge each period once, whatever they add or remove', () => {
    fc.assert(
      fc.property(revisionDays, (days) => {
        const { lines } = revised(days).ask({ bill: '2024' })
        expect(lines?.filter(({ clause }) => clause === 'fee')).toHaveLength(12)
        expect(lines?.filter(({ clause }) => clause === 'visit')).toHaveLength(12)
      }),
      { numRuns: 20 },
    )
  })
})

describe('proration', () => {
  const share = (period: string, prorate: string, zone: string) => {
    const { ask } = signed(
      `{ zone: ${zone}, terms: { fee: { charge: { every: month, amount: 100.00, billed: in-arrears, prorate: ${prorate} } } } }`,
      { period },
    )
    const { derivation } = ask({ value: 'fee', in: '2023-12-01 to 2025-02-01' })
    const times = [...nodes(derivation)].filter(({ from }) =>
      from.some(({ as }) => as === 'share of the period'),
    )
    return times.map(({ value }) => value as Exact).reduce((sum, one) => sum.plus(one), Exact.zero)
  }

  test.for([
    ...['{ by: days, of: actual }', '{ by: days, of: 30 }'],
    ...['{ by: time, of: actual }', '{ by: time, of: 31 }'],
  ])('%s of adjacent parts adds up exactly before rounding', (prorate) => {
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: 1, max: 12 }),
        fc.uniqueArray(fc.integer({ min: 0, max: 29 }), { minLength: 3, maxLength: 3 }),
        (zone, month, days) => {
          const first = new Date(Date.UTC(2024, month - 1, 1))
          const size = new Date(Date.UTC(2024, month, 0)).getUTCDate()
          const [a = 0, b = 0, c = 0] = days
            .map((day) => (day % size) + 1)
            .toSorted((one, other) => one - other)
          if (a === b || b === c || (a === 1 && c > size)) return
          const date = (day: number) =>
            `${first.toISOString().slice(0, 8)}${String(day).padStart(2, '0')}`
          const whole = share(`${date(a)} to ${date(c)}`, prorate, zone)
          const parts = share(`${date(a)} to ${date(b)}`, prorate, zone).plus(
            share(`${date(b)} to ${date(c)}`, prorate, zone),
          )
          expect(parts.text).toBe(whole.text)
          expect(whole.compare(Exact.zero)).toBe(1)
        },
      ),
      { numRuns: 30 },
    )
  })
})

test('a deadline on a calendar never comes earlier because the clock was paused', () => {
  const { agreement } = signed(`{ calendars: { office: { hours: { mon-fri: 09:00-17:00 } } },
    terms: { answer: { target: { start: requested, stop: responded, within: 10 hours, clock: office, pauses: { facts: paused, counted: in-hours } } } } }`)
  const start = Date.UTC(2024, 5, 3, 8)
  const request: Fact = {
    id: 'r',
    kind: 'requested',
    shape: 'event',
    at: start,
    recorded: start,
    values: {},
  }
  const anyPause = fc
    .tuple(fc.integer({ min: -3000, max: 9000 }), fc.integer({ min: 1, max: 3000 }))
    .map(([from, length]) => ({ at: start + from * 60_000, to: start + (from + length) * 60_000 }))
  fc.assert(
    fc.property(fc.array(anyPause, { maxLength: 5 }), (pauses) => {
      const facts = pauses.map(
        ({ at, to }, place): Fact => ({
          id: `p${place}`,
          kind: 'paused',
          shape: 'interval',
          at,
          to,
          recorded: to,
          values: {},
        }),
      )
      const due = facts.map(
        (_, count) =>
          answering(agreement, [request, ...facts.slice(0, count)]).ask({ due: 'answer', for: 'r' })
            .derivation.value as Instant,
      )
      expect(due).toEqual(due.toSorted((one, other) => one - other))
    }),
    { numRuns: 60 },
  )
})
