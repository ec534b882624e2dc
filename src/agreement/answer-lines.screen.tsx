import { Exact } from '../kernel/exact.ts'
import { isPlural } from '../kernel/grammar.ts'
import type { Because, DerivationLine } from '../platform/web/answer.tsx'
import type { Answered as Told } from '../platform/web/client.tsx'
import { shownInstant, shownWeekday } from '../platform/web/words.ts'
import type { Named } from './page.screen.tsx'
import type { AgreementShown } from './shown.ts'
import { capital, rightWords } from './words.ts'

/** The lines of an answer, in the words of a page. */

export type AnswerTold = Told<Named<'ask_agreement'>>
type LineTold = NonNullable<AnswerTold['lines']>[number]
type EffectTold = NonNullable<AnswerTold['effects']>[number]

/** Each clause once: by its title where steps lead to the answer; in full where there are none, and words alone decide. */
export function reasonsOf(because: readonly Because[], agreement: AgreementShown): Because[] {
  const titles = new Map(agreement.clauses.map(({ id, title }) => [id, title]))
  const first = because.filter(
    ({ clause }, place) => because.findIndex((one) => one.clause === clause) === place,
  )
  const stepped = first.filter(({ steps }) => steps.length > 0)
  return (stepped.length > 0 ? stepped : first).map(({ clause, number, says, steps }) => ({
    ...{ clause, number, steps: steps.map(capital) },
    says: steps.length > 0 ? capital(titles.get(clause) ?? says) : says,
  }))
}

const mostOfAMonth = 27 * 86_400_000

/** The day of what happens in less than a month: of several alike it tells which is which. */
function dayOf({ from, to, at }: LineTold, zone: string): string | undefined {
  if (at !== undefined) return shownWeekday(at, zone)
  const isShort = from && to && Date.parse(to) - Date.parse(from) < mostOfAMonth
  return isShort ? shownWeekday(from, zone) : undefined
}

/** A line of a bill with its day, what has to be known first, and how it came about. */
export function postedLine(line: LineTold, zone: string): DerivationLine {
  const { title, amount, clause, number, because, waived, claim, otherwise, missing = [] } = line
  const day = dayOf(line, zone)
  const isKnown = missing.length === 0
  const details = [
    ...(otherwise === undefined || otherwise === 'unknown' ? [] : [`otherwise ${otherwise}`]),
    ...(claim ? [`to be claimed by ${claim.says}`] : []),
    ...missing.map((what) => `${what} is not recorded yet`),
    ...because.flatMap(({ steps }) => steps),
  ]
  return {
    ...{ clause, number },
    says: `${capital(title)}${day === undefined ? '' : `, ${day}`}${waived ? ', waived' : ''}`,
    ...(isKnown ? { amount } : { value: 'not known yet' }),
    ...(details.length > 0 && { detail: details.map(capital).join(' · ') }),
  }
}

/** What the lines come to as far as they are known. */
export const sumOf = (lines: readonly { readonly amount: string }[]): string =>
  lines
    .flatMap(({ amount }) => Exact.parse(amount) ?? [])
    .reduce((sum, amount) => sum.plus(amount), Exact.zero)
    .shown(2)

const stateWords = { met: 'done in time', missed: 'missed', open: 'open' } as const

export const dutyLine = (
  duty: NonNullable<AnswerTold['duties']>[number],
  agreement: AgreementShown,
): DerivationLine => ({
  ...{ clause: duty.clause, number: duty.number, says: capital(duty.title) },
  detail: `${agreement[duty.who].title}, by ${duty.says}`,
  value: stateWords[duty.state],
})

/** Whose a thing becomes is what is asked for; who holds it then, and its right of use, follow from that. */
export function effectLine(effect: EffectTold, agreement: AgreementShown): DerivationLine {
  const { clause, number, at, of, sets } = effect
  const thing = agreement.components.find(({ id }) => id === of)?.title ?? 'agreement'
  const many = isPlural(thing)
  const says = sets.title
    ? `${many ? 'become' : 'becomes'} the property of ${agreement[sets.title].title}`
    : sets.custody
      ? `${many ? 'pass' : 'passes'} into the custody of ${agreement[sets.custody].title}`
      : `: ${rightWords[sets.right ?? ''] ?? sets.right ?? 'changes'}`
  return {
    ...{ clause, number, says: `The ${thing} ${says}`.replace(' :', ':') },
    detail: shownInstant(at, agreement.zone),
  }
}

const figureWords: Readonly<Record<string, string>> = {
  measured: 'Measured',
  at_least: 'Promised, at least',
  at_most: 'Promised, at most',
  left: 'Apart',
  left_to_at_least: 'Apart from the least',
  left_to_at_most: 'Apart from the most',
  ceiling: 'At most',
  expected: 'Expected',
}

export const figureLine = ({ name, says }: { name: string; says: string }): DerivationLine => ({
  ...{ says: figureWords[name] ?? capital(name.replaceAll('_', ' ')), value: says },
})

/** `the front desk answer`, within a sentence; `VAT` stays as it is. */
export const amongWords = (title: string): string =>
  /^\p{Lu}\P{Lu}/u.test(title) ? title.charAt(0).toLowerCase() + title.slice(1) : title
