import {
  type Answer,
  answerData,
  answerKind,
  answerValue,
  type Speaking,
  spoken,
} from '../contract/answer.ts'
import type { Derivation } from '../contract/derivation.ts'
import { type Reason, reasonsOf } from '../contract/explain.ts'
import { type PrintedClause, printedClauses, type Told } from '../contract/prose/contract.ts'
import { type Agreement, type Revision, revisionAt } from '../contract/revision.ts'
import type { Line } from '../contract/scope.ts'
import { liftTerms } from '../contract/tailor.ts'
import { Absent } from '../contract/value.ts'
import { local, localText, spokenDate, utcText } from '../kernel/time.ts'
import { type LiveAgreement, mapOf, type World } from '../world/world.ts'

/** An answer as data, and as lines for a terminal. */
export type Asked = { readonly data: object; readonly says: readonly string[] }

/** An agreement as answers speak of it: how it and its parties are called. */
export type Addressed = {
  readonly id: string
  readonly agreement: Agreement
  readonly told: Told
}

/** Both forms hold what the contract says, and nothing of what stands behind it. */
export function told(live: Addressed, answer: Answer): Asked {
  const { citation, speaking, reasons } = explained(live, answer)
  return {
    data: { ...citation, ...answerData(answer, { ...speaking, reasons }) },
    says: lines(answer, reasons, speaking),
  }
}

/** An answer for a page: what it says in words, and each line of a bill with its own reasons. */
export function shown(live: Addressed, answer: Answer) {
  const { citation, speaking, reasons, texts, own } = explained(live, answer)
  const number = reasons.find((reason) => reason.clause === answer.clause)?.number
  const all = answerData(answer, { ...speaking, reasons }) as ShownAnswer
  return {
    ...citation,
    ...all,
    says: answerText(answer, speaking),
    ...(number !== undefined && { number }),
    ...(answer.lines && {
      lines: answer.lines.filter(isTold).map((line) => {
        const text = texts(line.service ? revisionAt(live.agreement, line.service.start) : own)
        return lineShown(line, { speaking, text })
      }),
    }),
  }
}
type ShownAnswer = Readonly<Record<string, unknown>>

function lineShown(
  line: Line,
  { speaking, text }: { speaking: Speaking; text: ReadonlyMap<string, PrintedClause> },
) {
  const clause = text.get(line.clause)
  const { posted, amount, service, event } = line
  const because = reasonsOf(
    { ...silent, derivation: amount, clause: line.clause },
    speaking,
    (id) => text.get(id),
  )
  return {
    clause: line.clause,
    number: clause?.number ?? '',
    title: clause?.title ?? line.clause.replaceAll('_', ' '),
    amount: answerValue(posted.value, speaking.zone, speaking.decimals),
    says: spoken(posted.value, posted.unit, speaking),
    currency: speaking.currency,
    ...(service && { from: utcText(service.start), to: utcText(service.end) }),
    ...(event && { event: event.fact.id, at: utcText(event.at) }),
    billed: localText(line.billed, speaking.zone).slice(0, 10),
    payer: line.payer,
    payee: line.payee,
    ...(line.component !== undefined && { component: line.component }),
    waived: isWaived(posted),
    because,
  }
}
const silent = { question: 'value', final: true, concerns: 0, asOf: 0 } as const

function explained(live: Addressed, answer: Answer) {
  const { agreed } = live.agreement.frame
  const own = revisionAt(live.agreement, Math.min(answer.concerns, agreed.end - 1))
  const { zone, currency, decimals } = own.contract
  const speaking: Speaking = { zone, currency, decimals }
  const texts = clauseTexts(live)
  const reasons = reasonsOf(inBrief(answer), speaking, (clause) => {
    const line = answer.lines?.find((one) => one.clause === clause)
    const since = line?.service?.start ?? line?.event?.at
    return texts(since === undefined ? own : revisionAt(live.agreement, since)).get(clause)
  })
  const citation = { agreement: live.id, revision: own.number }
  return { citation, speaking, reasons, texts, own }
}

/** The printed clauses of each revision, printed once. */
function clauseTexts(live: Addressed) {
  const printed = new Map<number, ReadonlyMap<string, PrintedClause>>()
  return (revision: Revision): ReadonlyMap<string, PrintedClause> => {
    const known = printed.get(revision.number)
    if (known) return known
    const clauses = printedClauses(revision, live.agreement.frame.agreed, live.told)
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
