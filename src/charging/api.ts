import { z } from 'zod'
import { answered } from '../agreement/answered.ts'
import { factsAlone, inForceAt } from '../agreement/contract.ts'
import { cardOf } from '../agreement/page.store.ts'
import {
  asOfRefusals,
  type Read,
  readAgreementAsOf,
  readRunAsOf,
} from '../agreement/reading.store.ts'
import { AgreementCard } from '../agreement/shown.ts'
import { haltedRefusal } from '../agreement/situation.store.ts'
import { answerValue } from '../contract/answer/data.ts'
import type { Fact } from '../contract/fact/fact.ts'
import { answerQuestion } from '../contract/question/question.ts'
import { localText, parsePeriod, utcText } from '../kernel/time.ts'
import { pageOf, paging } from '../party/shown.ts'
import { query } from '../platform/http/endpoint.ts'
import { answerFrom } from '../question/answer.store.ts'
import { InternalShown, LineShown } from '../question/shown.ts'
import { internalIn } from '../question/told.ts'
import { readShared } from './internal.store.ts'
import { internalWords, type Shared } from './internal.ts'
import { monthsOf } from './rules.ts'

const asOf = {
  agreement: z.string(),
  at: z.string().max(40).optional(),
  known_by: z.string().max(40).optional(),
}
const refusals = ['agreement_not_found', ...asOfRefusals, 'question_too_large']

/** Each month is computed from all that happened, so a long agreement is read by the year. */
const monthsUsual = 24

const Total = z.object({
  period: z.string(),
  total: z.string(),
  currency: z.string(),
  final: z.boolean(),
  internal: InternalShown.optional(),
})
const Bills = pageOf(Total).extend({
  internal: z
    .string()
    .optional()
    .describe('where both sides belong to one legal entity at the instant asked as of'),
})

export const listBills = query({
  name: 'list_bills',
  route: 'GET /agreements/:agreement/bills',
  says: 'What each month of the agreement comes to, up to now: the latest, in their order; before them those of the cursor.',
  open: false,
  input: z.strictObject({
    ...asOf,
    cursor: paging.cursor,
    limit: paging.limit.default(monthsUsual),
  }),
  output: Bills,
  refusals,
  answer: async ({ input, client, work, viewer, now }) => {
    const read = await readAgreementAsOf({ client, work, viewer, now }, input.agreement, input)
    if ('refusal' in read) return read
    // What never ran has come to nothing, which is no fault of the question.
    if (haltedRefusal(read.row.status)) return { items: [] }
    const { cursor, limit } = input
    const all = monthsOf(periodOf(read), read.offering.zone)
    const before = all.filter((month) => cursor === undefined || month < cursor)
    const shared = await readShared(read, work)
    const items = answered(() => totalsOf(read, shared, before.slice(-limit)))
    if ('refusal' in items) return items
    const [first] = items
    const entities = shared(localText(read.at, read.offering.zone).slice(0, 10))
    return {
      items,
      ...(before.length > items.length && first && { next: first.period }),
      ...(entities.length > 0 && { internal: internalWords(entities) }),
    }
  },
})

/** As many of the latest as are no more work than one answer may be: those before them are read by the cursor. */
function totalsOf(read: Read, shared: Shared, months: readonly string[]) {
  const found: z.input<typeof Total>[] = []
  // One list for all: the months rest on the same deadlines and events.
  const facts = factsAlone(read.placed)
  for (const month of months.toReversed()) {
    const total = answered(() => totalOf(read, { facts, shared }, month))
    if (!('refusal' in total)) found.unshift(total)
    else if (found.length === 0) return total
    else break
  }
  return found
}

/** A bill may be due after the agreement's end, for what survives it; none beyond now and what has happened. */
function periodOf({ agreement, placed, at, now }: Read) {
  const { start, end } = agreement.frame.agreed
  const last = placed.reduce((latest, { fact }) => Math.max(latest, fact.at), start)
  return { start, end: Math.min(at, Math.max(now, last), Math.max(end - 1, last)) }
}

type Beside = { readonly facts: readonly Fact[]; readonly shared: Shared }

function totalOf(read: Read, { facts, shared }: Beside, period: string) {
  const { agreement, at, knownBy, offering } = read
  const asOf = {
    at: utcText(at),
    ...(knownBy !== undefined && { 'known-by': utcText(knownBy) }),
  }
  const answer = answerQuestion(agreement, facts, { bill: period, ...asOf })
  const { value } = answer.derivation
  const { zone, currency } = offering
  const begins = parsePeriod(period, zone)?.start ?? at
  const { decimals } = inForceAt(read, Math.min(begins, agreement.frame.agreed.end - 1))
  const internal = internalIn({ agreement, shared }, answer)
  return {
    ...{ period, total: answerValue(value, zone, decimals), currency, final: answer.final },
    ...(internal && { internal }),
  }
}

export const showBill = query({
  name: 'show_bill',
  route: 'GET /agreements/:agreement/bills/:period',
  says: 'A bill for a period: its lines, each with the clause and the reasons for its amount.',
  open: false,
  input: z.strictObject({ ...asOf, period: z.string().max(60) }),
  output: z.object({
    agreement: AgreementCard,
    ...{ period: z.string(), from: z.string(), until: z.string(), version: z.number() },
    ...{ total: z.string(), says: z.string(), currency: z.string(), final: z.boolean() },
    lines: z.array(LineShown),
    internal: InternalShown.optional(),
  }),
  refusals: [...refusals, 'agreement_must_be_active', 'period_unreadable'],
  answer: async ({ input, client, work, viewer, now }) => {
    const { period } = input
    const read = await readRunAsOf({ client, work, viewer, now }, input.agreement, input)
    if ('refusal' in read) return read
    const answer = answerFrom(read, { bill: period }, await readShared(read, work))
    if ('refusal' in answer) return { refusal: { ...answer.refusal, pointer: '/period' } }
    const span = parsePeriod(period, read.offering.zone)
    if (!span) throw new Error(`${period} was answered and cannot be read`)
    return {
      agreement: cardOf(read.row, read.offering, read),
      ...{ period, from: utcText(span.start), until: utcText(span.end), version: read.version },
      ...{ total: answer.answer, says: answer.says, currency: read.offering.currency },
      final: answer.final,
      lines: answer.lines ?? [],
      ...(answer.internal && { internal: answer.internal }),
    }
  },
})
