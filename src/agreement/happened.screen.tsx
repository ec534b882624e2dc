import { Choice } from '../platform/web/button.tsx'
import { useSearchWord } from '../platform/web/frame.tsx'
import { Card, Go } from '../platform/web/layout.tsx'
import { LineOfTime, type TimeMark } from '../platform/web/line-of-time.tsx'
import { useAnswer } from '../platform/web/live.tsx'
import { Legend } from '../platform/web/marks.tsx'
import { More, useSome } from '../platform/web/more.tsx'
import { EmptyState } from '../platform/web/notice.tsx'
import { toLocal } from '../platform/web/zoned.ts'
import styles from './happened.module.css'
import { lanesOf } from './lanes.screen.tsx'
import type { AgreementPage, Named } from './page.screen.tsx'

const dayMilliseconds = 86_400_000

const spans = [
  { value: 'whole', title: 'Whole agreement', days: undefined },
  { value: 'quarter', title: 'A quarter', days: 91 },
  { value: 'month', title: 'A month', days: 30 },
  { value: 'week', title: 'A week', days: 7 },
] as const

/** What happened, on one line of time: a lane for each component and thing, for the offering's own facts and for money. */
export function HappenedCard(page: AgreementPage) {
  const { agreement, looking } = page
  const [span, look] = useSearchWord('span')
  const { from, until } = windowOf(page, span)
  const charged = useAnswer<Named<'show_bill'>>(
    'show_bill',
    { agreement: agreement.id, period: daysOf(from, until, agreement.zone), ...looking },
    { streams: [agreement.id] },
  )
  const lanes = lanesOf(page, charged.data?.lines ?? [])
  const within = lanes
    .flatMap(({ marks }) => marks)
    .filter((mark) => mark.from <= until && lastOf(mark, until) >= from)
    .toSorted((one, other) => (lastOf(one, until) < lastOf(other, until) ? 1 : -1))
  const latest = useSome(within, marksAtOnce)
  const kept = new Set(latest.shown)
  const shown = lanes
    .map((lane) => ({ ...lane, marks: lane.marks.filter((mark) => kept.has(mark)) }))
    .filter(({ marks }) => marks.length > 0)
  return (
    <Card
      title="What happened"
      space="flush"
      paper="skip"
      says="goods, access, actions and money on one line of time"
    >
      {isLong(page) && (
        <div className={styles['spans']}>
          <Choice label="How far" choices={spans} chosen={spanOf(page, span).value} choose={look} />
        </div>
      )}
      {shown.length === 0 ? (
        <EmptyState
          title="Nothing happened in this time"
          says="What is handed over, granted, done, measured and charged will stand here."
        />
      ) : (
        <>
          <LineOfTime
            zone={agreement.zone}
            label="What happened under the agreement"
            {...{ from, until, now: page.now, lanes: shown }}
          />
          <div className={styles['legend']}>
            <Legend of={legend} />
            <More of={latest} says="Show earlier" />
            {agreement.earlier !== undefined && (
              <Go to={`/agreements/${agreement.id}?at=${agreement.earlier}`}>
                What lies before these
              </Go>
            )}
          </div>
        </>
      )}
    </Card>
  )
}

/** More than one tells apart on a line as wide as a page. */
const marksAtOnce = 200

/** A bar without an end still runs. */
const lastOf = ({ shape, from, to }: TimeMark, until: string) =>
  to ?? (shape === 'bar' ? until : from)

const legend = [
  ['good', 'goods'],
  ['access', 'access and custody'],
  ['action', 'actions'],
  ['money', 'charges'],
  ['duty', 'what is due'],
] as const

const isLong = ({ agreement: { from, until } }: AgreementPage) =>
  Date.parse(until) - Date.parse(from) > 45 * dayMilliseconds

const spanOf = (page: AgreementPage, span: string | undefined) =>
  spans.find(({ value }) => value === span) ?? (isLong(page) ? spans[2] : spans[0])

/** All of it, or so many days around the instant that is looked at, of which a sixth lies ahead. */
function windowOf(page: AgreementPage, span: string | undefined) {
  const { agreement } = page
  const { days } = spanOf(page, span)
  const latest = agreement.happened.reduce(
    (last, { at }) => (at > last ? at : last),
    agreement.until,
  )
  if (days === undefined) return { from: agreement.from, until: latest }
  const length = days * dayMilliseconds
  const at = Math.max(Date.parse(agreement.at), Date.parse(agreement.from))
  const end = Math.min(at + length / 6, Date.parse(latest))
  const start = Math.max(end - length, Date.parse(agreement.from))
  return { from: new Date(start).toISOString(), until: new Date(end).toISOString() }
}

/** In whole days of the agreement, the last among them: what falls due on the day of its end stands on the line too. */
function daysOf(from: string, until: string, zone: string): string {
  const after = Date.parse(`${toLocal(until, zone).slice(0, 10)}T00:00:00Z`) + dayMilliseconds
  return `${toLocal(from, zone).slice(0, 10)} to ${new Date(after).toISOString().slice(0, 10)}`
}
