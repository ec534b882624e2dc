import { Note } from '../platform/web/marks.tsx'
import { SentenceWithSlots } from '../platform/web/sentence.tsx'
import { AskedAnswer } from './answered.screen.tsx'
import { eventOptions, kindWords, useMonthSlot, useQuestion } from './asking.screen.tsx'
import type { AgreementPage } from './page.screen.tsx'
import { useSlot, useWhenSlot } from './slots.screen.tsx'

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
        says={`What came of ${kindWords(page, value)} {event}?`}
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
        says="What is certain to fall due over the whole agreement, and what may come on top?"
        slots={{}}
      />
      <AskedAnswer page={page} asked={asked} />
    </>
  )
}

/** Purpose rests on what is agreed; use, and so value, on what happened in a month. */
export function FitQuestion(page: AgreementPage) {
  const what = useSlot('Fit for what', [
    { value: 'purpose', title: 'fit for purpose' },
    { value: 'use', title: 'fit for use' },
    { value: 'value', title: 'both, and so enabling value' },
  ])
  const month = useMonthSlot(page)
  const { value: fit = 'purpose' } = what
  const isDated = fit !== 'purpose'
  const { value: period } = month
  const asked = useQuestion(
    page,
    !isDated ? { fit } : period === undefined ? undefined : { fit, in: period },
  )
  return (
    <>
      <SentenceWithSlots
        label="Question"
        says={`Is the service {what}${isDated ? ' in {month}' : ''}?`}
        slots={{ what, month }}
      />
      <AskedAnswer page={page} asked={asked} />
    </>
  )
}
