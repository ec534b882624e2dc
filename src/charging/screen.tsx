import { useState } from 'react'
import { ActionButton } from '../platform/web/button.tsx'
import type { Answered as Told } from '../platform/web/client.tsx'
import { useParam } from '../platform/web/frame.tsx'
import { Card, Columns, Go, PageHead, Row, Rows, Stack } from '../platform/web/layout.tsx'
import { useAnswer } from '../platform/web/live.tsx'
import { Amount, StatePill } from '../platform/web/marks.tsx'
import { EmptyState } from '../platform/web/notice.tsx'
import { Answered, AnsweredPage } from '../platform/web/waiting.tsx'
import { shownWeekday } from '../platform/web/words.ts'
import { Statement } from './statement.screen.tsx'
import { monthWords, type Named, unpricedWords } from './words.screen.tsx'

type Bills = Told<Named<'list_bills'>>['items']

const useBills = (agreement: string, cursor?: string) =>
  useAnswer<Named<'list_bills'>>('list_bills', { agreement, cursor }, { streams: [agreement] })

const useAgreement = (agreement: string) =>
  useAnswer<Named<'show_agreement'>>('show_agreement', { agreement }, { streams: [agreement] })

/** What each month of an agreement comes to. */
export function ChargesScreen() {
  const agreement = useParam('agreement')
  const shown = useAgreement(agreement)
  const internal = useBills(agreement).data?.internal
  return (
    <AnsweredPage asked={shown}>
      {({ id, title, currency, provider, consumer }) => (
        <>
          <PageHead
            above={[
              { title: 'Agreements', to: '/agreements' },
              { title, to: `/agreements/${id}` },
            ]}
            title="Charges"
            says={[
              `${provider.title} with ${consumer.title}`,
              currency,
              ...(internal === undefined ? [] : [internal]),
            ].join(' · ')}
          />
          <Stack>
            <MonthsBefore agreement={id} />
          </Stack>
        </>
      )}
    </AnsweredPage>
  )
}

/** One month: its lines, each with its clause and what it came from, and the sum of them. */
export function BillScreen() {
  const agreement = useParam('agreement')
  const period = useParam('period')
  const shown = useAgreement(agreement)
  const bill = useAnswer<Named<'show_bill'>>(
    'show_bill',
    { agreement, period },
    { streams: [agreement] },
  )
  return (
    <AnsweredPage asked={bill}>
      {(told) => (
        <>
          <Head bill={told} />
          <Columns shares="wide-left">
            <Answered asked={shown}>{(own) => <Statement bill={told} agreement={own} />}</Answered>
            <Stack>
              <MonthsBefore agreement={agreement} chosen={period} />
            </Stack>
          </Columns>
        </>
      )}
    </AnsweredPage>
  )
}

const Head = ({ bill }: { bill: Told<Named<'show_bill'>> }) => {
  const { agreement, period, final, from, until, currency, internal } = bill
  const last = new Date(Date.parse(until) - 1).toISOString()
  return (
    <PageHead
      above={[
        { title: 'Agreements', to: '/agreements' },
        { title: agreement.title, to: `/agreements/${agreement.id}` },
        { title: 'Charges', to: `/agreements/${agreement.id}/charges` },
      ]}
      title={`${agreement.offering.title}, ${monthWords(period)}`}
      state={<StatePill tone={final ? 'ok' : 'warn'}>{final ? 'Final' : 'So far'}</StatePill>}
      says={[
        `${shownWeekday(from, agreement.zone)} to ${shownWeekday(last, agreement.zone)}`,
        `${agreement.provider.title} with ${agreement.consumer.title}`,
        currency,
        ...(internal ? [internal.says] : []),
      ].join(' · ')}
    />
  )
}

type BeforeProps = {
  readonly agreement: string
  readonly chosen?: string
  readonly cursor?: string
}

/** The latest months; those before them come beneath when they are asked for. */
function MonthsBefore({ agreement, chosen, cursor }: BeforeProps) {
  const bills = useBills(agreement, cursor)
  const [earlier, setEarlier] = useState<string>()
  const own = { agreement, ...(chosen !== undefined && { chosen }) }
  return (
    <Answered asked={bills}>
      {({ items, next }) => (
        <>
          <Months {...own} bills={items} />
          {next !== undefined && earlier === undefined && (
            <ActionButton press={() => setEarlier(next)}>Show earlier</ActionButton>
          )}
          {earlier !== undefined && <MonthsBefore {...own} cursor={earlier} />}
        </>
      )}
    </Answered>
  )
}

type MonthsProps = { readonly agreement: string; readonly bills: Bills; readonly chosen?: string }

function Months({ agreement, bills, chosen }: MonthsProps) {
  if (bills.length === 0)
    return (
      <EmptyState
        title="Nothing is charged yet"
        says="Each month of the agreement will stand here with what it comes to."
      />
    )
  return (
    <Card title="Months" space="flush" paper="skip" says="what each comes to">
      <Rows label="Months">
        {bills.toReversed().map(({ period, total, final, internal }) => (
          <Row
            key={period}
            look={period === chosen ? 'chosen' : 'plain'}
            title={<Go to={`/agreements/${agreement}/charges/${period}`}>{monthWords(period)}</Go>}
            says={[
              final ? 'final' : 'so far: facts may still come',
              ...(internal ? [internal.lines < internal.of ? 'internal in part' : 'internal'] : []),
            ].join(' · ')}
            end={<Total total={total} />}
          />
        ))}
      </Rows>
    </Card>
  )
}

/** What is not known yet is no amount. */
const Total = ({ total }: { total: string }) =>
  /^-?\d/.test(total) ? <Amount amount={total} /> : <span>{unpricedWords(total)}</span>
