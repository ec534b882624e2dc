import { type Answer, answerData, answerKind, type Speaking, spoken } from '../contract/answer.ts'
import type { Derivation } from '../contract/derivation.ts'
import { type Reason, reasonsOf } from '../contract/explain.ts'
import { type PrintedClause, printedClauses, type Told } from '../contract/prose/contract.ts'
import { type Revision, revisionAt } from '../contract/revision.ts'
import type { Line } from '../contract/scope.ts'
import { liftTerms } from '../contract/tailor.ts'
import { Absent } from '../contract/value.ts'
import { local, localText, spokenDate } from '../kernel/time.ts'
import { type LiveAgreement, mapOf, type World } from './world.ts'

/** An answer as data, and as lines for a terminal. */
export type Asked = { readonly data: object; readonly says: readonly string[] }

/** Both forms hold what the contract says, and nothing of what stands behind it. */
export function told(world: World, live: LiveAgreement, answer: Answer): Asked {
  const { agreed } = live.agreement.frame
  const own = revisionAt(live.agreement, Math.min(answer.concerns, agreed.end - 1))
  const { zone, currency, decimals } = own.contract
  const speaking: Speaking = { zone, currency, decimals }
  const texts = clauseTexts(world, live)
  const reasons = reasonsOf(inBrief(answer), speaking, (clause) => {
    const line = answer.lines?.find((one) => one.clause === clause)
    const since = line?.service?.start ?? line?.event?.at
    return texts(since === undefined ? own : revisionAt(live.agreement, since)).get(clause)
  })
  const citation = { agreement: live.words.id, revision: own.number }
  return {
    data: { ...citation, ...answerData(answer, { ...speaking, reasons }) },
    says: lines(answer, reasons, speaking),
  }
}

/** The printed clauses of each revision, printed once. */
function clauseTexts(world: World, live: LiveAgreement) {
  const printed = new Map<number, ReadonlyMap<string, PrintedClause>>()
  return (revision: Revision): ReadonlyMap<string, PrintedClause> => {
    const known = printed.get(revision.number)
    if (known) return known
    const clauses = printedClauses(revision, live.agreement.frame.agreed, toldOf(world, live))
    const texts = new Map(clauses.map((clause) => [clause.id, clause]))
    printed.set(revision.number, texts)
    return texts
  }
}

/** A bill is explained by what it posts and what was waived; all other lines stay in its data. */
function inBrief(answer: Answer): Answer {
  if (answer.question !== 'bill' || !answer.lines) return answer
  const from = answer.lines.filter(isTold).map((line) => ({ as: line.clause, is: line.posted }))
  return { ...answer, derivation: { ...answer.derivation, from } }
}

const isTold = ({ posted }: Line) =>
  !(posted.value instanceof Absent && posted.value.kind === 'nothing-due') || isWaived(posted)

const isWaived = (posted: Derivation): boolean =>
  posted.operation === 'waive' ||
  (posted.operation === 'negated' && posted.from.some(({ is }) => isWaived(is)))

function lines(answer: Answer, reasons: readonly Reason[], speaking: Speaking): string[] {
  const head = `${answerText(answer, speaking)}${decidedBy(answer, reasons)}`
  if (answerKind(answer) === 'not-agreed')
    return [head, 'No clause of the agreement speaks of it: it is for the parties to settle.']
  const bill = answer.question === 'bill' ? (answer.lines ?? []).filter(isTold) : []
  const because = reasons.flatMap((reason) => [
    `${reason.number}  ${reason.says}`,
    ...reason.steps.map((step) => `     ${step}`),
    ...(reason.facts.length > 0 ? [`     facts: ${reason.facts.join(', ')}`] : []),
  ])
  return [
    head,
    ...(answer.warnings ?? []).map(
      (clause) => `Warning: the limit of ${clause.replaceAll('_', ' ')} is exceeded.`,
    ),
    ...bill.map((line) => billLine(line, reasons, speaking)),
    ...(because.length > 0 ? ['', ...because] : []),
    ...(answer.final ? [] : ['', 'Not final: the period is not over, or facts may still come.']),
  ]
}

/** “By the end of 15 June” is the instant at which the 16th begins, and is said as the 15th. */
function answerText({ question, derivation }: Answer, speaking: Speaking): string {
  const { value, unit, settings } = derivation
  const wholeDays =
    derivation.operation === 'end-of-period' ||
    (settings !== undefined && 'ends' in settings && settings.ends === 'with-the-day')
  if (question !== 'due' || typeof value !== 'number' || !wholeDays)
    return spoken(value, unit, speaking)
  const at = local(value, speaking.zone)
  const isMidnight = at.hour === 0 && at.minute === 0
  return isMidnight
    ? `the end of ${spokenDate(at.toPlainDate().subtract({ days: 1 }))}`
    : spoken(value, unit, speaking)
}

function billLine(line: Line, reasons: readonly Reason[], speaking: Speaking): string {
  const number = reasons.find((reason) => reason.clause === line.clause)?.number ?? ''
  const date = localText(line.billed, speaking.zone).slice(0, 10)
  const clause = line.clause.replaceAll('_', ' ').padEnd(28)
  return `  ${date}  ${number.padEnd(5)} ${clause} ${spoken(line.posted.value, speaking.currency, speaking)}`
}

const decidedBy = ({ clause }: Answer, reasons: readonly Reason[]) => {
  const number = reasons.find((reason) => reason.clause === clause)?.number
  return number === undefined ? '' : `   decided by clause ${number} (${clause ?? ''})`
}

/** How the parties are called in print, and the offering before it was tailored. */
export function toldOf(world: World, { words: agreement }: LiveAgreement): Told {
  const relationship = world.relationships.get(agreement.relationship)?.words
  const offering = world.offerings.get(agreement.offering)?.document
  const title = (id: string | undefined) =>
    id === undefined ? '' : (world.organisations.get(id)?.words.title ?? id)
  return {
    provider: title(relationship?.provider),
    consumer: title(relationship?.consumer),
    ...(offering && { base: liftTerms(mapOf(offering)).lifted }),
  }
}
