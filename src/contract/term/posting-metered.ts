import { compileExpression } from '../expression.ts'
import { Faults } from '../fault.ts'
import type { PeriodRule } from '../period.ts'
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
  const name = metered([words.measure, words.amount], { rule, path: told.path }, compiling)
  if (name !== undefined)
    compiling.faults.add(
      'policy_unsaid',
      told.path,
      `“${name}” counts what happens in the part of the period itself. Say “prorate: no” here, or a share of it is taken away as well; “prorate: { by: days, of: actual }” here, if that is meant.`,
    )
}

/** A share of other lines follows them: they were cut already. */
export const isShareOfLines = (
  { of }: Pick<PostingWords, 'of'>,
  sortOf: (name: string) => string | undefined,
): boolean =>
  of !== undefined && [of].flat().every((name) => ['posting', 'total'].includes(sortOf(name) ?? ''))

type Asked = { readonly rule: PeriodRule; readonly path: PostingTold['path'] }

/** The first measure below these formulas that adds up what happens in the period at hand. */
function metered(
  texts: readonly (string | undefined)[],
  { rule, path }: Asked,
  { names, zone, wordsOf }: Compiling,
): string | undefined {
  // What is at fault in them is told where they are compiled.
  const faults = new Faults()
  const open = texts.flatMap((text) =>
    text === undefined ? [] : namesRead([compileExpression(text, { names, zone, faults, path })]),
  )
  const seen = new Set<string>()
  for (let name = open.shift(); name !== undefined; name = open.shift()) {
    const definition = names.find(name)
    if (seen.has(name) || !['measure', 'table'].includes(definition?.sort ?? '')) continue
    seen.add(name)
    const words = (wordsOf(name) ?? {}) as Readonly<Record<string, unknown>>
    const own = definition?.per?.()
    const isOfPeriod = own === undefined || JSON.stringify(own) === JSON.stringify(rule)
    if (isOfPeriod && addsUp(words)) return name
    if (throughWhich.some((word) => word in words) || 'rows' in words)
      open.push(...names.readsOf(name))
  }
  return undefined
}

/** The largest, the last or the mean is a level, which stands for the period as a price does. */
const addsUp = (words: Readonly<Record<string, unknown>>) =>
  ['count', 'sum', 'unique'].some((word) => word in words) ||
  ('time' in words && words['time'] !== 'agreement')
const throughWhich = ['formula', 'split', 'scale']
