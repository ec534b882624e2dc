import { Exact } from '../../kernel/exact.ts'
import { type Instant, parseInstant, within } from '../../kernel/time.ts'
import type { AgreedWords } from '../agreement/agreed.ts'
import { type Agreement, type Revision, revisionAt } from '../agreement/revision.ts'
import { hasEnd } from '../agreement/running.ts'
import { askingOf } from '../answering.ts'
import { compileOffering } from '../compile.ts'
import { type Derivation, derive, leaf } from '../derivation.ts'
import { Faults } from '../document/fault.ts'
import { QuestionRefused } from '../question-refused.ts'
import type { Line } from '../scope.ts'
import { nothingDue, valueText } from '../value.ts'
import { type Asked, type Found, insteadIn } from './asked.ts'
import { linesIn, sumOf } from './bill.ts'
import { linesOf, rangeOf, sumsOf } from './exposure.ts'
import type { Question } from './form.ts'

type ChangeQuestion = Extract<Question, { change: string }>

/**
 * The lines that a change of what is agreed posts at its instant, the old credited and the new charged; and, of other
 * agreed values, what is due over the agreement as it is, as it would be, and by which clauses the two differ. Asked in a
 * period the answer is that difference, and of the lines only those that are billed in it are shown.
 */
export function change(
  { agreement, asking: ask, asOf: at }: Asked,
  question: ChangeQuestion,
): Found {
  if (at === undefined)
    throw new QuestionRefused('instant_needed', '/at', 'A change is at an instant: say “at:”.')
  const from = fromOf(agreement, at, question)
  const { contract } = revisionAt(agreement, from)
  const { change: clause, agree } = question
  if (clause !== 'all' && !contract.postings.has(clause)) {
    const hint = insteadIn(contract, clause, { known: contract.postings.keys(), says: 'They are' })
    throw new QuestionRefused(
      'question_names_nothing',
      '/change',
      `“${clause}” is no charge and no credit of this agreement; “all” asks for every one of them.${hint}`,
    )
  }
  const changed = agree ? withAgreed(agreement, from, agree) : agreement
  const asking = askingOf(changed, ask().facts.all, Math.max(at, from))
  const isAsked = (line: Line) => clause === 'all' || line.clause === clause
  const range = question.in === undefined ? undefined : rangeOf(agreement, question.in, '/in')
  const lines = linesIn(changed, asking, { start: from, end: from + 1 }).filter(
    (line) => line.follows === 'change' && isAsked(line) && (!range || within(line.billed, range)),
  )
  const told = { name: 'change', currency: contract.currency, missing: nothingDue }
  const isCompared = agree && (range !== undefined || hasEnd(agreement.frame.agreed))
  const compared = isCompared ? beside(agreement, changed, { ask, at, question }) : undefined
  return {
    question: 'change',
    derivation: range && compared ? compared.difference : sumOf(lines, told),
    ...(clause !== 'all' && { clause }),
    lines,
    ...compared?.beside,
    final: agree === undefined,
  }
}

/** Before the agreement begins nothing is agreed that could change. */
function fromOf({ frame }: Agreement, at: Instant, { from }: ChangeQuestion): Instant {
  const instant = from === undefined ? at : parseInstant(from, frame.zone)
  return Math.max(instant ?? at, frame.agreed.start)
}

type Compared = Pick<Asked, 'asking'>['asking']

/** Both agreements over one period, from the same facts; what is not known of either is named and left out of both. */
function beside(
  agreement: Agreement,
  changed: Agreement,
  { ask, at, question }: { ask: Compared; at: Instant; question: ChangeQuestion },
): { beside: Pick<Found, 'figures' | 'sums' | 'undecided'>; difference: Derivation } {
  const range = rangeOf(agreement, question.in ?? 'agreement', '/in')
  const now = linesOf(agreement, ask(), range)
  const then = linesOf(changed, askingOf(changed, ask().facts.all, at), range)
  const undecided = [...new Set([...now.undecided, ...then.undecided])]
  const isAsked = ({ clause }: Line) => question.change === 'all' || question.change === clause
  const { currency } = revisionAt(agreement, range.start).contract
  const sum = (known: readonly Line[], name: string) =>
    sumOf(known.filter(isAsked), { name, currency, missing: Exact.zero })
  const before = sum(now.known, 'before')
  const after = sum(then.known, 'after')
  return {
    beside: {
      figures: { before, after, difference: differenceOf(before, after, currency) },
      sums: changesOf(sumsOf(now.known, sum), sumsOf(then.known, sum), currency),
      undecided,
    },
    // With what is not known, so that it is not known either.
    difference: differenceOf(sum(now.lines, 'before'), sum(then.lines, 'after'), currency),
  }
}

const differenceOf = (before: Derivation, after: Derivation, unit: string) =>
  derive(
    'minus',
    [
      { as: 'after', is: after },
      { as: 'before', is: before },
    ],
    undefined,
    { unit, name: 'difference' },
  )

/** By clause, where it comes to another amount. */
function changesOf(
  before: Readonly<Record<string, Derivation>>,
  after: Readonly<Record<string, Derivation>>,
  currency: string,
): Record<string, Derivation> {
  const nothing = leaf(Exact.zero, { unit: currency })
  const clauses = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  const found = clauses.map((clause): [string, Derivation] => [
    clause,
    { ...differenceOf(before[clause] ?? nothing, after[clause] ?? nothing, currency), clause },
  ])
  return Object.fromEntries(
    found.filter(([, { value }]) => !(value instanceof Exact && value.isZero)),
  )
}

/** The agreement as a revision from an instant on would make it; what was agreed for later is otherwise kept. */
function withAgreed(agreement: Agreement, at: Instant, agree: AgreedWords): Agreement {
  const revisions = agreement.revisions.flatMap((one): Revision[] => {
    const { start, end } = one.governs
    if (end <= at) return [one]
    const contract = compiledWith(one, agree)
    const later = { ...one, contract, governs: { start: Math.max(start, at), end } }
    return at <= start ? [later] : [{ ...one, governs: { start, end: at } }, later]
  })
  return { ...agreement, revisions: revisions.map((one, place) => ({ ...one, number: place + 1 })) }
}

function compiledWith(revision: Revision, agree: AgreedWords): Revision['contract'] {
  const faults = new Faults()
  const agreed = { ...agreedText(revision), ...agree }
  const contract = compileOffering(revision.contract.words, agreed, faults)
  const [fault] = faults.list
  if (!fault) return contract
  const pointer = fault.pointer.replace(/^\/agreed/, '/agree')
  throw new QuestionRefused('agreed_value_unreadable', pointer, fault.words)
}

/** What is agreed, written as it was read. */
function agreedText({ contract }: Revision): AgreedWords {
  return Object.fromEntries(
    [...contract.agreed].map(([name, values]) => [
      name,
      values.map(({ from, value, written = valueText(value) }) => ({
        value: written,
        ...(from && { from: from.toString() }),
      })),
    ]),
  )
}
