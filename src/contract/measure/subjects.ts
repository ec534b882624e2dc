import type { Period } from '../../kernel/time.ts'
import { comparedWithEnd } from '../agreement/running.ts'
import type { Compiling } from '../compiling.ts'
import { type Derivation, derive, leaf } from '../derivation.ts'
import type { Path } from '../document/fault.ts'
import { subjectOf } from '../fact/alike.ts'
import { type Fact, inOrder } from '../fact/fact.ts'
import { happenedLeaf, happeningOf } from '../happening.ts'
import { nearName } from '../near-name.ts'
import type { Asking, Place, Scope, ToldApart } from '../scope.ts'
import { startedWithin, stretchesWithin, valuesWithin } from './timeline.ts'

/** Each subject of a kind of fact that a period has, or each value of one of its attributes. */
export type Each = { readonly kind: string; readonly of: ToldApart }

/** One of them, by the facts of it in the period; none where these say none. */
type OneOfSeveral = {
  readonly about: string | undefined
  /** What names are read in beside the period. */
  readonly scope: Required<Pick<Scope, 'subject'>>
  readonly first: Fact
  readonly occurs: Derivation
}

/** A kind of fact, or one of its attributes as `kind.attribute`. */
export function readEach(
  written: string,
  { names, faults }: Pick<Compiling, 'names' | 'faults'>,
  path: Path,
): Each {
  const [kind = '', by] = written.split('.')
  const found = names.fact(kind)
  if (!found || found.anyOf)
    faults.add(
      'fact_undeclared',
      path,
      `“${kind}” is no kind of fact.${nearName(kind, names, ['fact']) || ' Say the kind whose subjects are meant, or one of its attributes, such as drive.plate.'}`,
    )
  else if (by !== undefined && !found.attributes.has(by))
    faults.add('attribute_undeclared', path, `“${kind}” has no “${by}” to tell them apart by.`)
  return { kind, of: by === undefined ? {} : { by } }
}

/** What is at hand for each of them: its period and its subject, and no event. */
export const placeOfEach = ({ period }: Place, { of }: Each): Place => ({
  ...(period && { period }),
  ...{ events: [], subject: { each: of } },
})

/** In the order in which the period has them, as far as the agreement runs. */
export function subjectsIn(
  { kind, of }: Each,
  period: Period,
  { asking, isMeant = () => true }: { asking: Asking; isMeant?: (fact: Fact) => boolean },
): OneOfSeveral[] {
  const facts = occurring(kind, asking, period).filter(
    (fact) => isMeant(fact) && isWhileItRuns(fact, asking),
  )
  return [...Map.groupBy(facts, (fact) => subjectOf(fact, of.by))].flatMap(([about, own]) => {
    const [first] = own
    if (!first) return []
    const subject = { ...happeningOf(first), each: of }
    return [{ about, scope: { subject }, first, occurs: occursBy(own, asking) }]
  })
}

/** What of the kind happened, lasted or held in the period, in the order of time. */
function occurring(kind: string, asking: Asking, period: Period): readonly Fact[] {
  const facts = asking.facts.of(kind)
  switch (facts[0]?.shape) {
    case 'interval':
      return stretchesWithin(kind, undefined, { asking, window: period }).map(({ fact }) => fact)
    case 'state': {
      const range = { from: period.start, until: period.end - 1 }
      return valuesWithin(kind, undefined, { asking, ...range }).toSorted(inOrder)
    }
    default:
      return startedWithin(facts, period)
  }
}

function isWhileItRuns(fact: Fact, asking: Asking): boolean {
  const { value } = asking.ending()
  if (fact.at === value) return comparedWithEnd(happeningOf(fact), asking) === 'up-to'
  return typeof value !== 'number' || fact.at < value
}

/** That one of its facts is on file; of very many without naming them. */
function occursBy(facts: readonly Fact[], { factsShownMax }: Asking): Derivation {
  if (facts.length > factsShownMax) return leaf(true)
  const inputs = facts.map((fact) => ({
    as: fact.kind,
    is: happenedLeaf(happeningOf(fact), undefined),
  }))
  return derive('any', inputs)
}
