import { Exact } from '../kernel/exact.ts'
import type { Instant, Period } from '../kernel/time.ts'
import { type OperationName, operations, type SettingsOf } from './operation/operation.ts'
import { settingsData } from './operation/published.ts'
import { unknown, type Value, valueText } from './value.ts'
import { spend } from './work.ts'

/**
 * A value and why it is that value: the operation that made it, what went in, and the clause that says so. A leaf is a
 * field of a fact, a number that a clause states, or an agreed value. All branches are kept, also those that did not
 * decide, so that another value put into a leaf gives what the engine gives for the changed fact.
 */
export type Derivation = {
  readonly value: Value
  readonly unit?: string
  /** The clause that decides this step. */
  readonly clause?: string
  /** What the contract calls this value. */
  readonly name?: string
  readonly operation?: OperationName
  readonly settings?: object
  readonly from: readonly Input[]
  /** A percentage as its author, or the parties, wrote it: 99.9%, not 0.999. */
  readonly written?: string
  readonly fact?: { readonly id: string; readonly field: string }
  /** Many facts as one leaf: which, how many, and a digest of their ids and values. */
  readonly facts?: { readonly kind: string; readonly count: number; readonly digest: string }
  /** Of an amount that a charge or credit posts: for which event, or which period and which subject in it. */
  readonly postedFor?: PostedFor
  /** Facts may still come that count: a window that it rests on, however deep, is not over as of the question. */
  readonly mayChange?: true
}
export type PostedFor = {
  readonly event?: { readonly id: string; readonly at: Instant }
  readonly service?: Period
  readonly about?: string
}
export type Input = {
  /** For people; of what an author named, the name. */
  readonly as: string
  readonly is: Derivation
  /** What it is for the step, where that is told otherwise than by its operation. */
  readonly role?: Role
}
type Role =
  /** Conditions of what is due. */
  | 'reason'
  | 'agreement running'
  | 'limit'
  | 'begun'
  /** Whether a deadline began at all. */
  | 'begins'
  /** Whether a transition changes what was so before. */
  | 'change'
  | 'stood before'
  /** The sides of a comparison. */
  | 'due before'
  | 'asked at'
  | 'counted at'
  | 'followed at'
  | 'end of agreement'
  /** What stands at the head of several. */
  | 'agreed period'
  | 'user'
  /** What a price may rise or fall to, and from which one. */
  | 'bound by rise'
  | 'earlier price'
  /** What lifts a deadline, where something else keeps it. */
  | 'lift'
  /** Of a quantity, what costs nothing. */
  | 'included'
  /** What has to happen before there are any. */
  | 'start of periods'

/** What a node may say of itself beside its operation. */
export type Said = Pick<Partial<Derivation>, 'unit' | 'clause' | 'name'>

const noInputs: readonly Input[] = []

export function leaf(
  value: Value,
  said: Said & Pick<Partial<Derivation>, 'fact' | 'facts' | 'written'> = {},
): Derivation {
  // What is spread comes first: behind other words it is copied one by one, which takes twice as long.
  return { ...said, value, from: noInputs }
}

/** The only way to a value that is not a leaf: the operation computes it from its inputs. */
export function derive<Name extends OperationName>(
  operation: Name,
  from: readonly Input[],
  ...[settings, said]: SettingsOf<Name> extends undefined
    ? [undefined?, Said?]
    : [SettingsOf<Name>, Said?]
): Derivation {
  const value = apply(
    operation,
    from.map((input) => input.is.value),
    settings as object | undefined,
  )
  const made = { ...said, value, operation, from, ...(settings && { settings }) }
  return from.some(mayChange) ? { ...made, mayChange: true } : made
}

const mayChange = ({ is }: Input) => is.mayChange === true

/** Left out where its condition does not hold. */
export function onlyIf(condition: Derivation | undefined, is: Derivation, said?: Said): Derivation {
  if (!condition) return is
  const inputs = [
    { as: 'if', is: condition },
    { as: 'value', is },
  ]
  return derive('keep', inputs, undefined, said)
}

/** What is made of a value has its unit. */
export const inUnitOf = ({ unit }: Pick<Derivation, 'unit'>): Pick<Said, 'unit'> =>
  unit === undefined ? {} : { unit }

/** Exact where no rounding is declared. */
export const roundedBy = (
  rounding: SettingsOf<'round'> | undefined,
  is: Derivation,
  said?: Said,
): Derivation => (rounding ? derive('round', [{ as: 'exact', is }], rounding, said) : is)

/** The value alone that `derive` gives with its reasons: where thousands of rows become one leaf, nobody asks for theirs. */
export function valueBy<Name extends OperationName>(
  operation: Name,
  values: readonly Value[],
  ...[settings]: SettingsOf<Name> extends undefined ? [undefined?] : [SettingsOf<Name>]
): Value {
  return apply(operation, values, settings as object | undefined)
}

function apply(operation: OperationName, values: readonly Value[], settings?: object): Value {
  spend(1 + values.length)
  // Whoever puts an operation and its settings together has checked the one against the other.
  const found = (operations[operation] as (values: readonly Value[], settings?: object) => Value)(
    values,
    settings,
  )
  return found instanceof Exact && found.isTooLong ? tooLong : found
}

/** A product of products doubles its digits with each name: forty names would never end. */
const tooLong = unknown('a number of at most a thousand digits')

/** Computes a derivation again from its leaves, by the closed list of operations and nothing else. */
export function evaluate(derivation: Derivation, replaced?: LeafReplacement): Value {
  const seen = new Map<Derivation, Value>()
  const again = (node: Derivation): Value => {
    const known = seen.get(node)
    if (known !== undefined) return known
    const value =
      node.operation === undefined
        ? ((node.fact && replaced?.(node.fact, node.value)) ?? node.value)
        : apply(
            node.operation,
            node.from.map((input) => again(input.is)),
            node.settings,
          )
    seen.set(node, value)
    return value
  }
  return again(derivation)
}
/** Another value for a leaf fact, or undefined to leave it. */
type LeafReplacement = (
  fact: { readonly id: string; readonly field: string },
  value: Value,
) => Value | undefined

/** To pass by a node takes less than to make one. */
const visitWork = 0.2

/** Every node once, each after the nodes that it rests on. Without recursion: of a thousand nodes deep each cost a thousand. */
export const nodes = (root: Derivation): readonly Derivation[] => nodesBelow([root])

function nodesBelow(roots: readonly Derivation[]): readonly Derivation[] {
  const found: Derivation[] = []
  const seen = new Set<Derivation>()
  const open: { node: Derivation; place: number }[] = []
  const enter = (node: Derivation) => {
    if (!seen.has(node)) open.push({ node, place: 0 })
    seen.add(node)
  }
  for (const root of roots) {
    enter(root)
    for (let last = open.at(-1); last; last = open.at(-1)) {
      const next = last.node.from[last.place]?.is
      last.place += 1
      if (next) enter(next)
      else {
        spend(visitWork)
        found.push(last.node)
        open.pop()
      }
    }
  }
  return found
}

/** Clauses from the one that decides down to those it rests on, each once. */
export function citedClauses(derivation: Derivation): string[] {
  const found = new Set<string>()
  const seen = new Set<Derivation>()
  const walk = (node: Derivation) => {
    if (seen.has(node)) return
    seen.add(node)
    if (node.clause !== undefined) found.add(node.clause)
    for (const input of node.from) walk(input.is)
  }
  walk(derivation)
  return [...found]
}

/** The ids of the facts that a derivation rests on, each once. */
export function factsOf(roots: readonly Derivation[]): string[] {
  const ids = new Set<string>()
  for (const node of nodesBelow(roots)) if (node.fact) ids.add(node.fact.id)
  return [...ids]
}

/**
 * As data: amounts as text, moments in UTC, absent fields left out. What several steps rest on is written once, with an
 * `id`, and afterwards as `{ same: id }`: a derivation is a graph, and as a tree it would grow without bound.
 */
export function derivationData(root: Derivation): object {
  const readers = new Map<Derivation, number>()
  for (const node of nodes(root))
    for (const { is } of node.from) readers.set(is, (readers.get(is) ?? 0) + 1)
  const written = new Map<Derivation, string>()
  const write = (node: Derivation): object => {
    const known = written.get(node)
    if (known !== undefined) return { same: known }
    const shared = (readers.get(node) ?? 0) > 1 && node.from.length > 0
    if (shared) written.set(node, `step_${written.size + 1}`)
    return {
      ...(shared && { id: written.get(node) }),
      ...nodeData(node),
      ...(node.operation && { from: node.from.map(({ as, is }) => ({ as, is: write(is) })) }),
    }
  }
  return write(root)
}

function nodeData({ value, unit, clause, name, fact, facts, operation, settings }: Derivation) {
  return {
    value: valueText(value),
    ...(unit !== undefined && { unit }),
    ...(clause !== undefined && { clause }),
    ...(name !== undefined && { name }),
    ...(fact && { fact }),
    ...(facts && { facts: { ...facts, digest: facts.digest } }),
    ...(operation && { how: { operation, ...(settings && { with: settingsData(settings) }) } }),
  }
}
