import { compileExpression } from '../expression.ts'
import { Faults } from '../fault.ts'
import type { PeriodRule } from '../period.ts'
import { grain, isFiner, isMisaligned, isSame, liesWithin } from '../period-order.ts'
import { type Compiling, namesRead } from '../reading.ts'
import type { PostingTold, PostingWords } from './posting-check.ts'

/**
 * A policy says what a part of a period costs of a price that stands for all of it. What is counted in the part itself is
 * less already: whether a share is taken of that as well, and of what is included, no policy settles unsaid.
 */
export function checkMetered(
  words: PostingWords,
  { rule, told }: { readonly rule: PeriodRule | undefined; readonly told: PostingTold },
  compiling: Compiling,
): void {
  const { prorate } = compiling.policies
  const isByPolicy = words.prorate === undefined && prorate !== undefined && prorate !== 'no'
  if (!rule || told.kind !== 'charge' || !isByPolicy) return
  const isMeant = (own: PeriodRule) => isSame(own, rule)
  const name = metered([words.measure, words.amount], { rule, path: told.path, isMeant }, compiling)
  if (name !== undefined)
    compiling.faults.add(
      'policy_unsaid',
      told.path,
      `“${name}” counts what happens in the part of the period itself. Say “prorate: no” here, or a share of it is taken away as well; “prorate: { by: days, of: actual }” here, if that is meant.`,
    )
}

/**
 * A week may lie in two months: a quantity of the month, added up of what happened in it, would be charged for with each
 * week that begins in it. A level of the longer period is one for all of the shorter.
 */
export function checkOverlapping(
  words: PostingWords,
  { rule, told }: { readonly rule: PeriodRule | undefined; readonly told: PostingTold },
  compiling: Compiling,
): void {
  if (!rule) return
  const every = words.every ?? words.per
  // One that is finer, or as long, is refused wherever it is read.
  const isMeant = (own: PeriodRule) =>
    grain(own) !== undefined &&
    ![isFiner(own, rule), isMisaligned(own, rule), liesWithin(rule, own)].includes(true)
  const texts = [words.measure, words.amount, words.share, ...(words.of ?? [])]
  const name = metered(texts, { rule, path: told.path, isMeant }, compiling)
  if (name !== undefined)
    compiling.faults.add(
      'periods_do_not_fit',
      told.path,
      `“${name}” adds up another period than “${every}”, which may lie in two of them: it would be charged for with each “${every}” that begins in it. Say “per: ${every}” of “${name}”, or leave its “per:” out.`,
    )
}

/** A share of other lines follows them: they were cut already. */
export const isShareOfLines = (
  { of }: Pick<PostingWords, 'of'>,
  sortOf: (name: string) => string | undefined,
): boolean =>
  of !== undefined && [of].flat().every((name) => ['posting', 'total'].includes(sortOf(name) ?? ''))

type Asked = {
  readonly rule: PeriodRule
  readonly path: PostingTold['path']
  readonly isMeant: (own: PeriodRule) => boolean
}

/** The first measure below these formulas that adds up what happens in a period that is meant. */
function metered(
  texts: readonly (string | undefined)[],
  { rule, path, isMeant }: Asked,
  { names, zone, wordsOf }: Compiling,
): string | undefined {
  // What is at fault in them is told where they are compiled.
  const faults = new Faults()
  const open = texts.flatMap((text) =>
    text === undefined
      ? []
      : namesRead([compileExpression(text, { names, zone, faults, path })]).map((name) => ({
          name,
          of: rule,
        })),
  )
  const seen = new Set<string>()
  for (let next = open.shift(); next; next = open.shift()) {
    const { name } = next
    const definition = names.find(name)
    if (seen.has(name) || !['measure', 'table'].includes(definition?.sort ?? '')) continue
    seen.add(name)
    const words = (wordsOf(name) ?? {}) as Readonly<Record<string, unknown>>
    // Without a period of its own it is of that of what reads it.
    const of = definition?.per?.() ?? next.of
    if (isMeant(of) && addsUp(words)) return name
    if (throughWhich.some((word) => word in words) || 'rows' in words)
      open.push(...names.readsOf(name).map((read) => ({ name: read, of })))
  }
  return undefined
}

/** The largest, the last or the mean is a level, which stands for the period as a price does. */
const addsUp = (words: Readonly<Record<string, unknown>>) =>
  ['count', 'sum', 'unique'].some((word) => word in words) ||
  ('time' in words && words['time'] !== 'agreement')
const throughWhich = ['formula', 'split', 'scale']
