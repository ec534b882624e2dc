import type { Instant, Period } from '../../kernel/time.ts'
import { clipped, within } from '../../kernel/time.ts'
import { type Agreement, type Revision, revisionAt } from '../agreement/revision.ts'
import { type Derivation, derive, type Input, leaf } from '../derivation.ts'
import type { OfferingWords } from '../language/offering.ts'
import { type WarrantyArea, warrantyAreas } from '../language/term.ts'
import { mustHaves, type Need, supportOf } from '../offering/utility.ts'
import { suchAs } from '../period/asked.ts'
import { QuestionRefused } from '../question-refused.ts'
import type { Asking } from '../scope.ts'
import { periodScope } from '../scope.ts'
import { keptUnlessBegun, lastInTime } from '../term/deadline/promised.ts'
import { notAgreed } from '../value.ts'
import { type Asked, type Found, periodOf } from './asked.ts'
import { isFinal } from './final.ts'
import type { Question } from './form.ts'
import { levelPeriods } from './level-periods.ts'
import { definitionOf, targetWords } from './named.ts'

/**
 * Whether the service is fit for purpose, since what it does meets each must-have need (R110); fit for use, since
 * conditions in all four areas are agreed and were met (R111); and whether both, without which it enables no value (R112).
 */
export function fitness(
  { agreement, asOf, asking: ask }: Asked,
  question: Extract<Question, { fit: string }>,
): Found {
  const { fit: what, in: text } = question
  const period = text === undefined ? undefined : periodOf(text, agreement.frame.zone, '/in')
  if ((what === 'purpose') !== (period === undefined))
    throw new QuestionRefused(
      'question_needs_one_scope',
      '/in',
      what === 'purpose'
        ? 'Fitness for purpose rests on what is agreed, whatever happened in a period: say no “in:”.'
        : `Fitness for ${what} rests on conditions that are met in a period: say “in:” which, such as 2024-05.`,
    )
  const asking = ask(period)
  const measured = { revisions: inForce({ agreement, asOf, asking }, period), agreement, asking }
  if (measured.revisions.length === 0)
    return {
      question: 'fit',
      derivation: leaf(notAgreed, { name: `fit for ${what}` }),
      final: period === undefined || period.end <= asking.asOf,
    }
  const needs = needsMet(measured)
  const purpose = fitFor('purpose', needs)
  if (!period)
    return { question: 'fit', derivation: purpose, figures: figuresOf(needs), final: true }
  const areas = warrantyAreas.map((area) => areaMet(area, { ...measured, period }))
  const use = fitFor('use', areas)
  const both = [
    { as: 'purpose', is: purpose },
    { as: 'use', is: use },
  ]
  const derivation = what === 'use' ? use : fitFor('value', both)
  return {
    question: 'fit',
    derivation,
    figures: figuresOf(what === 'use' ? areas : [...both, ...areas]),
    final: isFinal({ asOf: asking.asOf, period, derivation }),
  }
}

const fitFor = (what: 'purpose' | 'use' | 'value', inputs: readonly Input[]) =>
  derive('all', inputs, undefined, { name: `fit for ${what}` })

type Known = Pick<Asked, 'agreement' | 'asOf'> & { readonly asking: Asking }

/** Each revision that is in force at some time of the period, or at the instant; none of what lies outside the agreement. */
function inForce({ agreement, asOf, asking }: Known, period?: Period): readonly Revision[] {
  const { agreed } = agreement.frame
  if (!period && asOf === undefined) return [revisionAt(agreement, asking.asOf)]
  const at = asOf ?? agreed.start
  const asked = clipped(period ?? { start: at, end: at + 1 }, agreed)
  return agreement.revisions.filter(({ governs }) => asked && clipped(asked, governs))
}

type Measured = {
  readonly agreement: Agreement
  /** Those in force. */
  readonly revisions: readonly Revision[]
  readonly asking: Asking
}
type In = Measured & { readonly period: Period }

/** Each must-have need, and whether anything that is agreed meets it, as long as there is the need. */
function needsMet({ revisions }: Measured): readonly Input[] {
  const needs = revisions.map(({ contract: { words } }) =>
    mustHaves(words).map((one) => ({ as: one.need, is: needMet(one, words) })),
  )
  if (needs.some((all) => all.length === 0)) return [none('needs')]
  const met = Map.groupBy(needs.flat(), ({ as }) => as)
  return [...met].map(([as, all]) => ({ as, is: derive('all', all, undefined, { name: as }) }))
}

/** By any of the clauses that are agreed for it, or because it takes a constraint off. */
function needMet(need: Need, words: OfferingWords): Derivation {
  const { removes } = need
  return derive('any', [
    ...supportOf(need, words).map((name) => ({ as: name, is: leaf(true, { name, clause: name }) })),
    ...(removes === undefined ? [] : [{ as: 'removes', is: leaf(true, { name: removes }) }]),
  ])
}

/** What nobody has agreed assures nothing: no is the answer, and not that it is unknown. */
const none = (of: string): Input => ({ as: of, is: nothing })
const nothing = leaf(false, { name: 'anything agreed' })

/**
 * Whether the conditions of an area of warranty were met in the period; an area that at some time of it has no condition is
 * not assured. What began under an earlier revision is kept or broken by that one.
 */
function areaMet(area: WarrantyArea, measured: In): Input {
  const { agreement, revisions } = measured
  const conditions = (revision: Revision) =>
    Object.keys(revision.contract.words.terms ?? {}).filter((clause) =>
      targetWords(revision, clause)?.warrants?.includes(area),
    )
  if (revisions.some((revision) => conditions(revision).length === 0)) return none(area)
  const clauses = [...new Set(agreement.revisions.flatMap(conditions))]
  const inputs = clauses.map((clause): Input => {
    const met = agreement.revisions
      .filter((revision) => conditions(revision).includes(clause))
      .flatMap((revision) => conditionMet(clause, revision, measured))
      .map((is) => ({ as: clause, is }))
    return { as: clause, is: derive('all', met, undefined, { clause, name: clause }) }
  })
  return { as: area, is: derive('all', inputs) }
}

/** A level was reached in each of its periods; every deadline that fell due was met. Each counts where it began. */
function conditionMet(clause: string, revision: Revision, measured: In): readonly Derivation[] {
  const { agreement, asking, period } = measured
  const isOurs = (at: Instant) => revisionAt(agreement, at) === revision
  const rule = revision.contract.promises.get(clause)?.holdsIn
  if (!rule)
    return asking
      .promises(clause)
      .filter((one) => isOurs(one.start.at) && within(lastInTime(one) ?? Number.NaN, period))
      .map(keptUnlessBegun)
  const { agreed } = asking.frame
  const own = [...levelPeriods(rule, period, asking.frame)].filter(({ start }) =>
    isOurs(Math.max(start, agreed.start)),
  )
  const longer = own.find(
    ({ start, end }) =>
      Math.max(start, agreed.start) < period.start || Math.min(end, agreed.end) > period.end,
  )
  if (longer)
    throw new QuestionRefused(
      'question_needs_one_scope',
      '/in',
      `“${clause}” is a condition that holds in each ${targetWords(revision, clause)?.per}: ${suchAs(longer, asking.frame.zone)}, or a period of several.`,
    )
  const definition = definitionOf(revision, clause, 'met')
  return own.map((one) => definition.evaluate(periodScope({ asking }, one)))
}

/** What is fit and what is not, each by itself; of what nobody agreed, that it is not. */
const figuresOf = (inputs: readonly Input[]): Readonly<Record<string, Derivation>> =>
  Object.fromEntries(inputs.map(({ as, is }) => [as, is === nothing ? leaf(notAgreed) : is]))
