import { Choice } from '../platform/web/button.tsx'
import { useSearchWord } from '../platform/web/frame.tsx'
import { Card, Stack } from '../platform/web/layout.tsx'
import { Note, When } from '../platform/web/marks.tsx'
import { SentenceWithSlots } from '../platform/web/sentence.tsx'
import type { SlotOption } from '../platform/web/slot-choice.tsx'
import { AskedAnswer } from './answered.screen.tsx'
import { eventOptions, kindWords, useMonthSlot, useQuestion } from './asking.screen.tsx'
import {
  ChangeQuestion,
  DutiesQuestion,
  EndQuestion,
  ExposureQuestion,
  RemedyQuestion,
} from './consequence.screen.tsx'
import { type AgreementPage, hasRun } from './page.screen.tsx'
import { useSlot, useWhenSlot, useWhoSlot } from './slots.screen.tsx'
import { SupposeQuestion } from './suppose.screen.tsx'
import { capital, mayWords, spokenTag } from './words.ts'

const questions = [
  { value: 'may', title: 'May I…', asks: MayQuestion },
  { value: 'cost', title: 'What does it cost…', asks: SupposeQuestion },
  { value: 'due', title: 'By when…', asks: DueQuestion },
  { value: 'kept', title: 'Was it kept…', asks: KeptQuestion },
  { value: 'whose', title: 'Who owns…', asks: WhoseQuestion },
  { value: 'sum', title: 'What does it come to…', asks: SumQuestion },
  { value: 'duties', title: 'What is to be done…', asks: DutiesQuestion },
  { value: 'follows', title: 'What follows…', asks: RemedyQuestion },
  { value: 'change', title: 'What if it changed…', asks: ChangeQuestion },
  { value: 'end', title: 'What if it ended…', asks: EndQuestion },
  { value: 'exposure', title: 'What is committed…', asks: ExposureQuestion },
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
      : isMeasured
        ? { level: target.value, in: when }
        : { met: target.value, for: when },
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
