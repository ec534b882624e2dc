import type { Answered as Told } from '../platform/web/client.tsx'
import { useParam } from '../platform/web/frame.tsx'
import { Card, Columns, Go, PageHead, Row, Rows, Stack } from '../platform/web/layout.tsx'
import { useAnswer } from '../platform/web/live.tsx'
import { Amount, StatePill } from '../platform/web/marks.tsx'
import { EmptyState } from '../platform/web/notice.tsx'
import { Answered, AnsweredPage } from '../platform/web/waiting.tsx'
import { shownWeekday } from '../platform/web/words.ts'
import { Statement } from './statement.screen.tsx'
import { monthWords, type Named } from './words.screen.tsx'

type Bills = Told<Named<'list_bills'>>['items']

const useBills = (agreement: string) =>
  useAnswer<Named<'list_bills'>>('list_bills', { agreement }, { streams: [agreement] })

const useAgreement = (agreement: string) =>
  useAnswer<Named<'show_agreement'>>('show_agreement', { agreement }, { streams: [agreement] })

/** What each month of an agreement comes to. */
export function ChargesScreen() {
  const agreement = useParam('agreement')
  const shown = useAgreement(agreement)
  const bills = useBills(agreement)
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
            says={`${provider.title} with ${consumer.title} · ${currency}`}
          />
          <Stack>
            <Answered asked={bills}>
              {({ items }) => <Months agreement={id} bills={items} />}
            </Answered>
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
  const bills = useBills(agreement)
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
            <Answered asked={bills}>
              {({ items }) => <Months agreement={agreement} bills={items} chosen={period} />}
            </Answered>
          </Columns>
        </>
      )}
    </AnsweredPage>
  )
}

const Head = ({ bill }: { bill: Told<Named<'show_bill'>> }) => {
  const { agreement, period, final, from, until, currency } = bill
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
      ].join(' · ')}
    />
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
        {bills.toReversed().map(({ period, total, final }) => (
          <Row
            key={period}
            look={period === chosen ? 'chosen' : 'plain'}
            title={<Go to={`/agreements/${agreement}/charges/${period}`}>{monthWords(period)}</Go>}
            says={final ? 'final' : 'so far: facts may still come'}
            end={<Total total={total} />}
          />
        ))}
      </Rows>
    </Card>
  )
}

/** What is not known yet is no amount. */
const Total = ({ total }: { total: string }) =>
  /^-?\d/.test(total) ? <Amount amount={total} /> : <span>{total.replaceAll('-', ' ')}</span>
