import { useState } from 'react'
import { isPlural } from '../kernel/grammar.ts'
import { AnswerCard, type DerivationLine } from '../platform/web/answer.tsx'
import { Citation } from '../platform/web/citing.tsx'
import type { Answered as Told } from '../platform/web/client.tsx'
import { useAnswer } from '../platform/web/live.tsx'
import { Note } from '../platform/web/marks.tsx'
import { SentenceWithSlots, type Slot } from '../platform/web/sentence.tsx'
import { Answered, LinesWaiting } from '../platform/web/waiting.tsx'
import { shownInstant } from '../platform/web/words.ts'
import { effectLine } from './answer-lines.screen.tsx'
import { useLit } from './answered.screen.tsx'
import { DoButton } from './doing.screen.tsx'
import { type AgreementPage, isElsewhen, type Named } from './page.screen.tsx'
import type { AgreementShown, Field } from './shown.ts'
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
  const { minutes, now } = supposed
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
    values: { ...values, ...(to !== undefined && { to }) },
  }
}

type Supposition = Told<Named<'suppose_fact'>>

type SuppositionAnswerProps = {
  readonly page: AgreementPage
  readonly told: Supposition
  readonly supposed: Supposed
}

/** How the thing stands, what becomes of it, what that costs line by line, and until when it is given back. */
function SuppositionAnswer({ page, told, supposed }: SuppositionAnswerProps) {
  const { agreement } = page
  const { kind, says, answers, effects = [], refunds = [] } = told
  const due = answers.filter((one) => one.kind !== 'nothing-due')
  const telling = due.length > 0 ? due : answers.slice(0, 1)
  useLit([...telling, ...effects, ...refunds].flatMap(({ clause }) => clause ?? []))
  const [only] = telling.length === 1 ? telling : []
  const doable = recordingOf(page, supposed)
  const isAgreed = kind !== 'not-agreed'
  return (
    <AnswerCard
      answer={{
        ...{ kind: isAgreed ? kind : 'value', says: isAgreed ? says : 'No charge is agreed' },
        ...{ clause: only?.clause, number: only?.number, final: true, because: [] },
        missing: [...new Set(answers.flatMap(({ missing = [] }) => missing))],
      }}
      lines={[
        ...holdingLines(supposed, agreement),
        ...effects.map((one) => {
          const line = effectLine(one, agreement)
          // What changes at once needs no date beside the one that is asked for.
          return one.at === told.at ? { ...line, detail: undefined } : line
        }),
        ...telling.map((one) => priceLine(one, agreement)),
      ]}
      {...(due.length > 1 && kind === 'value' && { total: { says: 'Sum', amount: told.answer } })}
      {...((refunds.length > 0 || doable) && {
        foot: (
          <>
            {refunds.map(({ clause, number, until }) => (
              <span key={clause}>
                {until === undefined
                  ? 'Refundable'
                  : `Refundable until ${shownInstant(until, agreement.zone)}`}{' '}
                <Citation clause={clause} number={number} />
              </span>
            ))}
            {doable && <DoButton key={doable.title} doable={doable} />}
          </>
        ),
      })}
    />
  )
}

/** Since when the consumer has had the thing, where it is one that he would keep or give back. */
function holdingLines({ thing }: Supposed, agreement: AgreementShown): DerivationLine[] {
  const since = thing?.item?.changes.findLast(({ of }) => of === 'custody')
  if (!thing || since?.to !== 'consumer') return []
  const number = agreement.clauses.find(({ id }) => id === since.clause)?.number
  const has = isPlural(thing.title) ? 'have' : 'has'
  return [
    {
      ...{ clause: since.clause, number },
      says: `The ${thing.title} ${has} been with ${agreement.consumer.title} since ${shownInstant(since.at, agreement.zone)}`,
    },
  ]
}

function priceLine(
  { kind, says, answer, lines, clause, number, because, missing = [] }: PriceTold,
  agreement: AgreementShown,
): DerivationLine {
  const title = agreement.clauses.find(({ id }) => id === clause)?.title
  const details = [
    ...missing.map((what) => `${what} is not known`),
    ...because.flatMap((reason) => (reason.clause === clause ? reason.steps : [])),
  ]
  return {
    ...{ clause, number, says: capital(title ?? lines?.[0]?.title ?? '') },
    ...(details.length > 0 && { detail: details.map(capital).join(' · ') }),
    ...(kind === 'value' ? { amount: lines?.[0]?.amount ?? answer } : {}),
    ...(kind === 'nothing-due' && { value: says }),
    ...(kind === 'unknown' && { value: 'not known yet' }),
  }
}

type PriceTold = Supposition['answers'][number]
