import { Exact } from '../../kernel/exact.ts'
import type { Instant, Period } from '../../kernel/time.ts'
import { checkFacts } from '../agreement/facts.ts'
import { type Agreement, revisionAt } from '../agreement/revision.ts'
import { hasEnd } from '../agreement/running.ts'
import { afterEverything, askingOf } from '../answering.ts'
import type { Derivation } from '../derivation.ts'
import { nodes } from '../derivation.ts'
import type { Plain } from '../document/document.ts'
import { Faults } from '../document/fault.ts'
import type { Fact } from '../fact/fact.ts'
import { type PlacedFact, readPlacedFacts } from '../fact/read.ts'
import { QuestionRefused } from '../question-refused.ts'
import type { Asking, Line } from '../scope.ts'
import { Absent, isNothingDue, sameValue } from '../value.ts'
import type { Asked } from './asked.ts'
import { linesIn } from './bill.ts'

/** Facts that a question supposes, read as recorded ones are. */
export function supposedFacts(
  { agreement, facts, asOf }: Asked,
  written: readonly object[] | undefined,
): Fact[] {
  if (!written) return []
  const faults = new Faults()
  const { zone } = agreement.frame
  const { contract } = revisionAt(agreement, asOf ?? afterEverything(facts))
  const place = { zone, faults, under: ['suppose'], prefix: 'supposed_' }
  const placed = readPlacedFacts(written as readonly Plain[], contract.factKinds, place)
  const known: readonly PlacedFact[] = facts.map((fact) => ({ fact, path: [] }))
  checkFacts(agreement, [...known, ...placed], (one, name, words) => {
    if (placed.includes(one)) faults.add(name, one.path, words)
  })
  const [fault] = faults.list
  if (fault) throw new QuestionRefused('fact_unreadable', fault.pointer, fault.words)
  return placed.map(({ fact }) => fact)
}

/** What is on file as of the question, with what is supposed, asked when all of it has happened. */
export function supposing(
  { agreement, asking }: Asked,
  supposed: readonly Fact[],
  until: Instant = Number.MIN_SAFE_INTEGER,
): Supposing {
  const now = asking()
  const facts = [...now.facts.all, ...supposed]
  const asOf = Math.max(now.asOf, until, afterEverything(supposed))
  return { facts, asOf, asking: askingOf(agreement, facts, asOf) }
}

export type Supposing = {
  readonly facts: readonly Fact[]
  readonly asOf: Instant
  readonly asking: Asking
}

const years = 3 * 366 * 86_400_000

/** All of an agreement that has an end; of one without, three years around what is asked about. */
export function rangeAround(
  { frame: { agreed } }: Agreement,
  around: Instant,
  asOf: Instant,
): Period {
  if (hasEnd(agreed)) return { start: agreed.start, end: Math.max(agreed.end, asOf + 1) }
  return { start: Math.max(agreed.start, around - years), end: asOf + years }
}

/** The year after that, by which is seen what goes on for ever. */
export function rangeBeyond({ frame: { agreed } }: Agreement, { end }: Period): Period | undefined {
  return hasEnd(agreed) ? undefined : { start: end, end: end + years / 3 }
}

/** A line and the same line without what is asked about. */
export type Pair = { readonly line: Line; readonly otherwise?: Line }

/** The lines of both, by what they are for; those that one of them alone has stand by themselves. */
export function pairedLines(
  agreement: Agreement,
  { asking, without, range }: { asking: Asking; without: Asking; range: Period },
): { readonly pairs: readonly Pair[]; readonly gone: readonly Line[] } {
  const others = new Map(linesIn(agreement, without, range).map((line) => [keyOf(line), line]))
  const pairs = linesIn(agreement, asking, range).map((line): Pair => {
    const otherwise = others.get(keyOf(line))
    others.delete(keyOf(line))
    return { line, ...(otherwise && { otherwise }) }
  })
  return { pairs, gone: [...others.values()] }
}

/** A change posts two lines at one instant: who pays tells them apart. */
const keyOf = ({ clause, service, event, follows, payer, about }: Line) =>
  [clause, service?.start, about, event?.kind, event?.fact.id, event?.at, follows, payer].join(' ')

/** Whether the line is another one than it would be otherwise. */
export const isChanged = ({ line, otherwise }: Pair) =>
  !otherwise || !sameValue(line.posted.value, otherwise.posted.value)

/** Of an amount other than zero, or not known yet. */
export const isDue = ({ posted: { value } }: Line) =>
  value instanceof Absent ? !isNothingDue(value) : !(value instanceof Exact && value.isZero)

export const cites = (derivation: Derivation, id: string) =>
  nodes(derivation).some(({ fact }) => fact?.id === id)

/** A line as it is answered, with what it would be otherwise where that is something else. */
export const answeredLine = ({ line, otherwise }: Pair) =>
  otherwise && isChanged({ line, otherwise }) && isDue(otherwise)
    ? { ...line, otherwise: otherwise.posted }
    : line
