import type { Period } from '../../kernel/time.ts'
import { namedPeriods } from '../declared.ts'
import { type Derivation, derive, type Input, leaf } from '../derivation.ts'
import { Faults } from '../fault.ts'
import { type WarrantyArea, warrantyAreas } from '../language/term.ts'
import { parsePeriodRule, periodsWithin } from '../period.ts'
import { lastInTime } from '../promised.ts'
import { clipped, periodScope, within } from '../reading.ts'
import { type Agreement, type Revision, revisionAt } from '../revision.ts'
import type { Asking, Promised } from '../scope.ts'
import { isMet, mustHaves } from '../utility.ts'
import { notAgreed } from '../value.ts'
import { type Asked, type Found, periodOf, suchAs } from './asked.ts'
import { isFinal } from './final.ts'
import type { Question } from './form.ts'
import { definitionOf, targetWords } from './named.ts'
import { QuestionRefused } from './refused.ts'

/**
 * Whether the service is fit for purpose, since what it does meets each must-have need (R110); fit for use, since
 * conditions in all four areas are agreed and were met (R111); and whether both, without which it enables no value (R112).
 */
export function fitness(
  { agreement, asking: ask }: Asked,
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
  const revision = revisionAt(agreement, period?.start ?? asking.asOf)
  const needs = needsMet(revision)
  const purpose = fitFor('purpose', needs)
  if (!period)
    return { question: 'fit', derivation: purpose, figures: figuresOf(needs), final: true }
  const areas = areasMet({ agreement, revision, asking, period })
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

/** Each must-have need, and whether anything that is agreed meets it. */
function needsMet({ contract: { words } }: Revision): readonly Input[] {
  const needs = mustHaves(words)
  return needs.length === 0
    ? [none('needs')]
    : needs.map((one) => ({ as: one.need, is: leaf(isMet(one, words), { name: one.need }) }))
}

/** What nobody has agreed assures nothing: no is the answer, and not that it is unknown. */
const none = (of: string): Input => ({ as: of, is: nothing })
const nothing = leaf(false, { name: 'anything agreed' })

type Measured = {
  readonly agreement: Agreement
  readonly revision: Revision
  readonly asking: Asking
  readonly period: Period
}

/** Each area of warranty, and whether its conditions were met in the period; without a condition it is not assured. */
function areasMet(measured: Measured): readonly Input[] {
  const { terms = {} } = measured.revision.contract.words
  return warrantyAreas.map((area) => {
    const conditions = Object.keys(terms).filter((clause) =>
      warrantedBy(measured.revision, clause).includes(area),
    )
    return conditions.length === 0
      ? none(area)
      : {
          as: area,
          is: derive(
            'all',
            conditions.map((one) => conditionMet(one, measured)),
          ),
        }
  })
}

const warrantedBy = (revision: Revision, clause: string): readonly WarrantyArea[] =>
  targetWords(revision, clause)?.warrants ?? []

/** A level was reached in each of its periods; every deadline that fell due was met. */
function conditionMet(clause: string, measured: Measured): Input {
  const { revision, asking, period } = measured
  const per = targetWords(revision, clause)?.per
  const met =
    per === undefined
      ? asking
          .promises(clause)
          .filter((one) => within(lastInTime(one) ?? Number.NaN, period))
          .map(keptIfBegun)
      : levelPeriods(per, clause, measured).map((own) =>
          definitionOf(revision, clause, 'met').evaluate(periodScope({ asking }, own)),
        )
  const inputs = met.map((is) => ({ as: clause, is }))
  return { as: clause, is: derive('all', inputs, undefined, { clause, name: clause }) }
}

/** What its condition does not let begin is not broken either. */
function keptIfBegun({ met, conditional }: Promised): Derivation {
  if (!conditional) return met
  return derive('any', [
    { as: 'not begun', is: derive('not', [{ as: 'begun', is: conditional.begins }]) },
    { as: 'met', is: conditional.met },
  ])
}

/** The periods in which a level has to hold, each of them wholly in the one that is asked about. */
function levelPeriods(per: string, clause: string, { agreement, revision, period }: Measured) {
  const { frame } = agreement
  const rule = parsePeriodRule(per, namedPeriods(revision.contract.words, new Faults()))
  const asked = clipped(period, frame.agreed)
  const own = rule && asked ? [...periodsWithin(rule, asked, frame)] : []
  const longer = own.find(({ start, end }) => start < period.start || end > period.end)
  if (longer)
    throw new QuestionRefused(
      'question_needs_one_scope',
      '/in',
      `“${clause}” is a condition that holds in each ${per}: ${suchAs(longer, frame.zone)}, or a period of several.`,
    )
  return own
}

/** What is fit and what is not, each by itself; of what nobody agreed, that it is not. */
const figuresOf = (inputs: readonly Input[]): Readonly<Record<string, Derivation>> =>
  Object.fromEntries(inputs.map(({ as, is }) => [as, is === nothing ? leaf(notAgreed) : is]))
