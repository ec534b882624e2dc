import styles from './clock-bar.module.css'
import { Soft, When } from './marks.tsx'
import { Meter, type MeterTone } from './meter.tsx'
import {
  cityOf,
  readerZone,
  shownDuration,
  shownInstant,
  shownTime,
  shownWeekday,
} from './words.ts'

type ClockBarProps = {
  readonly now: string
  readonly started: string
  readonly due: string
  /** Where it ended. */
  readonly stopped?: string | undefined
  /** A clock that waits, and for whom: `his identity check`. */
  readonly pausedFor?: string | undefined
  /** Of the one who waits, where he is elsewhere. */
  readonly zone?: string | undefined
}

/** Time left in words, the share that is used, and when it is due, here and where the user is. */
export function ClockBar(props: ClockBarProps) {
  const { now, started, due, stopped, pausedFor, zone } = props
  const at = Date.parse(stopped ?? now)
  const left = Date.parse(due) - at
  const share = (at - Date.parse(started)) / Math.max(Date.parse(due) - Date.parse(started), 1)
  const words = wordsOf(props, left)
  const there = zone === undefined ? '' : `${shownWeekday(due, zone)}, ${shownTime(due, zone)}`
  const isElsewhere =
    zone !== undefined && shownInstant(due, zone) !== shownInstant(due, readerZone())
  return (
    <div className={styles['clock']}>
      <span className={styles['words']} data-tone={toneOf(left, share, stopped)}>
        {words}
      </span>
      <Meter
        share={share}
        tone={pausedFor === undefined ? toneOf(left, share, stopped) : 'paused'}
        label={`Time used: ${words}`}
      />
      <small>
        {pausedFor === undefined ? (
          <>
            due <When at={due} form="weekday" />, <When at={due} form="time" />
          </>
        ) : (
          <>waits for {pausedFor}</>
        )}
        {isElsewhere && (
          <Soft>
            {' '}
            · in {cityOf(zone)} {there}
          </Soft>
        )}
      </small>
    </div>
  )
}

// Beyond four fifths of the time it is soon.
const soonShare = 0.8

function toneOf(left: number, share: number, stopped: string | undefined): MeterTone {
  if (left < 0) return 'bad'
  if (stopped !== undefined) return 'ok'
  return share > soonShare ? 'warn' : 'action'
}

function wordsOf({ stopped, pausedFor }: ClockBarProps, left: number): string {
  const words = shownDuration(left)
  const length = words.charAt(0).toUpperCase() + words.slice(1)
  if (stopped !== undefined) return left < 0 ? `${length} late` : `Kept, ${words} to spare`
  if (pausedFor !== undefined) return `Paused, ${words} left`
  return left < 0 ? `${length} late` : `${length} left`
}
