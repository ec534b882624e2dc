import type { Instant } from '../../kernel/time.ts'
import type { AgreedWords } from '../agreed.ts'
import { askingOf } from '../agreement.ts'
import { compileOffering } from '../compile.ts'
import { Faults } from '../fault.ts'
import { type Agreement, type Revision, revisionAt } from '../revision.ts'
import { nothingDue, type Value, valueText } from '../value.ts'
import type { Asked, Found } from './asked.ts'
import { linesIn, sumOf } from './bill.ts'
import type { Question } from './form.ts'
import { QuestionRefused } from './refused.ts'

/** The lines that a change of what is agreed posts at its instant: the old credited, the new charged. */
export function change(
  { agreement, asking: ask, asOf: at }: Asked,
  question: Extract<Question, { change: string }>,
): Found {
  if (at === undefined)
    throw new QuestionRefused('instant_needed', '/at', 'A change is at an instant: say “at:”.')
  const { contract } = revisionAt(agreement, at)
  const { change: clause, agree } = question
  if (clause !== 'all' && !contract.postings.has(clause))
    throw new QuestionRefused(
      'question_names_nothing',
      '/change',
      `“${clause}” is no charge of this agreement; “all” asks for every one of them.`,
    )
  const changed = agree ? withAgreed(agreement, at, agree) : agreement
  const asking = askingOf(changed, ask().facts.all, at)
  const lines = linesIn(changed, asking, { start: at, end: at + 1 }).filter(
    (line) => line.follows === 'change' && (clause === 'all' || line.clause === clause),
  )
  const told = { name: 'change', currency: contract.currency, missing: nothingDue }
  return {
    question: 'change',
    derivation: sumOf(lines, told),
    ...(clause !== 'all' && { clause }),
    lines,
    final: agree === undefined,
  }
}

/** The agreement as a revision from an instant on would make it. */
function withAgreed(agreement: Agreement, at: Instant, agree: AgreedWords): Agreement {
  const faults = new Faults()
  const now = revisionAt(agreement, at)
  const agreed = { ...agreedText(now), ...agree }
  const contract = compileOffering(now.contract.words, agreed, faults)
  const [fault] = faults.list
  if (fault) {
    const pointer = fault.pointer.replace(/^\/agreed/, '/agree')
    throw new QuestionRefused('agreed_value_unreadable', pointer, fault.words)
  }
  const { governs, deviations, number } = now
  const later = {
    number: number + 1,
    deviations,
    contract,
    governs: { start: at, end: governs.end },
  }
  const revisions = agreement.revisions.flatMap((one): Revision[] =>
    one === now ? [{ ...now, governs: { start: governs.start, end: at } }, later] : [one],
  )
  return { ...agreement, revisions: revisions.map((one, place) => ({ ...one, number: place + 1 })) }
}

/** What is agreed, written as it was read. */
function agreedText({ contract }: Revision): AgreedWords {
  const written = (value: Value) => valueText(value)
  return Object.fromEntries(
    [...contract.agreed].map(([name, values]) => [
      name,
      values.map(({ from, value }) => ({
        value: written(value),
        ...(from && { from: from.toString() }),
      })),
    ]),
  )
}
