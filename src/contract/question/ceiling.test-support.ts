import { Exact } from '../../kernel/exact.ts'
import { parseInstant } from '../../kernel/time.ts'
import { afterEverything, askingOf } from '../answering.ts'
import type { Signed } from '../contract.test-support.ts'
import { ceilingOf } from './ceiling.ts'
import { rangeOf } from './exposure.ts'

/** The clauses of which more is committed than their bounds come to, and how many have a bound that is not zero. */
export function aboveCeiling(
  { agreement, facts, ask }: Signed,
  question: { readonly exposure: string; readonly at?: string },
): { readonly above: readonly string[]; readonly bounded: number } {
  const { zone } = agreement.frame
  const asOf = question.at === undefined ? afterEverything(facts) : parseInstant(question.at, zone)
  const asking = askingOf(agreement, facts, asOf)
  const { bounded, unbounded } = ceilingOf(agreement, asking, rangeOf(agreement, question.exposure))
  if (bounded.length === 0) return { above: [], bounded: 0 }
  const { sums = {} } = ask(question)
  const bounds = Map.groupBy(bounded, ({ as }) => as)
  const most = (clause: string) =>
    Exact.sum(
      (bounds.get(clause) ?? []).flatMap(({ is }) => (is.value instanceof Exact ? [is.value] : [])),
    )
  const isKnown = (clause: string) =>
    !unbounded.includes(clause) &&
    (bounds.get(clause) ?? []).every(({ is }) => is.value instanceof Exact)
  const above = Object.entries(sums).flatMap(([clause, { value }]) =>
    isKnown(clause) && value instanceof Exact && value.compare(most(clause)) > 0
      ? [`${clause}: ${value.text} above ${most(clause).text}`]
      : [],
  )
  const reached = Object.entries(sums).filter(
    ([clause, { value }]) =>
      isKnown(clause) && value instanceof Exact && value.compare(Exact.zero) > 0,
  )
  return { above, bounded: reached.length }
}
