import { useState } from 'react'
import { Note } from '../platform/web/marks.tsx'
import { SentenceWithSlots, type Slot } from '../platform/web/sentence.tsx'
import { AskedAnswer } from './answered.screen.tsx'
import { eventOptions, kindWords, useQuestion } from './asking.screen.tsx'
import type { AgreementPage } from './page.screen.tsx'
import type { Field } from './shown.ts'
import { useSlot, useWhenSlot } from './slots.screen.tsx'
import { capital } from './words.ts'

/** What is still to be done, by one side or by both. */
export function DutiesQuestion(page: AgreementPage) {
  const { provider, consumer } = page.agreement
  const who = useSlot('Who', [
    { value: 'both', title: 'either side' },
    { value: 'provider', title: provider.title },
    { value: 'consumer', title: consumer.title },
  ])
  const asked = useQuestion(page, { duties: who.value ?? 'both' })
  return (
    <>
      <SentenceWithSlots
        label="Question"
        says="What does {who} still have to do?"
        slots={{ who }}
      />
      <AskedAnswer page={page} asked={asked} />
    </>
  )
}

/** Lines, changes and deadlines that rest on something that happened. */
export function RemedyQuestion(page: AgreementPage) {
  const { happened } = page.agreement
  const event = useSlot(
    'What happened',
    eventOptions(
      page,
      happened.map(({ id }) => id),
    ),
  )
  const { value } = event
  const asked = useQuestion(page, value === undefined ? undefined : { remedy: value })
  if (value === undefined) return <Note>Nothing has happened yet.</Note>
  return (
    <>
      <SentenceWithSlots
        label="Question"
        says={`What follows from ${kindWords(page, value)} {event}?`}
        slots={{ event }}
      />
      <AskedAnswer page={page} asked={asked} />
    </>
  )
}

/** When an end would take effect, and what it would cost. */
export function EndQuestion(page: AgreementPage) {
  const { provider, consumer } = page.agreement
  const who = useSlot('Who', [
    { value: 'consumer', title: consumer.title },
    { value: 'provider', title: provider.title },
  ])
  const { slot, at } = useWhenSlot(page)
  const asked = useQuestion(page, {
    ...{ end: 'agreement', by: who.value ?? 'consumer' },
    ...(at !== undefined && { at }),
  })
  return (
    <>
      <SentenceWithSlots
        label="Question"
        says="When would it end if {who} ended it {at}?"
        slots={{ who, at: slot }}
      />
      <AskedAnswer page={page} asked={asked} />
    </>
  )
}

/** What is due whatever else happens, and at most. */
export function ExposureQuestion(page: AgreementPage) {
  const asked = useQuestion(page, { exposure: 'agreement' })
  return (
    <>
      <SentenceWithSlots
        label="Question"
        says="What is committed over the whole agreement, and what may it come to?"
        slots={{}}
      />
      <AskedAnswer page={page} asked={asked} />
    </>
  )
}

/** What a change of something agreed would post at once. */
export function ChangeQuestion(page: AgreementPage) {
  const { agreed } = page.agreement.ask
  const what = useSlot(
    'What',
    agreed.map(({ name, title }) => ({ value: name, title })),
  )
  const field = agreed.find(({ name }) => name === what.value)
  if (!field) return <Note>The offering leaves nothing open that could be agreed anew.</Note>
  return <Changing key={field.name} {...{ page, what, field }} />
}

type ChangingProps = {
  readonly page: AgreementPage
  readonly what: Slot
  readonly field: Field
}

function Changing({ page, what, field }: ChangingProps) {
  const [entered, enter] = useState('')
  const { slot: when, at } = useWhenSlot(page)
  const isAsked = entered !== ''
  const question = {
    ...{ change: 'all', agree: { [field.name]: entered } },
    ...(at !== undefined && { at }),
  }
  const asked = useQuestion(page, isAsked ? question : undefined)
  return (
    <>
      <SentenceWithSlots
        label="Question"
        says="What is posted if {what} becomes {value} {at}?"
        slots={{ what, value: valueSlot(field, entered, enter), at: when }}
      />
      {isAsked ? <AskedAnswer page={page} asked={asked} /> : <Note>Say what it would be.</Note>}
    </>
  )
}

function valueSlot(field: Field, value: string, enter: (value: string) => void): Slot {
  const choices =
    field.type === 'truth' ? ['no', 'yes'] : field.type === 'choice' ? field.choices : undefined
  const label = capital(field.title)
  if (choices)
    return {
      ...{ is: 'choice', label, value: value === '' ? undefined : value, choose: enter },
      choices: choices.map((one) => ({ value: one, title: one.replaceAll('_', ' ') })),
    }
  const is = (['number', 'money', 'date', 'instant'] as const).find((one) => one === field.type)
  return {
    ...{ is: is ?? 'text', label, value, enter },
    ...(field.unit !== undefined && { unit: field.unit }),
  }
}
