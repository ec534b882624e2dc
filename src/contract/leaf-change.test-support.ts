import { Exact } from '../kernel/exact.ts'
import { type Instant, Length, local, parseInstant, startOfDay, utcText } from '../kernel/time.ts'
import type { Answer } from './answer/answer.ts'
import { afterEverything, askingOf } from './answering.ts'
import type { Signed } from './contract.test-support.ts'
import { type Derivation, evaluate, nodes } from './derivation.ts'
import type { Fact } from './fact/fact.ts'
import { periodsWithin } from './period/period.ts'
import type { Question } from './question/form.ts'
import { awaited } from './question/undated.ts'
import { Span, sameValue, type Value, valueText } from './value.ts'

/** The leaf-change law: another value in a leaf fact evaluates to what the engine gives for the changed fact. */

type Asked = {
  readonly tried: Signed
  readonly question: Question
  readonly answer: Answer
}

/**
 * How often the law held for the answers to these questions, and where it did not. Moves never cross a day, another fact
 * or an edge of the question: what is selected by windows of time, outside the operations, cannot follow a changed leaf;
 * neither can one leaf for many facts or finer values. Nothing else is excepted.
 */
export function leafChanges(
  tried: Signed,
  questions: readonly Question[],
): { readonly held: number; readonly broken: string[] } {
  let held = 0
  const broken: string[] = []
  const order = inOrder(tried, tried.facts)
  const asked = questions
    .map((question) => ({ tried, question, answer: tried.ask(question) }))
    .filter((one) => !isCutShort(one))
    .map((one) => ({ ...one, fields: fieldsRead(one.answer.derivation) }))
  for (const fact of tried.facts) {
    const changes = asked.flatMap((one) =>
      changesTo(fact, one).map((change) => ({ ...change, asked: one })),
    )
    for (const same of Map.groupBy(changes, ({ what }) => what).values()) {
      const [first] = same
      if (!first) continue
      // One list for all who ask of it: the engine finds what they share once.
      const facts = tried.facts.map((other) => (other === fact ? first.fact : other))
      if (first.isMoved && inOrder(tried, facts) !== order) continue
      for (const { what, asked } of same) {
        const engine = tried.ask(asOfThen(asked), facts).derivation.value
        const replaced = evaluate(asked.answer.derivation, replacing(first.fact))
        if (sameValue(engine, replaced)) held += 1
        else
          broken.push(
            `${JSON.stringify(asked.question)} · ${fact.kind} ${fact.id} ${what}: evaluates to ${valueText(replaced)}, the engine gives ${valueText(engine)}`,
          )
      }
    }
  }
  return { held, broken }
}

/** A fact with something changed, and what a leaf of it holds then. Two of a fact that say the same are the same. */
type Change = { readonly what: string; readonly fact: Fact; readonly isMoved?: true }

/** Another value of the same type in each field that the answer reads. */
function changesTo(
  fact: Fact,
  one: Asked & { readonly fields: ReadonlyMap<string, ReadonlySet<string>> },
): Change[] {
  const { tried, question, answer } = one
  const read = one.fields.get(fact.id)
  if (!read || isAmongMany(fact, one)) return []
  const asOf =
    question.at === undefined
      ? afterEverything(tried.facts)
      : (parseInstant(question.at, tried.agreement.frame.zone) ?? 0)
  const isTimeRead = read.has('at') || read.has('span')
  const moved = isTimeRead ? movesOf(fact, edgesAround(tried, fact, asOf)) : []
  const others = [...read].flatMap((field): Change[] => {
    const value = fact.values[field]
    if (['happened', 'at', 'span'].includes(field) || value === undefined) return []
    return othersOf(value, fact, { field, tried, asOf: answer.asOf }).map((other) => ({
      what: `${field} ${valueText(other)}`,
      ...(isDated(other) && { isMoved: true }),
      fact: {
        ...fact,
        values: { ...fact.values, [field]: other },
        ...(field === 'component' && { component: String(other) }),
      },
    }))
  })
  return [...moved, ...others]
}

const isDated = (value: Value) => typeof value === 'number' || value instanceof Temporal.PlainDate

/** A deadline on a date that a fact says is an event too: it passes no other, as no fact does. */
function inOrder({ agreement }: Signed, facts: readonly Fact[]): string {
  const asking = askingOf(agreement, facts, afterEverything(facts))
  const clauses = new Set(
    agreement.revisions.flatMap(({ contract }) => [...contract.promises.keys()]),
  )
  const deadlines = [...clauses].flatMap((clause) =>
    asking
      .promises(clause)
      .map(({ start, due }) => ({ id: `${clause} ${start.fact.id}`, at: due.value })),
  )
  return [...facts, ...deadlines]
    .flatMap(({ id, at }) => (typeof at === 'number' ? [{ id, at }] : []))
    .toSorted((one, other) => one.at - other.at)
    .map(({ id }) => id)
    .join()
}

/** A measure that stands as one value where reasons reach back no further. */
const isCutShort = ({ tried, answer }: Asked) =>
  nodes(answer.derivation).some(
    ({ operation, fact, clause, name }) =>
      operation === undefined &&
      fact === undefined &&
      clause === undefined &&
      tried.agreement.revisions.some(({ contract }) =>
        Object.hasOwn(contract.words.measures ?? {}, name ?? ''),
      ),
  )

function othersOf(
  value: Value,
  fact: Fact,
  { field, tried, asOf }: { field: string; tried: Signed; asOf: Instant },
): Value[] {
  if (value instanceof Exact)
    return ['1', '-1', '0.01', '1000'].map((step) => value.plus(Exact.of(step)))
  if (typeof value === 'boolean') return [!value]
  if (value instanceof Temporal.PlainDate)
    return [value.add({ days: 1 }), value.subtract({ days: 1 })]
  // What was over as of the question stays over, as of an instant that the fact does not change.
  if (typeof value === 'number')
    return [value + 86_400_000, value - 60_000].filter((other) => value < asOf === other < asOf)
  if (tellsApart(`${fact.kind}.${field}`, tried)) return []
  const type = tried.agreement.revisions[0]?.contract.factKinds
    .get(fact.kind)
    ?.attributes.get(field)
  if (type?.is === 'choice') return type.words.filter((word) => word !== value)
  return type?.is === 'text' && field !== 'about' ? [`another ${String(value)}`] : []
}

/** Another value of what subjects are told apart by has another line: which lines there are is no leaf. */
const tellsApart = (attribute: string, { agreement }: Signed): boolean =>
  agreement.revisions.some(({ contract }) =>
    [...contract.postings.values()].some(({ words }) => words['for-each'] === attribute),
  )

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
    // What ends at the start of a day has nothing of it: a moment more is another day.
    const isOnEdge = fact.to !== undefined && fixed.includes(fact.to)
    if (
      fact.to !== undefined &&
      ends !== undefined &&
      !isOnEdge &&
      !passes(fact.to, ends) &&
      ends > fact.at
    )
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

function edgesAround(tried: Signed, fact: Fact, asOf: Instant): Instant[] {
  const { frame } = tried.agreement
  const started = local(frame.agreed.start, frame.zone).toPlainTime()
  const days = [fact.at, fact.to ?? fact.at].flatMap((at) => {
    const day = local(at, frame.zone).toPlainDate()
    // Periods of days or weeks from the agreement begin at its own time of day.
    const begins = day.toZonedDateTime({ timeZone: frame.zone, plainTime: started })
    return [
      startOfDay(day, frame.zone),
      begins.epochMilliseconds,
      startOfDay(day.add({ days: 1 }), frame.zone),
    ]
  })
  const others = tried.facts
    .filter((one) => one !== fact)
    .flatMap((one) => [one.at, ...(one.to === undefined ? [] : [one.to])])
  const revised = tried.agreement.revisions.map(({ governs }) => governs.start)
  const edges = [asOf + 1, frame.agreed.start, frame.agreed.end, ...revised]
  return [
    ...days,
    ...others,
    ...edges,
    ...effectEdges(tried, fact, asOf),
    ...partEdges(tried, fact),
  ]
}

/** Where what it makes later, such as a right that comes back, would have taken effect by the instant of the question, or not. */
function effectEdges({ agreement, facts }: Signed, fact: Fact, asOf: Instant): Instant[] {
  const asking = askingOf(agreement, facts)
  return agreement.revisions
    .flatMap(({ contract }) => [...contract.transitions.keys()])
    .flatMap((name) => asking.happenings(name))
    .filter((one) => one.fact === fact && one.at !== fact.at)
    .map(({ at }) => asOf + 1 - (at - fact.at))
}

/** Where an interval that is priced in parts would have one more, or one less: of so many hours, or by windows of the day. */
function partEdges({ agreement }: Signed, { at, to = at }: Fact): Instant[] {
  return agreement.revisions.flatMap(({ contract }) =>
    Object.values(contract.words.terms ?? {}).flatMap((term) => {
      const parts = ('charge' in term && term.charge['in-parts-of']) || ''
      const rule = contract.periods.get(parts)
      if (rule) {
        const around = { start: at - 86_400_000, end: to + 86_400_000 }
        return [...periodsWithin(rule, around, agreement.frame)].flatMap((one) => [
          one.start,
          one.end,
        ])
      }
      const minutes = Length.parse(parts)?.minutes
      return minutes ? lengthEdges({ at, to }, Number(minutes.text) * 60_000) : []
    }),
  )
}

function lengthEdges({ at, to }: { readonly at: Instant; readonly to: Instant }, length: number) {
  const last = Math.floor((to - at) / length) + 1
  return Array.from({ length: last }, (_, place) => (place + 1) * length).flatMap((after) => [
    at + after,
    to - after,
  ])
}

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
