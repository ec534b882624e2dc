import { useId, useState } from 'react'
import { type DerivationLine, DerivationLines } from '../platform/web/answer.tsx'
import { ActionButton } from '../platform/web/button.tsx'
import { Citation } from '../platform/web/citing.tsx'
import type { Answered as Told } from '../platform/web/client.tsx'
import { Card } from '../platform/web/layout.tsx'
import { Amount, KindChip, When } from '../platform/web/marks.tsx'
import { EmptyState } from '../platform/web/notice.tsx'
import { shownTime, shownWeekday } from '../platform/web/words.ts'
import styles from './statement.module.css'
import { type Named, unpricedWords } from './words.screen.tsx'

type Bill = Told<Named<'show_bill'>>
type Line = Bill['lines'][number]
type AgreementShown = Told<Named<'show_agreement'>>
type StatementProps = { readonly bill: Bill; readonly agreement: AgreementShown }

/** Each line names the clause that decides it, and opens to what it came from. */
export const Statement = ({ bill, agreement }: StatementProps) => (
  <Card
    title="Statement"
    space="flush"
    says={
      <span className={styles['doing']}>
        open a line to see what it came from
        <ActionButton look="text" press={() => window.print()}>
          Print
        </ActionButton>
      </span>
    }
    foot={
      <span>
        {bill.agreement.consumer.title} and {bill.agreement.provider.title} see the same.
      </span>
    }
  >
    {bill.lines.length === 0 ? (
      <EmptyState
        title="Nothing is charged in this month"
        says="No clause posts an amount for it. What it posts later will stand here."
      />
    ) : (
      <>
        <ol className={styles['lines']}>
          {bill.lines.map((line, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two equal lines differ by their place alone.
            <BillLine key={place} {...{ line, agreement }} />
          ))}
        </ol>
        <p className={styles['total']}>
          <span>{bill.final ? 'Total' : 'So far'}</span>
          {/^-?\d/.test(bill.total) ? (
            <Amount amount={bill.total} />
          ) : (
            <span>{unpricedWords(bill.total)}</span>
          )}
        </p>
      </>
    )}
  </Card>
)

function BillLine({ line, agreement }: { line: Line; agreement: AgreementShown }) {
  const [isOpen, setOpen] = useState(false)
  const derived = useId()
  const { clause, number, amount, waived, component, about } = line
  const title = about === undefined ? line.title : `${line.title}: ${about}`
  const kind = agreement.components.find(({ id }) => id === component)?.kind
  const isAmount = /^-?\d/.test(amount)
  return (
    <li className={styles['line']} data-open={isOpen || undefined}>
      <span className={styles['number']}>
        <Citation {...{ clause, number }} words="" page={`/agreements/${agreement.id}`} />
      </span>
      <span className={styles['kind']}>{kind !== undefined && <KindChip kind={kind} />}</span>
      <span className={styles['words']}>
        <button
          type="button"
          aria-expanded={isOpen}
          aria-controls={derived}
          onClick={() => setOpen(!isOpen)}
        >
          {waived ? `Waived: ${title}` : capital(title)}
        </button>
        <small>
          <Concerning {...{ line, agreement }} />
        </small>
      </span>
      <span className={styles['amount']}>
        {isAmount ? <Amount amount={amount} /> : unpricedWords(amount)}
      </span>
      <div id={derived} className={styles['derived']} hidden={!isOpen}>
        {isOpen && (
          <DerivationLines lines={stagesOf(line, agreement)} label={`What ${title} came from`} />
        )}
      </div>
    </li>
  )
}

/** For which time, or upon which event; and who pays, where it is not the consumer. */
function Concerning({ line, agreement }: { line: Line; agreement: AgreementShown }) {
  const { from, to, at, payer, payee, internal } = line
  return (
    <>
      {from !== undefined && to !== undefined && <Served {...{ from, to, zone: agreement.zone }} />}
      {at !== undefined && from === undefined && <When at={at} zone={agreement.zone} />}
      {payer === 'provider' && ` · ${agreement[payer].title} credits ${agreement[payee].title}`}
      {internal !== undefined && ' · internal, no tax invoice'}
    </>
  )
}

type ServedProps = { readonly from: string; readonly to: string; readonly zone: string }

/** Whole days are those of the agreement, wherever it is read; other times are the reader’s. */
function Served({ from, to, zone }: ServedProps) {
  const isMidnight = (at: string) => shownTime(at, zone) === '00:00'
  const last = new Date(Date.parse(to) - 1).toISOString()
  if (isMidnight(from) && isMidnight(to))
    return `${shownWeekday(from, zone)} to ${shownWeekday(last, zone)}`
  return (
    <>
      <When at={from} zone={zone} form="weekday" />, <When at={from} zone={zone} form="time" /> to{' '}
      <When at={to} zone={zone} form="weekday" />, <When at={to} zone={zone} form="time" />
    </>
  )
}

/** From the facts by way of the clauses that read them to the amount. */
function stagesOf(
  { because, clause, amount, says }: Line,
  agreement: AgreementShown,
): DerivationLine[] {
  const facts = [...new Set(because.flatMap((reason) => reason.facts))]
  const known = facts.flatMap((id) => agreement.happened.filter((fact) => fact.id === id))
  const [own, others] = [
    because.filter((reason) => reason.clause === clause),
    because.filter((reason) => reason.clause !== clause && reason.steps.length > 0),
  ]
  const stepsOf = (stage: DerivationLine['stage'], reasons: typeof because): DerivationLine[] =>
    reasons.flatMap(({ clause: by, number, says: text, steps }) =>
      (steps.length > 0 ? steps : [text]).map((step, place) => ({
        ...{ stage, says: capital(step) },
        ...(place === 0 && { clause: by, number }),
      })),
    ) as DerivationLine[]
  return [
    ...known.map(
      ({ title, about, at, by }): DerivationLine => ({
        stage: 'Facts',
        says: `${capital(title)}${about === undefined ? '' : `, ${about.replaceAll('_', ' ')}`}`,
        detail: (
          <>
            <When at={at} zone={agreement.zone} />
            {by && `, by ${by.title}`}
          </>
        ),
      }),
    ),
    ...stepsOf('Facts', others),
    ...stepsOf('Price', own),
    {
      ...{ stage: 'Amount', says: 'As it stands in the sum' },
      ...(/^-?\d/.test(amount) ? { amount } : { value: says }),
    },
  ]
}

const capital = (words: string) => words.charAt(0).toUpperCase() + words.slice(1)
