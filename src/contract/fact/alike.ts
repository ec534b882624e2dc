import { grouped } from '../../kernel/grouped.ts'
import type { Compiling } from '../compiling.ts'
import { didYouMean, type Path } from '../document/fault.ts'
import { kindsAtHand } from '../happening.ts'
import type { PeriodRule } from '../period/period.ts'
import type { Happening, Scope } from '../scope.ts'
import { valueText } from '../value.ts'
import type { Fact } from './fact.ts'
import { isDerived } from './fact-kind.ts'

/** Whose facts `about: same` reads: those about what the event at hand is about; with what a period began, everything. */
export function alikeAtHand(
  { event, subject = event }: Pick<Scope, 'event' | 'subject'>,
  { same, pairedBy }: { readonly same: Same; readonly pairedBy?: string | undefined },
): Alike | undefined {
  if (!same || !subject || subject.fact.begins) return undefined
  return {
    fact: subject.fact,
    ...(pairedBy !== undefined && { by: pairedBy }),
    ...(same === 'or-none' && { orNone: true }),
  }
}

/** What is about the same subject, or shares the attribute that pairs them; with what a period began, everything. */
export function paired(
  events: readonly Happening[],
  event: Happening | undefined,
  by?: string,
): readonly Happening[] {
  if (!event || event.fact.begins) return events
  const key = subjectOf(event.fact, by)
  return grouped(events, { by: `subject ${by ?? ''}`, of: ({ fact }) => subjectOf(fact, by), key })
}

/** What a measure reads “since” an event is of its subject; unless it says “about: same”, with it what names none. */
export const sameRead = (
  { about }: Pick<PairedWords, 'about'>,
  per: PeriodRule | undefined,
): Same => about === 'same' || (per?.is === 'since' && 'or-none')

/** What is about the same as this, or shares the attribute with it. */
export type Alike = {
  readonly fact: Fact
  readonly by?: string
  /** With them what is about nothing. */
  readonly orNone?: true
}

/** Whose facts are read: all, those of the subject at hand, or with these what is about nothing. */
export type Same = boolean | 'or-none'

/** What tells it apart from others of its kind: equal numbers and dates are equal in text. */
export function subjectOf(fact: Fact, by?: string): string | undefined {
  if (by === undefined) return fact.about
  const value = Object.hasOwn(fact.values, by) ? fact.values[by] : undefined
  return value === undefined ? undefined : valueText(value)
}

type PairedWords = {
  readonly about?: 'same' | undefined
  readonly 'paired-by'?: string | undefined
}

/** The attribute by which `about: same` tells subjects apart: by itself it says of nothing whose it is. */
export function checkPairedSame(
  { about, 'paired-by': by }: PairedWords,
  events: readonly string[],
  compiling: Pick<Compiling, 'names' | 'faults'>,
  path: Path,
): void {
  if (by !== undefined && about === undefined)
    compiling.faults.add(
      'word_without_effect',
      [...path, 'paired-by'],
      '“paired-by” tells subjects apart: it changes nothing without “about: same”.',
    )
  checkPairedBy(by, events, compiling, [...path, 'paired-by'])
}

/** A pair is found by an attribute that both have: one that is misspelt would pair everything. */
export function checkPairedBy(
  by: string | undefined,
  events: readonly (string | undefined)[],
  { names, faults }: Pick<Compiling, 'names' | 'faults'>,
  path: Path,
): void {
  if (by === undefined) return
  for (const event of events) {
    const kinds = event === undefined ? [] : kindsAtHand(event, names)
    const attributes = kinds.flatMap((name) => {
      const kind = names.fact(name)
      return kind ? [...kind.attributes.keys()].filter((one) => !isDerived(kind, one)) : []
    })
    if (attributes.length > 0 && !attributes.includes(by))
      faults.add(
        'attribute_undeclared',
        path,
        `“${event}” has no “${by}” to be paired by.${didYouMean(by, attributes)}`,
      )
  }
}
