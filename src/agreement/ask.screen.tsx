import { Choice } from '../platform/web/button.tsx'
import { useSearchWord } from '../platform/web/frame.tsx'
import { Card, Stack } from '../platform/web/layout.tsx'
import { useAnswer } from '../platform/web/live.tsx'
import { Note, When } from '../platform/web/marks.tsx'
import { SentenceWithSlots } from '../platform/web/sentence.tsx'
import type { SlotOption } from '../platform/web/slot-choice.tsx'
import { shownInstant } from '../platform/web/words.ts'
import { AskedAnswer } from './answered.screen.tsx'
import { type AgreementPage, hasRun, type Named } from './page.screen.tsx'
import { useSlot, useWhenSlot, useWhoSlot } from './slots.screen.tsx'
import { SupposeQuestion } from './suppose.screen.tsx'
import { capital, mayWords, participles, spokenTag } from './words.ts'

const questions = [
  { value: 'may', title: 'May I…', asks: MayQuestion },
  { value: 'cost', title: 'What does it cost…', asks: SupposeQuestion },
  { value: 'due', title: 'By when…', asks: DueQuestion },
  { value: 'kept', title: 'Was it kept…', asks: KeptQuestion },
  { value: 'whose', title: 'Who owns…', asks: WhoseQuestion },
  { value: 'sum', title: 'What does it come to…', asks: SumQuestion },
] as const

/** Questions as sentences, answered from the agreement with the clauses that decide. */
export function AskCard(page: AgreementPage) {
  const [asked = 'cost', ask] = useSearchWord('ask')
  const { value, asks: Asks } = questions.find((one) => one.value === asked) ?? questions[1]
  return (
    <Card
      title="Ask the agreement"
      paper="skip"
      says={
        <>
          as of <When at={page.agreement.at} zone={page.agreement.zone} />
        </>
      }
    >
      {hasRun(page) ? (
        <Stack>
          <Choice label="What to ask" choices={questions} chosen={value} choose={ask} />
          <Asks {...page} />
        </Stack>
      ) : (
        <Note>It can be asked once it runs: until then it permits nothing and costs nothing.</Note>
      )}
    </Card>
  )
}

/** Components, and single things that are out, by the name that the question takes. */
const thingsOf = ({ agreement: { components } }: AgreementPage): SlotOption[] =>
  components.flatMap(({ id, title, items, serialised }) =>
    serialised
      ? items.map(({ tag }) => ({
          ...{ value: tag, title: `the ${title}`, says: spokenTag(tag) },
        }))
      : [{ value: id, title: `the ${title}` }],
  )

type Words = Readonly<Record<string, string>>

/** A question, as of and as known by what the page looks at. */
function useQuestion({ agreement, looking }: AgreementPage, question: Words | undefined) {
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

function MayQuestion(page: AgreementPage) {
  const { components } = page.agreement
  const who = useWhoSlot(page)
  const component = useSlot(
    'What',
    components.map(({ id, title }) => ({ value: id, title: `the ${title}` })),
    components.find(({ kind }) => kind === 'access')?.id,
  )
  const { slot, at } = useWhenSlot(page)
  const { value: user = '' } = who
  const { value: may = '' } = component
  const verb = mayWords[components.find(({ id }) => id === may)?.kind ?? 'access']
  const asked = useQuestion(page, { may, user, ...(at !== undefined && { at }) })
  return (
    <>
      <SentenceWithSlots
        label="Question"
        says={`May {who} ${verb} {what} {at}?`}
        slots={{ who, what: component, at: slot }}
      />
      <AskedAnswer page={page} asked={asked} />
    </>
  )
}

function WhoseQuestion(page: AgreementPage) {
  const what = useSlot('What', thingsOf(page))
  const asked = useQuestion(page, what.value === undefined ? undefined : { whose: what.value })
  if (what.value === undefined) return <Note>There is nothing that could have an owner.</Note>
  return (
    <>
      <SentenceWithSlots label="Question" says="Who owns {what}?" slots={{ what }} />
      <AskedAnswer page={page} asked={asked} />
    </>
  )
}

/** What started the clock of a target: when, and what it was about. */
function eventOptions({ agreement }: AgreementPage, events: readonly string[]): SlotOption[] {
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
function kindWords({ agreement: { happened } }: AgreementPage, id: string | undefined): string {
  const event = happened.find((one) => one.id === id)
  if (!event) return 'what happened on'
  return participles.has(event.kind) ? `what was ${event.title} on` : `the ${event.title} of`
}

function DueQuestion(page: AgreementPage) {
  const targets = page.agreement.ask.targets.filter(({ events }) => events !== undefined)
  const options = targets.map(({ id, title }) => ({ value: id, title }))
  const begun = targets.find(({ events }) => (events ?? []).length > 0)
  const target = useSlot('What', options, begun?.id)
  const events = targets.find(({ id }) => id === target.value)?.events ?? []
  const event = useSlot('For what', eventOptions(page, events))
  const isAsked = target.value !== undefined && event.value !== undefined
  const asked = useQuestion(
    page,
    isAsked ? { due: target.value ?? '', for: event.value ?? '' } : undefined,
  )
  if (targets.length === 0) return <Note>The agreement sets no time within which to act.</Note>
  return (
    <>
      <SentenceWithSlots
        label="Question"
        says={
          isAsked
            ? `By when is {target} due for ${kindWords(page, event.value)} {event}?`
            : 'By when is {target} due?'
        }
        slots={{ target, event }}
      />
      {isAsked ? (
        <AskedAnswer page={page} asked={asked} />
      ) : (
        <Note>Nothing has started its clock yet: it is due only after that.</Note>
      )}
    </>
  )
}

function KeptQuestion(page: AgreementPage) {
  const { targets } = page.agreement.ask
  const decidable = targets.find((one) => one.events === undefined || one.events.length > 0)
  const options = targets.map(({ id, title }) => ({ value: id, title }))
  const target = useSlot('What', options, decidable?.id)
  const { events } = targets.find(({ id }) => id === target.value) ?? {}
  const event = useSlot('For what', eventOptions(page, events ?? []))
  const month = useMonthSlot(page)
  const isMeasured = events === undefined
  const when = isMeasured ? month.value : event.value
  const asked = useQuestion(
    page,
    target.value === undefined || when === undefined
      ? undefined
      : { met: target.value, [isMeasured ? 'in' : 'for']: when },
  )
  if (targets.length === 0) return <Note>The agreement sets no target that could be kept.</Note>
  const rest = isMeasured ? 'in {month}' : `for ${kindWords(page, event.value)} {event}`
  return (
    <>
      <SentenceWithSlots
        label="Question"
        says={`Was {target} kept ${when === undefined ? 'yet' : rest}?`}
        slots={{ target, event, month }}
      />
      {when === undefined ? (
        <Note>Nothing has started its clock yet.</Note>
      ) : (
        <AskedAnswer page={page} asked={asked} />
      )}
    </>
  )
}

/** The months of the agreement up to the instant that is looked at, the last one first. */
function useMonthSlot({ agreement, looking }: AgreementPage) {
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

function SumQuestion(page: AgreementPage) {
  const everything = { value: '', title: 'everything' }
  const what = useSlot('What', [
    everything,
    ...page.agreement.ask.values.map(({ id, title }) => ({ value: id, title: capital(title) })),
  ])
  const month = useMonthSlot(page)
  const { value = '' } = what
  const { value: period } = month
  const question = value === '' ? { bill: period ?? '' } : { value, in: period ?? '' }
  const asked = useQuestion(page, period === undefined ? undefined : question)
  return (
    <>
      <SentenceWithSlots
        label="Question"
        says="What does {what} come to in {month}?"
        slots={{ what, month }}
      />
      <AskedAnswer page={page} asked={asked} />
    </>
  )
}
