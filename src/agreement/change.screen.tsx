import { useState } from 'react'
import { Exact } from '../kernel/exact.ts'
import { AnswerCard, type DerivationLine } from '../platform/web/answer.tsx'
import { Note } from '../platform/web/marks.tsx'
import { SentenceWithSlots, type Slot } from '../platform/web/sentence.tsx'
import type { SlotChoice } from '../platform/web/slot-choice.tsx'
import { Answered, LinesWaiting } from '../platform/web/waiting.tsx'
import { shownAmount } from '../platform/web/words.ts'
import { type AnswerTold, amongWords, postedLine, sumOf } from './answer-lines.screen.tsx'
import { ClauseNames, useLit } from './answered.screen.tsx'
import { useQuestion } from './asking.screen.tsx'
import type { AgreementPage } from './page.screen.tsx'
import type { AgreementShown, Field } from './shown.ts'
import { useSlot } from './slots.screen.tsx'
import { capital } from './words.ts'

/** What another agreed value would make of the whole agreement: before, after, and by which clauses they differ. */
export function ChangeQuestion(page: AgreementPage) {
  const { agreed } = page.agreement.ask
  const what = useSlot(
    'What',
    agreed.map(({ name, title }) => ({ value: name, title: `the ${amongWords(title)}` })),
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
  const [since, choose] = useState('beginning')
  const from = since === 'beginning' ? page.agreement.from : since === 'now' ? undefined : since
  const isAsked = entered !== ''
  const question = {
    ...{ change: 'all', agree: { [field.name]: entered } },
    ...(from !== undefined && { from }),
  }
  const asked = useQuestion(page, isAsked ? question : undefined)
  const when: SlotChoice = {
    ...{ is: 'choice', label: 'From when', value: since, choose, orInstant: {} },
    choices: [
      { value: 'beginning', title: 'from the beginning' },
      { value: 'now', title: 'from now on' },
    ],
  }
  return (
    <>
      <SentenceWithSlots
        label="Question"
        says="What would it come to if {what} were {value} {when}?"
        slots={{ what, value: valueSlot(field, entered, enter), when }}
      />
      {isAsked ? (
        <Answered asked={asked} waiting={<LinesWaiting lines={3} />}>
          {(told) => <ChangeAnswer {...{ told, field }} agreement={page.agreement} />}
        </Answered>
      ) : (
        <Note>Say what it would be: the answer compares the whole agreement with and without.</Note>
      )}
    </>
  )
}

type ChangeAnswerProps = {
  readonly told: AnswerTold
  readonly field: Field
  readonly agreement: AgreementShown
}

function ChangeAnswer({ told, field, agreement }: ChangeAnswerProps) {
  const { sums = [], undecided = [], lines: posted = [], figures = [] } = told
  useLit(sums.map(({ clause }) => clause))
  const figure = (name: string) => figures.find((one) => one.name === name)?.answer
  const [before, after, difference] = ['before', 'after', 'difference'].map(figure)
  const isSame = difference !== undefined && Number(difference) === 0
  const lines: DerivationLine[] = [
    ...(before === undefined ? [] : [{ says: 'As agreed', amount: before }]),
    ...sums.map(({ clause, number, title, answer }) => ({
      ...{ clause, number, amount: answer, says: capital(title) },
    })),
    ...(before === undefined ? posted.map((line) => postedLine(line, agreement.zone)) : []),
  ]
  return (
    <AnswerCard
      answer={{
        kind: 'value',
        says: differenceWords(difference ?? sumOf(posted), agreement.currency),
        final: true,
        because: [],
      }}
      lines={lines}
      {...(after !== undefined && { total: { says: 'Then', amount: after } })}
      foot={
        <>
          <span>
            {isSame
              ? `Nothing that is certain to fall due would cost another amount: what had begun by then keeps the ${amongWords(field.title)} it began with.`
              : 'Over the whole agreement, as far as it is certain to fall due.'}
          </span>
          {posted.length > 0 && before !== undefined && (
            <span>Of that, posted at once: {shownAmount(sumOf(posted))}</span>
          )}
          {undecided.length > 0 && (
            <ClauseNames says="Not counted, as not known yet:" of={undecided} />
          )}
        </>
      }
    />
  )
}

function differenceWords(difference: string, currency: string): string {
  const amount = Exact.of(difference)
  if (amount.isZero) return 'No difference'
  const isMore = amount.compare(Exact.zero) > 0
  const size = (isMore ? amount : amount.negated()).shown(2)
  return `${shownAmount(size)} ${currency} ${isMore ? 'more' : 'less'}`
}

function valueSlot(field: Field, value: string, enter: (value: string) => void): Slot {
  const choices =
    field.type === 'truth' ? ['no', 'yes'] : field.type === 'choice' ? field.choices : undefined
  const label = 'Another value'
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
