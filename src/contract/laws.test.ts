import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Exact } from '../kernel/exact.ts'
import {
  type Instant,
  Length,
  local,
  localText,
  parseInstant,
  startOfDay,
  utcText,
} from '../kernel/time.ts'
import { afterEverything } from './agreement.ts'
import type { Answer } from './answer.ts'
import { clausesOf as clausesOfContract } from './clause.ts'
import {
  allDocuments,
  answering,
  offering,
  type Signed,
  signed,
  type Tried,
  triesOf,
  triesOfAll,
} from './contract.test-support.ts'
import { clausesOf, type Derivation, evaluate, nodes } from './derivation.ts'
import type { PlainMap } from './document.ts'
import type { Fact } from './fact.ts'
import type { Question } from './question/form.ts'
import { QuestionRefused } from './question/refused.ts'
import { awaited } from './question/undated.ts'
import type { Line } from './scope.ts'
import { Absent, Span, sameValue, type Value, valueText } from './value.ts'

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

test('the cases and examples are many', () => {
  expect(tries.length).toBeGreaterThan(50)
  expect(asked.length).toBeGreaterThan(250)
})

describe('a derivation', () => {
  test('evaluates to its value, in every step', () => {
    const broken = asked.filter(({ answer }) =>
      derivationsOf(answer).some((derivation) =>
        [...nodes(derivation)].some((node) => !sameValue(evaluate(node), node.value)),
      ),
    )
    expect(broken.map(named)).toEqual([])
  })

  test('is data: written out and read again it evaluates to the same', () => {
    const broken = asked.filter(({ answer }) =>
      derivationsOf(answer).some((derivation) => {
        const copied = decoded(
          structuredClone(encoded(derivation, new Map())),
          new Map(),
        ) as Derivation
        return !sameValue(evaluate(copied), derivation.value)
      }),
    )
    expect(broken.map(named)).toEqual([])
  })

  test('cites clauses of the contract and nothing else', () => {
    const unknownClauses = asked.flatMap((one) => {
      const known = clausesKnown(one.tried)
      const cited = [
        ...derivationsOf(one.answer).flatMap(clausesOf),
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
      const cited = [...clausesOf(derivation), ...(clause === undefined ? [] : [clause])]
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
      ...clausesOfContract(contract, deviations).map(({ id }) => id),
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

describe('a line asked for alone is that line in its bill', () => {
  const bills = asked.filter(
    ({ answer }) => answer.lines !== undefined && answer.question === 'bill',
  )

  test('by its event', () => {
    const lines = bills.flatMap((one) => (one.answer.lines ?? []).map((line) => ({ ...one, line })))
    const differing = lines.filter(({ tried, line, question }) => {
      if (!line.event) return false
      const at = question.at === undefined ? {} : { at: question.at }
      const alone = tried.ask({ value: line.clause, for: line.event.fact.id, ...at })
      return !sameValue(alone.derivation.value, line.amount.value)
    })
    expect(lines.filter(({ line }) => line.event).length).toBeGreaterThan(30)
    expect(differing.map(named)).toEqual([])
  })

  test('by the day of its bill', () => {
    const lines = bills.flatMap((one) => (one.answer.lines ?? []).map((line) => ({ ...one, line })))
    const differing = lines.filter(({ tried, answer, line }) => {
      const day = localText(line.billed, tried.agreement.frame.zone).slice(0, 10)
      const same = (answer.lines ?? []).filter(
        (other) =>
          other.clause === line.clause &&
          localText(other.billed, tried.agreement.frame.zone).startsWith(day),
      )
      const alone = tried.ask({ value: line.clause, in: day })
      return (
        alone.lines?.length !== same.length ||
        !same.every((other) =>
          alone.lines?.some((one) => sameValue(one.amount.value, other.amount.value)),
        )
      )
    })
    expect(differing.map(named)).toEqual([])
  })
})

/** A fact with something changed, and what a leaf of it holds then. */
type Change = { readonly what: string; readonly fact: Fact }

/** Another value of the same type in each field that a derivation reads. */
function changesOf(
  fact: Fact,
  fields: ReadonlySet<string>,
  { tried, fixed }: { tried: Tried; fixed: readonly Instant[] },
): Change[] {
  return [...fields].flatMap((field): Change[] => {
    if (field === 'happened') return []
    if (field === 'at' || field === 'span') return movesOf(fact, fixed)
    const value = fact.values[field]
    return (value === undefined ? [] : othersOf(value, fact, { field, tried })).map((other) => ({
      what: `${field} ${valueText(other)}`,
      fact: {
        ...fact,
        values: { ...fact.values, [field]: other },
        ...(field === 'component' && { component: String(other) }),
      },
    }))
  })
}

function othersOf(
  value: Value,
  fact: Fact,
  { field, tried }: { field: string; tried: Tried },
): Value[] {
  if (value instanceof Exact)
    return ['1', '-1', '0.01', '1000'].map((step) => value.plus(Exact.of(step)))
  if (typeof value === 'boolean') return [!value]
  if (value instanceof Temporal.PlainDate)
    return [value.add({ days: 1 }), value.subtract({ days: 1 })]
  if (typeof value === 'number') return [value + 86_400_000, value - 60_000]
  const type = tried.agreement.revisions[0]?.contract.factKinds
    .get(fact.kind)
    ?.attributes.get(field)
  if (type?.is === 'choice') return type.words.filter((word) => word !== value)
  return type?.is === 'text' && field !== 'about' ? [`another ${String(value)}`] : []
}

/** Small steps that pass no other fact, no start of a day and no edge of the question. */
function movesOf(fact: Fact, fixed: readonly Instant[]): Change[] {
  const steps = [-60_000, 60_000, -1, 1, -1_800_000, 1_800_000]
  const passes = (from: Instant, to: Instant) =>
    fixed.some((edge) => (from < edge && edge <= to) || (to < edge && edge <= from) || edge === to)
  return steps.flatMap((step): Change[] => {
    const at = fact.at + step
    const ends = fact.to === undefined ? undefined : fact.to + step
    const moved: Change[] = []
    if (!passes(fact.at, at) && (fact.to === undefined || at < fact.to))
      moved.push({
        what: `at ${step}`,
        fact: { ...fact, at, recorded: Math.max(fact.recorded, at) },
      })
    if (fact.to !== undefined && ends !== undefined && !passes(fact.to, ends) && ends > fact.at)
      moved.push({
        what: `to ${step}`,
        fact: { ...fact, to: ends, recorded: Math.max(fact.recorded, ends) },
      })
    return moved
  })
}

/** What the leaves of a fact hold once it is changed. */
const replacing =
  (changed: Fact) =>
  ({ id, field }: { id: string; field: string }, value: Value): Value | undefined => {
    if (id !== changed.id) return undefined
    if (field === 'at') return changed.at
    if (field === 'span')
      return value instanceof Span ? new Span(changed.at, changed.to) : undefined
    return changed.values[field]
  }

function edgesAround(tried: Tried, fact: Fact, asOf: Instant): Instant[] {
  const { frame } = tried.agreement
  const days = [fact.at, fact.to ?? fact.at].flatMap((at) => {
    const day = local(at, frame.zone).toPlainDate()
    return [startOfDay(day, frame.zone), startOfDay(day.add({ days: 1 }), frame.zone)]
  })
  const others = tried.facts
    .filter((one) => one !== fact)
    .flatMap((one) => [one.at, ...(one.to === undefined ? [] : [one.to])])
  return [...days, ...others, asOf + 1, frame.agreed.start, frame.agreed.end]
}

/** Each question of each case is asked once for each of its facts: the time grows with what the cases hold. */
const patience = { timeout: 120_000 }

test(
  'another value in a leaf fact evaluates to what the engine gives for the changed fact',
  patience,
  () => {
    let held = 0
    const broken: string[] = []
    for (const one of asked) {
      const { tried, question, answer } = one
      const fields = fieldsRead(answer.derivation)
      const asOf =
        question.at === undefined
          ? afterEverything(tried.facts)
          : (parseInstant(question.at, tried.agreement.frame.zone) ?? 0)
      for (const fact of tried.facts) {
        const read = fields.get(fact.id)
        if (!read || isAmongMany(fact, one)) continue
        const fixed = edgesAround(tried, fact, asOf)
        for (const { what, fact: changed } of changesOf(fact, read, { tried, fixed })) {
          const facts = tried.facts.map((other) => (other === fact ? changed : other))
          const engine = tried.ask(asOfThen(one), facts).derivation.value
          const replaced = evaluate(answer.derivation, replacing(changed))
          if (sameValue(engine, replaced)) held += 1
          else
            broken.push(
              `${named(one)} · ${fact.kind} ${fact.id} ${what}: evaluates to ${valueText(replaced)}, the engine gives ${valueText(engine)}`,
            )
        }
      }
    }
    // Moves never cross a day, another fact or an edge of the question: what is selected by windows of time, outside the
    // operations, cannot follow a changed leaf; neither can one leaf for many facts or finer values. Nothing else is excepted.
    expect(broken).toEqual([])
    expect(held).toBeGreaterThan(1500)
  },
)

/** Another deadline would be over at another instant: both are asked as of the same. */
const asOfThen = ({ question, answer }: Asked): Question =>
  awaited(question) === undefined || question.at !== undefined
    ? question
    : { ...question, at: utcText(answer.asOf) }

/** Whether it may also be among many that are one leaf, by itself or through a finer measure. */
const isAmongMany = ({ kind }: Fact, { tried, answer }: Asked) =>
  [...nodes(answer.derivation)].some(({ facts }) => {
    const isOfFacts = tried.agreement.revisions.some(({ contract }) =>
      contract.factKinds.has(facts?.kind ?? ''),
    )
    return facts !== undefined && (facts.kind === kind || !isOfFacts)
  })

function fieldsRead(derivation: Derivation): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>()
  for (const { fact } of nodes(derivation))
    if (fact) found.set(fact.id, (found.get(fact.id) ?? new Set()).add(fact.field))
  return found
}

const zones = [
  'Europe/Lisbon',
  'America/New_York',
  'Australia/Lord_Howe',
  'America/Sao_Paulo',
  'Asia/Kolkata',
  'Pacific/Apia',
]
const cents = fc.integer({ min: 1, max: 99_999 }).map((count) => (count / 100).toFixed(2))
const anyPeriod = fc.constantFrom(
  'day',
  'week',
  'month',
  'quarter',
  'year',
  'night',
  'month from 31',
  'month from 10',
  'year from 04-01',
  'agreement-month',
  'agreement-quarter',
  'agreement',
)
const anyProration = fc.constantFrom<PlainMap[string]>(
  'no',
  { by: 'days', of: 'actual' },
  { by: 'days', of: '30' },
  { by: 'time', of: 'actual' },
)
const anyChange = fc.constantFrom<PlainMap[string]>(
  'next-period',
  { old: 'credit-unused', new: 'prorated' },
  { old: 'credit-in-full', new: 'prorated' },
  { old: 'keep', new: 'in-full' },
  { 'if-dearer': { old: 'credit-unused', new: 'prorated' }, otherwise: 'next-period' },
)
/** A price that changes at the start of a month, twice within one, and back again. */
const moving = [
  { from: '2023-01-01', value: '10.01' },
  { from: '2024-02-10', value: '25.03' },
  { from: '2024-02-20', value: '5.00' },
  { from: '2024-06-01', value: '10.01' },
]
const anyCharge = fc.oneof(
  fc
    .record({
      every: anyPeriod,
      amount: cents,
      prorate: anyProration,
      billed: fc.constantFrom('in-advance', 'in-arrears'),
    })
    .map((words): PlainMap => words),
  cents.map((amount): PlainMap => ({ every: 'once', amount })),
  cents.map((amount): PlainMap => ({ each: 'visit', amount, when: 'visit.size > 3' })),
  cents.map((rate): PlainMap => ({ each: 'session', measure: 'session.minutes', rate })),
  cents.map((amount): PlainMap => ({ each: 'visit', amount, limit: { times: '2', per: 'month' } })),
  cents.map(
    (rate): PlainMap => ({
      each: 'session',
      measure: 'session.minutes',
      rate,
      included: '100',
      cumulative: 'quarter',
      limit: { amount: '500.00', per: 'agreement' },
    }),
  ),
  fc
    .record({ every: anyPeriod, billed: fc.constantFrom('in-advance', 'in-arrears') })
    .chain((words) =>
      anyChange.map(
        (change): PlainMap => ({
          ...words,
          amount: 'moving',
          prorate: { by: 'days', of: 'actual' },
          'on-change': change,
          discounts: [{ id: 'some', share: '7%' }],
        }),
      ),
    ),
)
const anyCredit = fc.constantFrom<PlainMap>(
  { per: 'agreement', of: 'charge_0', share: '10%' },
  { per: 'quarter', amount: '3.33' },
  { each: 'visit', amount: '0.50' },
)

/** A random offering under a random agreement, with facts at random instants. */
const anyContract = fc
  .record({
    zone: fc.constantFrom(...zones),
    charges: fc.array(anyCharge, { minLength: 1, maxLength: 4 }),
    credit: fc.option(anyCredit, { nil: undefined }),
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
    facts: fc.array(
      fc.record({
        at: fc.integer({ min: 0, max: 600 * 24 * 60 }),
        length: fc.integer({ min: 0, max: 3000 }),
        size: fc.integer({ min: 0, max: 6 }),
      }),
      { maxLength: 8 },
    ),
  })
  .map(({ zone, charges, credit, start, days, facts }) => {
    const terms = Object.fromEntries([
      ...charges.map((charge, place) => [`charge_${place}`, { charge }]),
      ...(credit ? [['credit', { credit }]] : []),
    ])
    const from = parseInstant(start, zone) ?? 0
    const end = localText(from + days * 86_400_000, zone)
    const base = offering(`{ zone: ${zone}, periods: { night: { day-from: 15:00, until: 12:00 } },
      facts: { visit: { shape: event, has: { size: number } }, session: { shape: interval } }, agreed: { moving: money } }`)
    const read = facts.map(({ at, length, size }, place): Fact => {
      const instant = from - 50 * 86_400_000 + at * 60_000
      const shared = { id: `fact_${place}`, at: instant, recorded: instant + length * 60_000 }
      return place % 2 === 0
        ? { ...shared, kind: 'visit', shape: 'event', values: { size: Exact.whole(size) } }
        : {
            ...shared,
            kind: 'session',
            shape: 'interval',
            to: instant + length * 60_000,
            values: {},
          }
    })
    const made = signed({ ...base, terms } as PlainMap, {
      period: `${start} to ${end}`,
      agreed: { moving },
    })
    return answering(made.agreement, read)
  })

const lineKey = ({ clause, service, event, billed, posted, payer }: Line) =>
  `${clause} ${payer} ${service?.start ?? event?.fact.id} ${billed} ${valueText(posted.value)}`

describe('over random contracts', () => {
  const years = ['2023', '2024', '2025']
  const monthsOf = (year: string) =>
    Array.from({ length: 12 }, (_, month) => `${year}-${String(month + 1).padStart(2, '0')}`)
  const sum = (values: readonly Value[]) =>
    values.reduce<Exact>(
      (total, value) => (value instanceof Exact ? total.plus(value) : total),
      Exact.zero,
    )

  test('the bills of a year’s months are the year’s bill, and each line is in exactly one', () => {
    fc.assert(
      fc.property(anyContract, (contract) => {
        for (const year of years) {
          const whole = contract.ask({ bill: year })
          const parts = monthsOf(year).map((month) => contract.ask({ bill: month }))
          const keys = parts.flatMap(({ lines }) => (lines ?? []).map(lineKey))
          expect(keys.toSorted()).toEqual((whole.lines ?? []).map(lineKey).toSorted())
          expect(new Set(keys).size).toBe(keys.length)
          expect(sum(parts.map(({ derivation }) => derivation.value)).text).toBe(
            valueText(whole.derivation.value),
          )
        }
      }),
      { numRuns: 100 },
    )
  })

  test('a bill cut anywhere is two bills', () => {
    fc.assert(
      fc.property(anyContract, fc.integer({ min: 0, max: 1000 }), (contract, day) => {
        const cut = new Date(Date.UTC(2023, 4, 1) + day * 86_400_000).toISOString().slice(0, 10)
        const keys = (period: string) => (contract.ask({ bill: period }).lines ?? []).map(lineKey)
        const both = [...keys(`2023-04-01 to ${cut}`), ...keys(`${cut} to 2026-06-01`)]
        expect(both.toSorted()).toEqual(keys('2023-04-01 to 2026-06-01').toSorted())
      }),
      { numRuns: 100 },
    )
  })

  test('every line evaluates to its amount and is rounded to the cent', () => {
    fc.assert(
      fc.property(anyContract, (contract) => {
        for (const { amount, posted } of contract.ask({ bill: '2023-01-01 to 2026-12-31' }).lines ??
          []) {
          expect(sameValue(evaluate(amount), amount.value)).toBe(true)
          expect(sameValue(evaluate(posted), posted.value)).toBe(true)
          if (posted.value instanceof Exact)
            expect(posted.value.times(Exact.whole(100)).isWhole).toBe(true)
        }
      }),
      { numRuns: 25 },
    )
  })

  test('any order of the same facts gives the same bills', () => {
    fc.assert(
      fc.property(anyContract, fc.infiniteStream(fc.nat()), (contract, random) => {
        const shuffled = contract.facts
          .map((fact) => ({ fact, place: random.next().value ?? 0 }))
          .sort((left, right) => left.place - right.place)
          .map(({ fact }) => fact)
        const told = (facts: readonly Fact[]) =>
          (contract.ask({ bill: '2023-01-01 to 2026-12-31' }, facts).lines ?? []).map(lineKey)
        expect(told(shuffled)).toEqual(told(contract.facts))
      }),
      { numRuns: 100 },
    )
  })
})

/** An answer as far as it is compared: value, clause, finality and lines. */
function told(ask: () => Answer): string {
  try {
    const { derivation, clause, final, lines } = ask()
    const shown = (lines ?? []).map(lineKey).toSorted()
    return [valueText(derivation.value), clause, final, ...shown].join(' | ')
  } catch (error) {
    if (error instanceof QuestionRefused) return error.name
    throw error
  }
}

describe('what was known', () => {
  const recordings = tries.flatMap((tried) =>
    tried.questions.map((question) => ({ tried, question })),
  )

  test('by an instant never changes when facts are recorded later', patience, () => {
    const changed = recordings.flatMap(({ tried, question }) => {
      const instants = [...new Set(tried.facts.map(({ recorded }) => recorded))]
      return instants.flatMap((knownBy) => {
        const then = { ...question, 'known-by': localText(knownBy, tried.agreement.frame.zone) }
        const known = tried.facts.filter(({ recorded }) => recorded <= knownBy)
        const before = told(() => tried.ask(then, known))
        const after = told(() => tried.ask(then))
        return before === after
          ? []
          : [`${named({ tried, question })} known by ${then['known-by']}: ${before} → ${after}`]
      })
    })
    expect(changed).toEqual([])
  })

  test('is recorded in any order: the answers are the same', () => {
    const changed = recordings.filter(({ tried, question }) => {
      const before = told(() => tried.ask(question))
      const orders = [
        tried.facts.toReversed(),
        tried.facts.toSorted((one, other) => (one.id < other.id ? 1 : -1)),
      ]
      return orders.some((facts) => told(() => tried.ask(question, facts)) !== before)
    })
    expect(changed.map(named)).toEqual([])
  })

  test('late changes only what rests on it: a fact about nothing that is asked changes no line before it', () => {
    fc.assert(
      fc.property(anyContract, fc.integer({ min: 0, max: 600 }), (contract, day) => {
        const at = Date.UTC(2023, 6, 1) + day * 86_400_000
        const late: Fact = {
          id: 'late',
          kind: 'visit',
          shape: 'event',
          at,
          recorded: at + 5,
          values: { size: Exact.whole(5) },
        }
        const cut = new Date(at - 2 * 86_400_000).toISOString().slice(0, 10)
        const question = { bill: `2023-01-01 to ${cut}`, at: '2028-01-01' }
        const keys = (facts: readonly Fact[]) =>
          (contract.ask(question, facts).lines ?? []).map(lineKey)
        expect(keys([...contract.facts, late])).toEqual(keys(contract.facts))
      }),
      { numRuns: 60 },
    )
  })
})

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

  test.for(['{ by: days, of: actual }', '{ by: days, of: 30 }', '{ by: time, of: actual }'])(
    '%s of adjacent parts adds up exactly before rounding',
    (prorate) => {
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
    },
  )
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

test('a change to the offering document afterwards changes no answer of a running agreement', () => {
  const offerings = maps.filter((data) => typeof data['offering'] === 'object')
  for (const data of offerings) {
    const kept = structuredClone(data)
    const before = triesOf(kept, () => undefined)
    const answers = before.map((tried) =>
      tried.questions.map((question) => told(() => tried.ask(question))),
    )
    spoil(kept['offering'])
    const after = before.map((tried) =>
      tried.questions.map((question) => told(() => tried.ask(question))),
    )
    expect(after).toEqual(answers)
  }
  expect(offerings.length).toBeGreaterThan(9)
})

/** Another catalogue: every number doubled, every list emptied, every map without its last entry. */
function spoil(data: unknown): void {
  if (typeof data !== 'object' || data === null) return
  const map = data as Record<string, unknown>
  for (const [key, value] of Object.entries(map)) {
    if (typeof value === 'string' && /^\d/.test(value)) map[key] = `9${value}`
    else spoil(value)
  }
  if (Array.isArray(data)) data.length = 0
  else delete map[Object.keys(map).at(-1) ?? '']
}
