import { Exact } from '../../kernel/exact.ts'
import type { Period } from '../../kernel/time.ts'
import { type Agreement, clausesIn, revisionAt } from '../agreement/revision.ts'
import { type Derivation, derive } from '../derivation.ts'
import type { Asking, Line } from '../scope.ts'
import type { Value } from '../value.ts'
import { type Asked, type Found, periodOf } from './asked.ts'
import { isFinal } from './final.ts'
import type { Question } from './form.ts'

/** Every charge and credit whose bill date lies in the period; the sum is the sum of the lines. */
export function bill(
  { agreement, asking: ask }: Asked,
  question: Extract<Question, { bill: string }>,
): Found {
  const period = periodOf(question.bill, agreement.frame.zone, '/bill')
  const asking = ask(period)
  const lines = linesIn(agreement, asking, period)
  const { currency } = revisionAt(agreement, period.start).contract
  const derivation = sumOf(lines, { name: 'bill', currency, missing: Exact.zero })
  const final = isFinal({ asOf: asking.asOf, period, derivation, lines })
  return { question: 'bill', derivation, lines, final }
}

/** The lines of every charge and credit that are billed within a range, in the order of their bill dates. */
export function linesIn(agreement: Agreement, asking: Asking, range: Period): Line[] {
  return clausesIn(agreement, 'postings')
    .flatMap((clause) => asking.lines(clause, range))
    .sort((left, right) => left.billed - right.billed)
}

/** As it stands in the consumer’s bill. */
export function sumOf(
  lines: readonly Line[],
  { name, currency, missing }: { name: string; currency: string; missing: Value },
): Derivation {
  const inputs = lines.map((line) => ({ as: line.clause, is: line.posted }))
  return derive('sum', inputs, { of: name, missing }, { unit: currency, name })
}
