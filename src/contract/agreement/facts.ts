import { localText } from '../../kernel/time.ts'
import type { Contract } from '../compile.ts'
import { didYouMean, type FaultName } from '../document/fault.ts'
import { subjectOf } from '../fact/alike.ts'
import { type Fact, inOrder } from '../fact/fact.ts'
import { Facts } from '../fact/facts.ts'
import type { PlacedFact } from '../fact/read.ts'
import { isOfOne } from '../fact/retagged.ts'
import type { StartAndStop } from '../scope.ts'
import { type Agreement, revisionAt } from './revision.ts'

/**
 * A fact that several components read says which it concerns, by itself or through its item: a missing key is no
 * missing permit.
 */
export function checkFacts<Placed extends PlacedFact>(
  agreement: Agreement,
  placed: readonly Placed[],
  report: (at: Placed, name: FaultName, words: string) => void,
): void {
  const known = new Facts(placed.map(({ fact }) => fact))
  const ids = new Set<string>()
  for (const one of placed) {
    const { fact } = one
    if (ids.has(fact.id)) report(one, 'name_doubled', `Two facts have the id “${fact.id}”.`)
    ids.add(fact.id)
    const words = unsaidComponent(fact, revisionAt(agreement, fact.at).contract, known)
    if (words !== undefined) report(one, 'component_unsaid', words)
  }
  refuseSecondStarts(agreement, placed, report)
}

/** Facts of a file: of each kind it is said once which do not tell their component, with their number and the ways out. */
export function checkWrittenFacts<Placed extends PlacedFact>(
  agreement: Agreement,
  placed: readonly Placed[],
  report: (at: Placed, name: FaultName, words: string) => void,
): void {
  const unsaid = new Map<string, { first: Placed; words: string; others: number }>()
  checkFacts(agreement, placed, (one, name, words) => {
    const { kind } = one.fact
    const known = unsaid.get(kind)
    if (name !== 'component_unsaid') report(one, name, words)
    else if (known) known.others += 1
    else unsaid.set(kind, { first: one, words, others: 0 })
  })
  for (const [kind, { first, words, others }] of unsaid) {
    const { contract } = revisionAt(agreement, first.fact.at)
    const isOfSeveral = (contract.readers.get(kind) ?? []).length > 1
    const more =
      others === 0
        ? ''
        : ` Nor ${others === 1 ? 'does one other' : `do ${others} others`} (${kind}).`
    const way = isOfSeveral
      ? ' A fact concerns one component, and the clauses of others pass over it: what is due for several when the same thing happens stands under one of them, or in clauses without “pays-for” and “of”.'
      : ''
    report(first, 'component_unsaid', `${words}${more}${way}`)
  }
}

/** Words for a fact that several components read, or that names an item nobody knows. */
function unsaidComponent(fact: Fact, contract: Contract, known: Facts): string | undefined {
  const { about } = fact
  const concerned = contract.readers.get(fact.kind) ?? []
  const strangeItem =
    about !== undefined && concerned.some((id) => contract.components.get(id)?.serialised)
  const itself = about !== undefined && contract.components.has(about)
  const said = fact.component ?? (about === undefined ? undefined : known.componentOfItem(about))
  if ((concerned.length < 2 && !strangeItem) || itself || said !== undefined) return undefined
  const item = about === undefined ? '' : `, and “${about}” is no item known here`
  const near = about === undefined ? '' : didYouMean(about, itemsIn(known))
  return `The fact “${fact.id}” (${fact.kind}) does not say which component it concerns${item}: add “component:”, one of ${concerned.join(', ')}.${near}`
}

const itemsIn = (known: Facts): string[] =>
  known.all.flatMap(({ about }) =>
    about !== undefined && known.componentOfItem(about) !== undefined ? [about] : [],
  )

/** A clock that runs is not started again: the second start comes after the stop of the first. */
function refuseSecondStarts<Placed extends PlacedFact>(
  agreement: Agreement,
  placed: readonly Placed[],
  report: (at: Placed, name: FaultName, words: string) => void,
): void {
  const revision = agreement.revisions.at(-1)
  const clocks = [...(revision?.contract.promises ?? [])].flatMap(([clause, { clock }]) =>
    clock && !clock.several ? [{ clause, clock }] : [],
  )
  for (const { clause, clock } of clocks) {
    const { start, stop, lifts = [], pairedBy } = clock
    const ends = [stop, ...lifts]
    const inTime = placed
      .filter(({ fact }) => fact.kind === start || ends.includes(fact.kind))
      .sort((left, right) => inOrder(left.fact, right.fact))
    // By subject: an agreement may hold thousands of starts, and few of them are about the same.
    const running = new Map<string, readonly Fact[]>()
    for (const one of inTime) {
      const { fact } = one
      const subject = subjectOf(fact, pairedBy)
      if (subject === undefined) continue
      const before = running.get(subject) ?? []
      const isEnd = ends.includes(fact.kind)
      const open = isEnd ? before.filter((first) => !isOfOne(first, fact)) : before
      running.set(subject, fact.kind === start ? [...open, fact] : open)
      const first = fact.kind === start && open.find((earlier) => isOfOne(earlier, fact))
      if (first)
        report(
          one,
          'start_doubled',
          doubledWords(first, { clause, clock, zone: agreement.frame.zone }),
        )
    }
  }
}

/** By kind and instant: most facts have no id that their author wrote. */
function doubledWords(
  { kind, at, about }: Fact,
  { clause, clock, zone }: { clause: string; clock: StartAndStop; zone: string },
): string {
  const { stop, pairedBy } = clock
  const same = pairedBy === undefined ? `about “${about}”` : `with the same “${pairedBy}”`
  const apart =
    pairedBy === undefined
      ? `Give each its own “about:”. Or “${clause}” says “paired-by:” an attribute that “${kind}” and “${stop}” share, or`
      : `Give each its own “${pairedBy}”. Or “${clause}” says`
  return `The “${kind}” of ${localText(at, zone).slice(0, 16)} ${same} has no “${stop}” yet: which of the two would the next one end? ${apart} “concerning:” what in “${stop}” names its “${kind}”.`
}
