import { useState } from 'react'
import { AnswerCard, type DerivationLine } from '../platform/web/answer.tsx'
import type { Answered as Told } from '../platform/web/client.tsx'
import { useAnswer } from '../platform/web/live.tsx'
import { Note } from '../platform/web/marks.tsx'
import { SentenceWithSlots, type Slot } from '../platform/web/sentence.tsx'
import { Answered, LinesWaiting } from '../platform/web/waiting.tsx'
import { reasonsOf, useLit } from './answered.screen.tsx'
import { DoButton } from './doing.screen.tsx'
import { type AgreementPage, isElsewhen, type Named } from './page.screen.tsx'
import type { Field } from './shown.ts'
import { useSlot, useWhenSlot, useWhoSlot } from './slots.screen.tsx'
import { recordingOf, type Supposable, type Supposed, supposables } from './supposed.screen.tsx'
import { capital } from './words.ts'

/** What would come of something that has not happened; and, where the viewer may, the button that makes it happen. */
export function SupposeQuestion(page: AgreementPage) {
  const all = supposables(page.agreement)
  const what = useSlot(
    'What',
    all.map(({ id, title }) => ({ value: id, title })),
  )
  const chosen = all.find(({ id }) => id === what.value)
  if (isElsewhen(page.looking))
    return <Note>Only now can one suppose what has not happened. Go back to now to ask.</Note>
  if (!chosen) return <Note>Nothing that could happen has a price.</Note>
  return <Supposing key={chosen.id} {...{ page, chosen, what }} />
}

type SupposingProps = {
  readonly page: AgreementPage
  readonly chosen: Supposable
  readonly what: Slot
}

function Supposing({ page, chosen, what }: SupposingProps) {
  const who = useWhoSlot(page)
  const thing = useSlot(
    'Which',
    chosen.things.map(({ id, title, tag }) => ({
      ...{ value: id, title: `the ${title}` },
      ...(tag !== undefined && { says: tag }),
    })),
    page.agreement.orders.at(-1)?.component,
  )
  const meant = chosen.things.find(({ id }) => id === thing.value)
  const { slot, at } = useWhenSlot(page)
  const fields = meant?.fields ?? chosen.fields
  const [said, say] = useState<Readonly<Record<string, string>>>({})
  const isInterval = chosen.shape === 'interval'
  const supposed: Supposed = {
    ...{ chosen, at, thing: meant, by: chosen.by === 'consumer' ? who.value : undefined },
    values: { ...untold(fields), ...notEmpty(said) },
    minutes: isInterval ? Number(said[minutesName] ?? minutesFirst) : undefined,
    now: page.now,
  }
  const asked = useAnswer<Named<'suppose_fact'>>('suppose_fact', inputOf(page, supposed), {
    streams: [page.agreement.id],
  })
  const enter = (name: string) => (value: string) => say((before) => ({ ...before, [name]: value }))
  const slots = {
    ...{ who, what, thing, at: slot },
    ...(isInterval && { [minutesName]: minutesSlot(said, enter(minutesName)) }),
    ...Object.fromEntries(
      fields.map((field) => [field.name, fieldSlot(field, said[field.name], enter(field.name))]),
    ),
  }
  return (
    <>
      <SentenceWithSlots
        label="Question"
        says={sentence(page, chosen, { fields, isInterval })}
        slots={slots}
      />
      <Answered asked={asked} waiting={<LinesWaiting lines={4} />}>
        {(told) => <SuppositionAnswer {...{ page, told, supposed }} />}
      </Answered>
    </>
  )
}

/** A word that is shown is also meant: what is not said to be so is asked about as not being so. */
const untold = (fields: readonly Field[]) =>
  Object.fromEntries(fields.flatMap(({ name, type }) => (type === 'truth' ? [[name, 'no']] : [])))

const notEmpty = (said: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(said).filter(([, value]) => value !== ''))

const minutesName = 'in_minutes'
const minutesFirst = '30'

const minutesSlot = (said: Readonly<Record<string, string>>, enter: (value: string) => void) => ({
  ...({ is: 'number', label: 'How long', unit: 'minutes' } as const),
  ...{ value: said[minutesName] ?? minutesFirst, enter },
})

type Shape = { readonly fields: readonly Field[]; readonly isInterval: boolean }

function sentence(
  { agreement }: AgreementPage,
  chosen: Supposable,
  { fields, isInterval }: Shape,
): string {
  const long = isInterval ? ' for {in_minutes}' : ''
  const own = fields.map(({ name, type }) => (type === 'truth' ? `, {${name}}` : ` with {${name}}`))
  const rest = `{at}${long}${own.join('')}?`
  if (chosen.things.length === 0) return `What does it cost if there is {what} ${rest}`
  const by = chosen.by === 'consumer' ? '{who}' : agreement.provider.title
  return `What does it cost if ${by} {what} {thing} ${rest}`
}

function fieldSlot(field: Field, value: string | undefined, enter: (value: string) => void): Slot {
  const label = capital(field.title)
  if (field.type === 'truth') {
    const choices = [
      { value: 'no', title: `not ${field.title}` },
      { value: 'yes', title: field.title },
    ]
    return { is: 'choice', label, choices, value: value ?? 'no', choose: enter }
  }
  if (field.type === 'choice') {
    const choices = (field.choices ?? []).map((one) => ({ value: one, title: one }))
    return { is: 'choice', label, choices, value, choose: enter }
  }
  const is = (['number', 'money', 'date', 'instant'] as const).find((one) => one === field.type)
  return {
    ...{ is: is ?? 'text', label, value: value ?? '', enter },
    ...(field.unit !== undefined && { unit: field.unit }),
  }
}

function inputOf({ agreement }: AgreementPage, { chosen, thing, at, ...supposed }: Supposed) {
  const { by, minutes, now } = supposed
  const { [minutesName]: _, ...values } = supposed.values
  const began = Date.parse(at ?? now)
  const to = minutes === undefined ? undefined : new Date(began + minutes * 60_000).toISOString()
  const about = thing?.item?.tag
  return {
    ...{ agreement: agreement.id, kind: chosen.kind },
    ...(thing && { component: thing.component.id }),
    ...(about !== undefined && { about }),
    // What lasts begins at the page’s now, from which its end is counted, and not a moment later at the server’s.
    ...(at !== undefined ? { at } : to !== undefined && { at: now }),
    values: { ...values, ...(by !== undefined && { by }), ...(to !== undefined && { to }) },
  }
}

type Supposition = Told<Named<'suppose_fact'>>

type SuppositionAnswerProps = {
  readonly page: AgreementPage
  readonly told: Supposition
  readonly supposed: Supposed
}

function SuppositionAnswer({ page, told, supposed }: SuppositionAnswerProps) {
  const { kind, says, answers } = told
  const because = answers
    .filter((one) => answers.length === 1 || one.kind !== 'nothing-due')
    .flatMap((one) => one.because)
  useLit(because.map(({ clause }) => clause))
  const deciding = answers.filter((one) => one.kind === kind)
  const [only] = deciding.length === 1 ? deciding : []
  const lines = answers.map(lineOf)
  const doable = recordingOf(page, supposed)
  return (
    <AnswerCard
      answer={{
        ...{ kind, says, final: answers.every(({ final }) => final === 'yes') },
        ...{ clause: only?.clause, number: only?.number },
        missing: [...new Set(answers.flatMap(({ missing = [] }) => missing))],
        because: reasonsOf(because, page.agreement),
      }}
      lines={lines.length > 1 ? lines : []}
      {...(lines.length > 1 && kind === 'value' && { total: { says: 'Sum', amount: told.answer } })}
      foot={doable && <DoButton key={doable.title} doable={doable} />}
    />
  )
}

const lineOf = ({
  kind,
  says,
  answer,
  lines,
  clause,
  number,
  because,
}: Supposition['answers'][number]): DerivationLine => ({
  ...{ clause, number },
  says: capital(lines?.[0]?.title ?? because[0]?.clause.replaceAll('_', ' ') ?? ''),
  ...(kind === 'value' ? { amount: lines?.[0]?.amount ?? answer } : { value: says }),
})
