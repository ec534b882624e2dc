import { Exact } from '../../kernel/exact.ts'
import { clipped, endOfTime, type Period } from '../../kernel/time.ts'
import { type Agreement, revisionAt } from '../agreement/revision.ts'
import { hasEnd } from '../agreement/running.ts'
import { askingOf } from '../answering.ts'
import { type Derivation, derive } from '../derivation.ts'
import { didYouMean } from '../document/fault.ts'
import { QuestionRefused } from '../question-refused.ts'
import type { Asking, Line } from '../scope.ts'
import { isUnknown } from '../value.ts'
import { type Asked, type Found, periodOf } from './asked.ts'
import { linesIn, sumOf } from './bill.ts'
import { ceilingOf } from './ceiling.ts'
import { isFinal } from './final.ts'
import type { Question } from './form.ts'
import { isDue, pairedLines, supposedFacts, supposing } from './supposing.ts'
import { comesOfTime } from './undated.ts'

/**
 * What is due if nothing further is recorded; what would be due under supposed facts; and at most, whatever happens, or
 * the clauses that set no bound.
 */
export function exposure(asked: Asked, question: Extract<Question, { exposure: string }>): Found {
  const { agreement } = asked
  const range = rangeOf(agreement, question.exposure)
  const asking = asked.asking()
  const { currency } = revisionAt(agreement, range.start).contract
  const sum = (known: readonly Line[], name: string) =>
    sumOf(known, { name, currency, missing: Exact.zero })
  const now = linesOf(agreement, asking, range)
  const committed = sum(now.known, 'committed')
  const supposed = supposedFacts(asked, question.suppose)
  const then = supposed.length > 0 ? supposing(asked, supposed) : undefined
  const { known, lines, undecided } = then ? linesOf(agreement, then.asking, range) : now
  const expected = then && sum(known, 'expected')
  const running = clipped(range, agreement.frame.agreed) ?? range
  const { bounded, unbounded } = ceilingOf(agreement, asking, range)
  const said = { unit: currency, name: 'ceiling' }
  const ceiling =
    unbounded.length === 0
      ? derive('sum', bounded, { of: 'ceiling', missing: Exact.zero }, said)
      : undefined
  return {
    question: 'exposure',
    derivation: committed,
    lines,
    sums: sumsOf(known, sum),
    figures: { committed, ...(expected && { expected }), ...(ceiling && { ceiling }) },
    unbounded,
    undecided,
    final:
      supposed.length === 0 &&
      isFinal({
        asOf: asking.asOf,
        period: running,
        derivation: sum(now.all, 'all'),
        lines: now.all,
      }),
  }
}

/** What the lines of each clause come to. */
export const sumsOf = (
  lines: readonly Line[],
  sum: (own: readonly Line[], clause: string) => Derivation,
): Record<string, Derivation> =>
  Object.fromEntries(
    [...Map.groupBy(lines, ({ clause }) => clause)].map(([clause, own]) => [
      clause,
      { ...sum(own, clause), clause },
    ]),
  )

/** What is not known yet is not committed; it is named. */
export function linesOf(agreement: Agreement, asking: Asking, range: Period) {
  const all = linesToCome(agreement, asking, range)
  const lines = all.filter(isDue)
  const isKnown = ({ posted }: Line) => !isUnknown(posted.value)
  const unknown = lines.filter((line) => !isKnown(line)).map(({ clause }) => clause)
  return { all, lines, known: lines.filter(isKnown), undecided: [...new Set(unknown)] }
}

/**
 * With what comes of time alone: what is optional lapses, since nobody is supposed to use it, while what is owed is done in
 * time, as an end supposes. What is not known as of the question, or what may still be recorded changes, stays as it is.
 */
function linesToCome(agreement: Agreement, asking: Asking, range: Period): readonly Line[] {
  const mayCome = range.end > asking.asOf && comesOfTime(agreement, asking)
  if (!mayCome) return linesIn(agreement, asking, range)
  const told = { inTimeFrom: asking.asOf }
  const then = askingOf(agreement, asking.facts.all, range.end, told)
  const { pairs } = pairedLines(agreement, { asking: then, without: asking, range })
  const isOpen = ({ posted }: Line) => isUnknown(posted.value) || posted.mayChange === true
  const toCome = (line: Line): Line => ({ ...line, posted: { ...line.posted, mayChange: true } })
  return pairs.map(({ line, otherwise }) => {
    if (!otherwise) return toCome(line)
    return isOpen(otherwise) ? otherwise : line
  })
}

/** An agreement without an end has to be asked for a period. */
export function rangeOf({ frame }: Agreement, text: string, pointer = '/exposure'): Period {
  const { agreed, zone } = frame
  if (text !== 'agreement') {
    const meant = didYouMean(text, ['agreement'])
    if (meant)
      throw new QuestionRefused('period_unreadable', pointer, `“${text}” is no period.${meant}`)
    return periodOf(text, zone, pointer)
  }
  // What falls due after its end, since a term survives it, is due under it all the same.
  if (hasEnd(agreed)) return { start: agreed.start, end: endOfTime }
  throw new QuestionRefused(
    'period_needed',
    pointer,
    'The agreement has no end: ask for a period, such as 2024.',
  )
}
