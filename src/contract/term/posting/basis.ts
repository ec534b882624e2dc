import { reached } from '../../../kernel/reached.ts'
import { type Instant, startOfDay } from '../../../kernel/time.ts'
import { heldAt } from '../../agreement/agreed.ts'
import { type Compiling, lazily } from '../../compiling.ts'
import { leaf } from '../../derivation.ts'
import type { PostingWords } from '../../language/posting.ts'
import type { PeriodRule } from '../../period/period.ts'
import type { Price } from '../../price/price.ts'
import type { Asking, Scope } from '../../scope.ts'
import { periodScope } from '../../scope.ts'
import { nothingDue, valueText } from '../../value.ts'
import type { PeriodPolicies, PeriodPrice, PricePart } from './change.ts'
import type { Due } from './due.ts'

type Priced = {
  readonly words: PostingWords
  readonly compiling: Compiling
  readonly price: Price
  readonly due: Due
  readonly rule: PeriodRule | undefined
  readonly policies: PeriodPolicies
}

/** The price on either side of a change within a period. */
export function periodPriceOf(
  { words, compiling, price, due, rule, policies }: Priced,
  reads: readonly string[],
): PeriodPrice {
  const scopeOf = (asking: Asking, { service, agreedAt, subject }: PricePart): Scope => ({
    ...periodScope({ asking }, service),
    ...subject?.scope,
    agreedAt,
  })
  return {
    policies,
    ...(rule && { rule }),
    ...basisOf(words, reads, compiling),
    whole: (asking, part) => price.evaluate(scopeOf(asking, part)).amount,
    undiscounted: (asking, part) => {
      const { most, parts } = price.evaluate(scopeOf(asking, part))
      return due.rounded({ amount: parts['amount'] ?? leaf(nothingDue), most })
    },
    line: (asking, part, { amount, conditions, when }) => {
      const scope = scopeOf(asking, part)
      const { most, parts } = price.evaluate(scope)
      return due.line(scope, { amount, most, parts, conditions }, when)
    },
    reversed: (amount, line) => due.reversed(amount, line),
    posted: (amount, line) => due.posted(amount, line),
  }
}

/**
 * What a charge rests on of what was agreed: its own words, the definitions that it reads, and the agreed values in
 * them. What another charge costs is that charge’s own matter: it posts its own changes.
 */
function basisOf(
  words: PostingWords,
  reads: readonly string[],
  compiling: Compiling,
): Pick<PeriodPrice, 'basis' | 'changes'> {
  const { measures, tables } = compiling
  const wordsOf = (name: string) => measures.get(name) ?? tables.get(name)
  const rests = lazily(() => restsOn(reads, compiling))
  const agreed = lazily(() => agreedAmong(rests(), compiling))
  const said = lazily(() => written([words, ...rests().map(wordsOf)]))
  return {
    basis: (at, zone) => {
      const values = agreed().map(({ slot, values }) => {
        const held = heldAt(values, at, zone)
        return `${slot}: ${held ? valueText(held.value) : ''}`
      })
      return [said(), ...values].join('\n')
    },
    changes: (zone) => datesOf(agreed(), zone),
  }
}

/** When what is agreed of these names, or of what they read, changes as far as this revision says. */
export const changesOf = (
  reads: readonly string[],
  compiling: Compiling,
  zone: string,
): readonly Instant[] =>
  datesOf(agreedAmong(restsOn(reads, compiling), compiling), zone).map(({ at }) => at)

const agreedAmong = (names: readonly string[], { agreed }: Compiling) =>
  names.flatMap((slot) => {
    const values = agreed.get(slot)
    return values ? [{ slot, values }] : []
  })

const datesOf = (agreed: ReturnType<typeof agreedAmong>, zone: string) =>
  agreed.flatMap(({ slot, values }) =>
    values.flatMap(({ from }) => (from ? [{ slot, at: startOfDay(from, zone) }] : [])),
  )

/** Measures, tables and agreed values, and what these read in turn. */
function restsOn(reads: readonly string[], { names }: Compiling): string[] {
  const isOf = (name: string) =>
    ['measure', 'table', 'agreed'].includes(names.find(name)?.sort ?? '')
  return [...reached(reads.filter(isOf), (name) => names.readsOf(name).filter(isOf))].sort()
}

const written = (said: unknown): string =>
  JSON.stringify(said, (_key, value: unknown) => (typeof value === 'bigint' ? `${value}` : value))
