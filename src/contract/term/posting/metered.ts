import type { Compiling } from '../../compiling.ts'
import { Faults } from '../../document/fault.ts'
import { type Formula, namesIn, readFormula } from '../../formula/formula.ts'
import type { MeasureWords, TableWords } from '../../language/measure.ts'
import type { PostingWords } from '../../language/posting.ts'
import { isFiner, isMisaligned, isSamePeriod, liesWithin } from '../../period/order.ts'
import type { PeriodRule } from '../../period/period.ts'
import type { Names } from '../../scope.ts'
import type { PostingTold } from './check.ts'

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
  const isMeant = (own: PeriodRule) => isSamePeriod(own, rule)
  const asked = {
    rule,
    path: told.path,
    isMeant,
    through: 'all it reads',
    below: sameTime,
  } as const
  const name = metered([words.measure, words.amount], asked, compiling)
  if (name !== undefined)
    compiling.faults.add(
      'policy_unsaid',
      told.path,
      `“${name}” counts what happens in the part of the period itself. Say “prorate: no” here, or a share of it is taken away as well; “prorate: { by: days, of: actual }” here, if that is meant.`,
    )
}

/**
 * What is added up over a longer period would be charged for in each of the shorter that begin in it: a week that may lie in
 * two months, a month of a quarter. A level of the longer period is one for all of the shorter; so is a share.
 */
export function checkOverlapping(
  words: PostingWords,
  { rule, told }: { readonly rule: PeriodRule | undefined; readonly told: PostingTold },
  compiling: Compiling,
): void {
  if (!rule) return
  const every = words.every ?? words.per
  // One that is finer, or about as long, is refused wherever it is read.
  const isLonger = (own: PeriodRule) => isFiner(rule, own) && !isMisaligned(own, rule)
  const overlaps = (own: PeriodRule) => isLonger(own) && !liesWithin(rule, own)
  const { measure, share, rate, amount, tiers = [], bands = [] } = words
  const rows = [{ rate, amount }, ...tiers, ...bands]
  // A quantity without a rate is not paid for: it says which tier it is, as a level does.
  const quantities = [
    ...(rows.some((row) => row.rate !== undefined) ? [measure] : []),
    ...rows.map((row) => row.amount),
    ...[words.of, words['true-up']?.of].flatMap((names) => names ?? []),
  ]
  const asked = { rule, path: told.path, below: anyTime }
  const refuse = (name: string, why: string) =>
    compiling.faults.add(
      'periods_do_not_fit',
      told.path,
      `“${name}” adds up another period than “${every}”, ${why} Say “per: ${every}” of “${name}”, or leave its “per:” out.`,
    )
  const amongAll = (isMeant: Asked['isMeant']) =>
    metered(
      [...quantities, measure, share],
      { ...asked, isMeant, through: 'all it reads' },
      compiling,
    )
  // Nearly always there is none, whatever it is read through.
  if (amongAll(isLonger) === undefined) return
  const overlapping = amongAll(overlaps)
  const longer = metered(
    quantities,
    { ...asked, isMeant: isLonger, through: 'what it adds' },
    compiling,
  )
  if (overlapping !== undefined)
    refuse(
      overlapping,
      `which may lie in two of them: it would be charged for with each “${every}” that begins in it.`,
    )
  else if (longer !== undefined)
    refuse(
      longer,
      `of which it holds several: all of it would be charged for with each “${every}”.`,
    )
}

/** A share of other lines follows them: they were cut already. */
export const isShareOfLines = (
  { of }: Pick<PostingWords, 'of'>,
  names: Pick<Names, 'find'>,
): boolean =>
  of?.every((name) => ['posting', 'total'].includes(names.find(name)?.sort ?? '')) === true

type Asked = {
  readonly rule: PeriodRule
  readonly path: PostingTold['path']
  readonly isMeant: (own: PeriodRule) => boolean
  readonly through: Through
  /** Words of the measures that are looked through. */
  readonly below: readonly string[]
}

/** What a formula or a table comes to rests on all that it reads; a part of it is only what it adds. */
type Through = 'all it reads' | 'what it adds'

/** The first measure below these formulas that adds up what happens in a period that is meant. */
function metered(
  texts: readonly (string | undefined)[],
  { rule, path, isMeant, through, below }: Asked,
  { names, measures, tables }: Compiling,
): string | undefined {
  const namesOf = (text: string | undefined): readonly string[] => {
    // A figure names nothing. What is at fault in it is told where it is compiled.
    const isNamed = text !== undefined && /[a-z]/.test(text)
    const formula = isNamed ? readFormula(text, new Faults(), path) : undefined
    return formula ? reading[through](formula) : []
  }
  const open = texts.flatMap(namesOf).map((name) => ({ name, of: rule }))
  const seen = new Set<string>()
  for (let next = open.shift(); next; next = open.shift()) {
    const { name } = next
    const words = measures.get(name) ?? tables.get(name)
    if (seen.has(name) || !words) continue
    seen.add(name)
    // Without a period of its own it is of that of what reads it.
    const of = names.find(name)?.per?.() ?? next.of
    if (isMeant(of) && addsUp(words)) return name
    const results = through === 'what it adds' ? resultsIn(words)?.flatMap(namesOf) : undefined
    if (below.some((word) => word in words))
      open.push(...(results ?? names.readsOf(name)).map((read) => ({ name: read, of })))
  }
  return undefined
}

const sameTime = ['formula', 'split', 'scale', 'rows']
/** What was before is charged for as often as what is now. */
const anyTime = [...sameTime, 'previous']

/** Of what a formula or a table is made, apart from the keys of the table. */
function resultsIn(words: MeasureWords | TableWords): readonly string[] | undefined {
  if ('formula' in words) return [words.formula]
  return 'rows' in words ? words.rows.map(({ then }) => then) : undefined
}

/** Neither a condition nor a part of what was added up is charged for in full: a twelfth of the year is one of twelve. */
function added(formula: Formula): readonly string[] {
  switch (formula.is) {
    case 'name':
      return [formula.name]
    case 'attribute':
      return [formula.of]
    case 'minus':
      return added(formula.value)
    case 'choose':
      return [formula.yes, formula.no].flatMap(added)
    case 'call':
      return formula.arguments.flatMap(added)
    case 'binary':
      return formula.operator === '/' ? [] : [formula.left, formula.right].flatMap(added)
    default:
      return []
  }
}

const reading = { 'all it reads': namesIn, 'what it adds': added }

/** The largest, the last or the mean is a level, which stands for the period as a price does. */
const addsUp = (words: MeasureWords | TableWords) =>
  ['count', 'sum', 'unique'].some((word) => word in words) ||
  ('time' in words && words.time !== 'agreement')
