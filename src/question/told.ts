import { billedOn, type Internal, internalOf, namesOf, type Shared } from '../charging/internal.ts'
import { type Agreement, type Revision, revisionAt } from '../contract/agreement/revision.ts'
import { type Answer, type AnsweredLine, answerKind } from '../contract/answer/answer.ts'
import { answerData, answerValue, valueData } from '../contract/answer/data.ts'
import { type Speaking, spoken, spokenStep } from '../contract/answer/spoken.ts'
import { type Derivation, nodes } from '../contract/derivation.ts'
import { deadlineText } from '../contract/explanation/due.ts'
import { type Reason, reasonsOf } from '../contract/explanation/reason.ts'
import { endText, noEndText, standsText } from '../contract/explanation/until.ts'
import { attributeTitle } from '../contract/fact/fact-kind.ts'
import { Side } from '../contract/language/words.ts'
import { liftTerms } from '../contract/offering/lifted.ts'
import { type PrintedClause, printedClauses, type Told } from '../contract/prose/contract.ts'
import type { Line } from '../contract/scope.ts'
import type { Stretch } from '../contract/standing/stretch.ts'
import { isNothingDue, valueText } from '../contract/value.ts'
import { Exact } from '../kernel/exact.ts'
import { utcText } from '../kernel/time.ts'
import { belongingsOf, sharedOn } from '../party/rules.ts'
import { type LiveAgreement, mapOf, type World } from '../world/world.ts'
import { type Clauses, lineMore, listLines, listShown, titleOf } from './listed.ts'
import { missingOfLine, missingWords } from './missing.ts'

/** An answer as data, and as lines for a terminal. */
export type Asked = { readonly data: object; readonly says: readonly string[] }

/** An agreement as answers speak of it: how it and its parties are called. */
export type Addressed = {
  readonly id: string
  readonly agreement: Agreement
  readonly told: Told
  /** What both sides belong to; who does not say it asks of no bill. */
  readonly shared?: Shared
}

/** Both forms hold what the contract says, and nothing of what stands behind it. */
export function told(live: Addressed, answer: Answer): Asked {
  const { citation, speaking, reasons, texts, own, missing } = explained(live, answer)
  const internal = internalIn(live, answer)
  const telling = { speaking, missing, clauses: (id: string) => texts(own).get(id) }
  return {
    data: {
      ...citation,
      ...answerData(answer, { ...speaking, reasons }),
      ...(internal && { internal }),
    },
    says: lines(answer, reasons, { ...telling, ...(internal && { internal }) }),
  }
}

/** Of a bill, which of the lines that it shows are internal charges. */
export function internalIn(
  { agreement, shared }: Pick<Addressed, 'agreement' | 'shared'>,
  { question, lines = [] }: Answer,
): Internal | undefined {
  if (question !== 'bill' || !shared) return undefined
  return internalOf(lines.filter(isTold), shared, agreement.frame.zone)
}

/** An answer for a page: what it says in words, and each line of a bill with its own reasons. */
export function shown(live: Addressed, answer: Answer) {
  const { citation, speaking, reasons, texts, own, missing } = explained(live, answer)
  const number = numberOf(answer, reasons)
  const why = whyNotAgreed(answer, speaking, number)
  const { asOf: _local, ...value } = valueData(answer, { ...speaking, reasons })
  const internal = internalIn(live, answer)
  const shared = internal && live.shared
  return {
    ...citation,
    ...value,
    ...outside(answer),
    ...(answer.stands && { stands: stretchShown(answer.stands, speaking.zone) }),
    ...listShown(answer, { speaking, clauses: (id) => texts(own).get(id) }),
    says: answerText(answer, { speaking, missing }),
    ...(missing.length > 0 && { missing }),
    ...(why !== undefined && { why }),
    ...(number !== undefined && { number }),
    ...(answer.lines && {
      lines: answer.lines.filter(isTold).map((line) => {
        const of = line.service ? revisionAt(live.agreement, line.service.start) : own
        const { contract } = of
        return lineShown(line, { speaking, text: texts(of), contract, ...(shared && { shared }) })
      }),
    }),
    ...(internal && { internal }),
  }
}

/** Moments are UTC text outside; documents and the command line write them on the wall clock of the contract. */
function outside({ derivation: { value }, asOf, final, standing }: Answer) {
  return {
    ...(typeof value === 'number' && { answer: utcText(value) }),
    ...{ final, as_of: utcText(asOf) },
    ...(standing && { standing: standingShown(standing) }),
  }
}

const standingShown = (standing: NonNullable<Answer['standing']>) =>
  Object.fromEntries(
    Object.entries(standing).map(([aspect, { value, changes }]) => [
      aspect,
      {
        is: valueText(value.value),
        changes: changes.map((change) => ({ ...change, at: utcText(change.at) })),
      },
    ]),
  )

const stretchShown = (stretch: Stretch, zone: string) => ({
  ...(stretch.from !== undefined && { from: utcText(stretch.from) }),
  ...(stretch.until !== undefined && { until: utcText(stretch.until) }),
  says: standsText(stretch, zone),
})

type LineTelling = {
  readonly speaking: Speaking
  readonly text: ReadonlyMap<string, PrintedClause>
  readonly contract: Revision['contract']
  readonly shared?: Shared
}

function lineShown(line: AnsweredLine, { speaking, text, contract, shared }: LineTelling) {
  const billed = billedOn(line, speaking.zone)
  const entities = shared?.(billed) ?? []
  const missing = missingOfLine(line, contract)
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
    title: titleOf(line.clause, (id) => text.get(id)),
    amount: answerValue(posted.value, speaking.zone, speaking.decimals),
    says: spoken(posted.value, posted.unit, speaking),
    currency: speaking.currency,
    ...(service && { from: utcText(service.start), to: utcText(service.end) }),
    ...(event && { event: event.fact.id, at: utcText(event.at) }),
    ...(line.about !== undefined && { about: line.about }),
    billed,
    payer: line.payer,
    payee: line.payee,
    ...(entities.length > 0 && { internal: namesOf(entities) }),
    ...(line.component !== undefined && { component: line.component }),
    ...lineMore(line, speaking),
    ...(missing.length > 0 && { missing }),
    waived: isWaived(posted),
    because,
  }
}
const silent = { question: 'value', final: true, concerns: 0, asOf: 0 } as const

function explained(live: Addressed, answer: Answer) {
  const { agreed } = live.agreement.frame
  const own = revisionAt(live.agreement, Math.min(answer.concerns, agreed.end - 1))
  const texts = clauseTexts(live)
  const speaking = speakingOf(live, own, texts)
  const reasons = reasonsOf(inBrief(answer), speaking, (clause) => {
    const line = answer.lines?.find((one) => one.clause === clause)
    const since = line?.service?.start ?? line?.event?.at
    return texts(since === undefined ? own : revisionAt(live.agreement, since)).get(clause)
  })
  const citation = { agreement: live.id, revision: own.number }
  const missing = missingWords(answer.derivation.value, answer.lines ?? [], own.contract)
  return { citation, speaking, reasons, texts, own, missing }
}

/** How the revision of an instant speaks, and its clauses as they are printed. */
export function speakingAt(live: Addressed, at: number): { speaking: Speaking; clauses: Clauses } {
  const own = revisionAt(live.agreement, Math.max(live.agreement.frame.agreed.start, at))
  const texts = clauseTexts(live)
  return { speaking: speakingOf(live, own, texts), clauses: (id) => texts(own).get(id) }
}

/** Names as the contract calls them: a term by the title of its clause, anything else by its own. */
function speakingOf(
  live: Addressed,
  own: Revision,
  texts: ReturnType<typeof clauseTexts>,
): Speaking {
  const { zone, currency, decimals, definitions, factKinds } = own.contract
  const { provider, consumer } = live.told
  return {
    ...{ zone, currency, decimals, parties: { provider, consumer } },
    titles: (name) => {
      const clause = texts(own).get(name)?.title
      if (clause !== undefined) return amongWords(clause)
      const [kind = '', attribute] = name.split('.')
      const fact = factKinds.get(kind)
      if (fact && attribute !== undefined) return attributeTitle(fact, attribute)
      return definitions.get(name)?.title ?? fact?.title
    },
  }
}

/** A title within a sentence; `VAT` stays as it is. */
const amongWords = (title: string) =>
  /^\p{Lu}\P{Lu}/u.test(title) ? title.charAt(0).toLowerCase() + title.slice(1) : title

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

/** Lines are explained by what they post and what was waived; all others stay in the data. */
function inBrief(answer: Answer): Answer {
  if (!listing.has(answer.question) || !answer.lines) return answer
  const from = answer.lines.filter(isTold).map((line) => ({ as: line.clause, is: line.posted }))
  return { ...answer, derivation: { ...answer.derivation, from } }
}

/** Questions that are answered with lines, not with one value that a line explains. */
const listing = new Set(['bill', 'remedy', 'change', 'end', 'exposure'])

const isTold = ({ posted }: Line) => !isNothingDue(posted.value) || isWaived(posted)

const isWaived = (posted: Derivation): boolean =>
  posted.operation === 'waive' ||
  (posted.operation === 'negated' && posted.from.some(({ is }) => isWaived(is)))

function lines(
  answer: Answer,
  reasons: readonly Reason[],
  telling: {
    readonly speaking: Speaking
    readonly missing: readonly string[]
    readonly clauses: Clauses
    readonly internal?: Internal
  },
): string[] {
  const { internal } = telling
  const head = `${answerText(answer, telling)}${decidedBy(answer, reasons)}`
  if (answerKind(answer) === 'not-agreed')
    return [head, whyNotAgreed(answer, telling.speaking, numberOf(answer, reasons)) ?? silence]
  // Lines that are summed by their clauses are many: they stay in the data.
  const isSum = answer.question === 'value' && (answer.lines ?? []).length > 1
  const isListed = (listing.has(answer.question) || isSum) && !answer.sums
  const bill = isListed ? (answer.lines ?? []).filter(isTold) : []
  const because = reasons.flatMap((reason) => [
    `${reason.number}  ${reason.says}`,
    ...reason.steps.map((step) => `     ${step}`),
    ...(reason.facts.length > 0 ? [`     facts: ${reason.facts.join(', ')}`] : []),
  ])
  return [
    head,
    ...(internal ? [`${internal.says}.`] : []),
    ...(answer.warnings ?? []).map(
      (clause) => `Warning: the limit of ${titleOf(clause, telling.clauses)} is exceeded.`,
    ),
    ...listLines(answer, telling),
    ...billLines(bill, reasons, telling),
    ...(because.length > 0 ? ['', ...because] : []),
    ...(answer.stands ? ['', standsText(answer.stands, telling.speaking.zone)] : []),
    ...(answer.final ? [] : ['', 'Not final: the period is not over, or facts may still come.']),
  ]
}

/** What is so instead, or the clause that speaks of it and agrees on nothing; undefined where none speaks. */
function whyNotAgreed(answer: Answer, speaking: Speaking, number?: string): string | undefined {
  if (answer.noEnd) return noEndText(answer.noEnd, speaking)
  if (answerKind(answer) !== 'not-agreed') return undefined
  const inputs = nodes(answer.derivation).flatMap(({ from }) => from)
  const from = inputs.find(({ role }) => role === 'start of periods')?.is.name
  if (from !== undefined)
    return `Its periods are counted from “${from}”, and before that there is none.`
  return number === undefined
    ? undefined
    : 'By that clause nothing is agreed here. That is not the same as nothing due.'
}

const silence = 'No clause of the agreement speaks of it: it is for the parties to settle.'

function answerText(
  { question, derivation, lines = [] }: Answer,
  { speaking, missing }: { speaking: Speaking; missing: readonly string[] },
): string {
  const { value, unit } = derivation
  if (question === 'end' && typeof value === 'number') return endText(value, speaking.zone)
  if (missing.length > 0) return `not known: ${missing.join(', ')}`
  if (value instanceof Exact && unit === speaking.currency) {
    const isCredit = question === 'value' && lines.length > 0 && lines.every(isCredited)
    return amountText(isCredit ? value.negated() : value, speaking)
  }
  if (question === 'fit' && typeof value === 'boolean')
    return `${value ? '' : 'not '}${derivation.name ?? 'fit'}`
  return question === 'due' ? deadlineText(derivation, speaking) : spokenStep(derivation, speaking)
}

const isCredited = ({ payer }: Line) => payer === 'provider'

/** As it stands in the consumer’s bill; what is less than nothing is said with who gets it. */
export function amountText(value: Exact, speaking: Speaking): string {
  const { currency, parties } = speaking
  if (value.compare(Exact.zero) >= 0) return spoken(value, currency, speaking)
  return `${spoken(value.negated(), currency, speaking)} to ${parties?.consumer ?? 'the consumer'}`
}

/** The amounts one below the other, however long a title is. */
function billLines(
  bill: readonly Line[],
  reasons: readonly Reason[],
  { speaking, clauses }: { readonly speaking: Speaking; readonly clauses: Clauses },
): string[] {
  const { zone, currency } = speaking
  const named = bill.map(({ clause, about }) => {
    const title = titleOf(clause, clauses)
    return about === undefined ? title : `${title}: ${about}`
  })
  const width = Math.max(28, ...named.map((name) => name.length))
  return bill.map((line, place) => {
    const number = reasons.find(({ clause }) => clause === line.clause)?.number ?? ''
    const head = `${billedOn(line, zone)}  ${number.padEnd(5)} ${named[place]?.padEnd(width)}`
    return `  ${head} ${spoken(line.posted.value, currency, speaking)}`
  })
}

const numberOf = ({ clause }: Answer, reasons: readonly Reason[]) =>
  reasons.find((reason) => reason.clause === clause)?.number

const decidedBy = (answer: Answer, reasons: readonly Reason[]) => {
  const number = numberOf(answer, reasons)
  return number === undefined ? '' : `   decided by clause ${number} (${answer.clause ?? ''})`
}

/** What both sides of an agreement on files belong to, as their organisations say. */
export function sharedIn(world: World, { words: agreement }: LiveAgreement): Shared {
  const relationship = world.relationships.get(agreement.relationship)?.words
  const [own, other] = Side.options.map((side) =>
    belongingsOf(world.organisations.get(relationship?.[side] ?? '')?.words),
  )
  const named = (id: string) => ({ id, title: world.legalEntities.get(id)?.words.title ?? id })
  return (date) => sharedOn(date, own ?? [], other ?? []).map(named)
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
