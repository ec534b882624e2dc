import { Tooltip } from '@mantine/core'
import { type KeyboardEvent, useState } from 'react'
import { DataTable } from './data-table.tsx'
import styles from './line-of-time.module.css'
import { shownInstant } from './words.ts'
import { useZone } from './zone.tsx'
import { ticksBetween } from './zoned.ts'

/** `good`, `access`, `action` by kind; `access-mid` for custody; `money` for charges; the others say how it went. */
export type MarkTone =
  | 'good'
  | 'access'
  | 'access-mid'
  | 'action'
  | 'money'
  | 'ok'
  | 'warn'
  | 'bad'
  | 'plain'

export type TimeMark = {
  readonly id: string
  /** `bar` for access and custody, `dot` for what happened, `ring` for duties and dates. */
  readonly shape: 'bar' | 'dot' | 'ring'
  readonly tone: MarkTone
  /** UTC text. A bar without an end still runs. */
  readonly from: string
  readonly to?: string | undefined
  /** What it is, in words: shown over it, and in the table. */
  readonly says: string
  /** Inside a bar, where there is room. */
  readonly label?: string | undefined
}

export type Lane = {
  readonly id: string
  readonly title: string
  readonly marks: readonly TimeMark[]
}

type LineOfTimeProps = {
  readonly label: string
  readonly from: string
  readonly until: string
  readonly now: string
  readonly lanes: readonly Lane[]
  /** Of the axis: of what stands around unless said. */
  readonly zone?: string | undefined
  /** Opens what a mark stands for. */
  readonly open?: ((mark: TimeMark) => void) | undefined
}

/**
 * Lanes for things on one line of time, with one line for now. The arrow keys go from mark to mark and from lane to lane;
 * the same stands beneath as a table.
 */
export function LineOfTime(props: LineOfTimeProps) {
  const { label, lanes, open } = props
  const around = useZone()
  const zone = props.zone ?? around
  const scale = scaleOf(props)
  const [current, setCurrent] = useState<string>()
  const first = lanes.find(({ marks }) => marks.length > 0)?.marks[0]?.id
  return (
    <figure className={styles['figure']} aria-label={label}>
      <div className={styles['lanes']}>
        <div className={styles['grid']} aria-hidden="true">
          <div className={styles['now']} style={{ left: percent(scale.at(props.now)) }} />
        </div>
        <ul onKeyDown={moveBetweenMarks}>
          {lanes.map((lane) => (
            <li key={lane.id} className={styles['lane']}>
              <span className={styles['title']}>{lane.title}</span>
              <ul className={styles['track']} aria-label={lane.title}>
                {inOrder(lane.marks).map((mark) => (
                  <li key={mark.id} style={placeOf(mark, scale)} data-shape={mark.shape}>
                    <Mark
                      mark={mark}
                      says={saidOf(mark, zone)}
                      isStop={(current ?? first) === mark.id}
                      enter={() => setCurrent(mark.id)}
                      open={open}
                    />
                  </li>
                ))}
              </ul>
            </li>
          ))}
        </ul>
        <div className={styles['axis']} aria-hidden="true">
          {scale.ticks(zone).map(({ at, label: words }) => (
            <span key={at} style={{ left: percent(scale.at(at)) }}>
              {words}
            </span>
          ))}
        </div>
      </div>
      <details className={styles['table']}>
        <summary>As a table</summary>
        <MarkTable label={label} lanes={lanes} zone={zone} />
      </details>
    </figure>
  )
}

type MarkProps = {
  readonly mark: TimeMark
  readonly says: string
  readonly isStop: boolean
  readonly enter: () => void
  readonly open: ((mark: TimeMark) => void) | undefined
}

const Mark = ({ mark, says, isStop, enter, open }: MarkProps) => (
  <Tooltip
    label={says}
    events={{ hover: true, focus: true, touch: true }}
    multiline
    maw={280}
    classNames={{ tooltip: styles['tip'] ?? '' }}
  >
    <button
      type="button"
      className={styles['mark']}
      data-shape={mark.shape}
      data-tone={mark.tone}
      tabIndex={isStop ? 0 : -1}
      onFocus={enter}
      onClick={() => open?.(mark)}
    >
      {mark.label !== undefined && <span className={styles['inBar']}>{mark.label}</span>}
      <span className="reader-only"> {says}</span>
    </button>
  </Tooltip>
)

const inOrder = (marks: readonly TimeMark[]) =>
  marks.toSorted((one, other) => Date.parse(one.from) - Date.parse(other.from))

function saidOf({ says, from, to, shape }: TimeMark, zone: string): string {
  const since = shownInstant(from, zone)
  if (shape !== 'bar') return `${says}, ${since}`
  return to === undefined
    ? `${says}, since ${since}`
    : `${says}, ${since} to ${shownInstant(to, zone)}`
}

const steps: Readonly<Record<string, readonly [across: number, down: number]>> = {
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
  ArrowDown: [0, 1],
  ArrowUp: [0, -1],
}

/** One stop for the Tab key; from there by arrows: across to the next mark in time, down to the next lane that has one. */
function moveBetweenMarks(event: KeyboardEvent<HTMLUListElement>): void {
  const [across, down] = steps[event.key] ?? [0, 0]
  if ((across === 0 && down === 0) || !(event.target instanceof HTMLElement)) return
  const here = event.target
  event.preventDefault()
  const lanes = [...event.currentTarget.children]
    .map((lane) => [...lane.querySelectorAll('button')])
    .filter((marks) => marks.length > 0)
  const lane = lanes.findIndex((marks) => marks.some((mark) => mark.isSameNode(here)))
  const place = lanes[lane]?.findIndex((mark) => mark.isSameNode(here)) ?? 0
  const marks = lanes[lane + down]
  const next = across === 0 ? marks?.[Math.min(place, marks.length - 1)] : marks?.[place + across]
  next?.focus()
}

type Scale = {
  /** Share of the line, from nought to one. */
  readonly at: (instant: string | number) => number
  readonly ticks: (zone: string) => ReturnType<typeof ticksBetween>
  readonly now: string
}

// A little air at both ends, so that what begins with the agreement does not lie on the edge.
const air = 0.035

function scaleOf({ from, until, now }: LineOfTimeProps): Scale {
  const length = Math.max(Date.parse(until) - Date.parse(from), 1)
  const start = Date.parse(from) - length * air
  const whole = length * (1 + 2 * air)
  const at = (instant: string | number) =>
    ((typeof instant === 'string' ? Date.parse(instant) : instant) - start) / whole
  return { at, now, ticks: (zone) => ticksBetween(start, start + whole, zone) }
}

const percent = (share: number) => `${(Math.min(Math.max(share, 0), 1) * 100).toFixed(3)}%`

function placeOf({ shape, from, to }: TimeMark, { at, now }: Scale) {
  if (shape !== 'bar') return { left: percent(at(from)) }
  const end = to ?? now
  return { left: percent(at(from)), right: `calc(100% - ${percent(at(end))})` }
}

type MarkTableProps = {
  readonly label: string
  readonly lanes: readonly Lane[]
  readonly zone: string
}

const MarkTable = ({ label, lanes, zone }: MarkTableProps) => (
  <DataTable
    caption={label}
    rows={lanes.flatMap((lane) => inOrder(lane.marks).map((mark) => ({ lane: lane.title, mark })))}
    keyOf={({ mark }) => mark.id}
    columns={[
      { title: 'What', shown: ({ lane }) => lane },
      { title: 'Happened', shown: ({ mark }) => mark.says },
      { title: 'From', shown: ({ mark }) => shownInstant(mark.from, zone) },
      {
        title: 'To',
        shown: ({ mark }) => (mark.to === undefined ? '' : shownInstant(mark.to, zone)),
      },
    ]}
  />
)
