import { useState } from 'react'
import { the } from '../kernel/grammar.ts'
import { Choice } from '../platform/web/button.tsx'
import { useSearchWord } from '../platform/web/frame.tsx'
import { Card, Stack } from '../platform/web/layout.tsx'
import { Note, When } from '../platform/web/marks.tsx'
import { SentenceWithSlots } from '../platform/web/sentence.tsx'
import type { SlotOption } from '../platform/web/slot-choice.tsx'
import { amongWords } from './answer-lines.screen.tsx'
import { AskedAnswer } from './answered.screen.tsx'
import styles from './ask.module.css'
import { eventOptions, kindWords, useMonthSlot, useQuestion } from './asking.screen.tsx'
import { ChangeQuestion } from './change.screen.tsx'
import {
  DutiesQuestion,
  EndQuestion,
  ExposureQuestion,
  FitQuestion,
  RemedyQuestion,
} from './consequence.screen.tsx'
import { type AgreementPage, hasRun } from './page.screen.tsx'
import { useSlot, useWhenSlot, useWhoSlot } from './slots.screen.tsx'
import { SupposeQuestion } from './suppose.screen.tsx'
import { mayWords, spokenTag } from './words.ts'

const questions = [
  { value: 'may', title: 'May I…', asks: MayQuestion },
  { value: 'cost', title: 'What does it cost…', asks: SupposeQuestion },
  { value: 'due', title: 'By when…', asks: DueQuestion },
  { value: 'whose', title: 'Who owns…', asks: WhoseQuestion },
  { value: 'sum', title: 'The bill…', asks: SumQuestion },
] as const

/** What is asked about the agreement as a whole, more than about one thing. */
const moreQuestions = [
  { value: 'kept', title: 'Was it on time…', asks: KeptQuestion },
  { value: 'duties', title: 'What is left to do…', asks: DutiesQuestion },
  { value: 'follows', title: 'What came of it…', asks: RemedyQuestion },
  { value: 'change', title: 'With other terms…', asks: ChangeQuestion },
  { value: 'end', title: 'When could it end…', asks: EndQuestion },
  { value: 'exposure', title: 'What is committed…', asks: ExposureQuestion },
  { value: 'fit', title: 'Is it fit…', asks: FitQuestion },
] as const

/** Questions as sentences, answered from the agreement with the clauses that decide. */
export function AskCard(page: AgreementPage) {
  const [asked = 'cost', ask] = useSearchWord('ask')
  const all = [...questions, ...moreQuestions]
  const { value, asks: Asks } = all.find((one) => one.value === asked) ?? questions[1]
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
          <QuestionChoice {...{ value, ask }} />
          <Asks {...page} />
        </Stack>
      ) : (
        <Note>It can be asked once it runs: until then it permits nothing and costs nothing.</Note>
      )}
    </Card>
  )
}

type QuestionChoiceProps = {
  readonly value: string
  readonly ask: (question: string) => void
}

/** The few that most people ask, and the others behind a word; open while one of them is asked. */
function QuestionChoice({ value, ask }: QuestionChoiceProps) {
  const isMore = moreQuestions.some((one) => one.value === value)
  const [isOpen, open] = useState(isMore)
  return (
    <div>
      <Choice label="What to ask" choices={questions} chosen={value} choose={ask} />
      <details
        className={styles['more']}
        open={isOpen || isMore}
        onToggle={(event) => open(event.currentTarget.open)}
      >
        <summary>More questions</summary>
        <Choice label="What else to ask" choices={moreQuestions} chosen={value} choose={ask} />
      </details>
    </div>
  )
}

/** Components, and single things that are out, by the name that the question takes. */
const thingsOf = ({ agreement: { components } }: AgreementPage): SlotOption[] =>
  components.flatMap(({ id, kind, title, items, serialised }) => {
    if (kind === 'action') return []
    return serialised
      ? items.map(({ tag }) => ({
          ...{ value: tag, title: `the ${title}`, says: spokenTag(tag) },
        }))
      : [{ value: id, title: `the ${title}` }]
  })

/** `the front desk answer`: as it is called in the middle of a sentence. */
const articled = ({ id, title }: { readonly id: string; readonly title: string }) => ({
  ...{ value: id, title: the(amongWords(title)) },
})

function MayQuestion(page: AgreementPage) {
  // What somebody owns he has: nobody asks whether he may.
  const components = page.agreement.components.filter(
    ({ kind, standing }) => kind !== 'good' || standing.title !== 'consumer',
  )
  const who = useWhoSlot(page)
  const component = useSlot(
    'What',
    components.map(({ id, title }) => ({ value: id, title: `the ${title}` })),
    components.find(({ kind }) => kind === 'access')?.id,
  )
  const { slot, at } = useWhenSlot(page)
  const { value: user = '' } = who
  const { value: may } = component
  const verb = mayWords[components.find(({ id }) => id === may)?.kind ?? 'access']
  const asked = useQuestion(
    page,
    may === undefined ? undefined : { may, user, ...(at !== undefined && { at }) },
  )
  if (may === undefined) return <Note>There is nothing that one could be let use or order.</Note>
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
  const options = targets.map(articled)
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
  const options = targets.map(articled)
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
        says={`Was {target} ${isMeasured ? 'reached' : 'on time'} ${when === undefined ? 'yet' : rest}?`}
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
  const everything = { value: '', title: 'the whole bill' }
  const what = useSlot('What', [everything, ...page.agreement.ask.values.map(articled)])
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
