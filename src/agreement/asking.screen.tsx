import { useAnswer } from '../platform/web/live.tsx'
import type { SlotOption } from '../platform/web/slot-choice.tsx'
import { shownInstant } from '../platform/web/words.ts'
import type { AgreementPage, Named } from './page.screen.tsx'
import { useSlot } from './slots.screen.tsx'
import { participles, spokenTag } from './words.ts'

/** A question in words; agreed values that it supposes are words of their own. */
export type Words = Readonly<Record<string, string | Readonly<Record<string, string>>>>

/** A question, as of and as known by what the page looks at. */
export function useQuestion({ agreement, looking }: AgreementPage, question: Words | undefined) {
  const { at, known_by } = looking
  const moment = {
    ...(at !== undefined && { at }),
    ...(known_by !== undefined && { 'known-by': known_by }),
  }
  return useAnswer<Named<'ask_agreement'>>(
    'ask_agreement',
    { agreement: agreement.id, question: { ...moment, ...question } },
    { streams: [agreement.id], enabled: question !== undefined },
  )
}

/** What started the clock of a target: when, and what it was about. */
export function eventOptions(
  { agreement }: AgreementPage,
  events: readonly string[],
): SlotOption[] {
  const { happened, orders } = agreement
  return events
    .flatMap((id) => happened.filter((one) => one.id === id))
    .toReversed()
    .map(({ id, at, about }) => ({
      ...{ value: id, title: shownInstant(at, agreement.zone) },
      says: orders.find((order) => order.id === about)?.says ?? spokenTag(about ?? ''),
    }))
}

/** “what was requested on”, “the meter reading of”. */
export function kindWords(
  { agreement: { happened } }: AgreementPage,
  id: string | undefined,
): string {
  const event = happened.find((one) => one.id === id)
  if (!event) return 'what happened on'
  return participles.has(event.kind) ? `what was ${event.title} on` : `the ${event.title} of`
}

/** The months of the agreement up to the instant that is looked at, the last one first. */
export function useMonthSlot({ agreement, looking }: AgreementPage) {
  const { data } = useAnswer<Named<'list_bills'>>(
    'list_bills',
    { agreement: agreement.id, ...looking },
    { streams: [agreement.id] },
  )
  const months = (data?.items ?? []).map(({ period }) => period).toReversed()
  return useSlot(
    'Month',
    months.map((value) => ({ value, title: monthWords(value) })),
  )
}

const monthWords = (period: string) =>
  new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    new Date(`${period}-01T00:00:00Z`),
  )
