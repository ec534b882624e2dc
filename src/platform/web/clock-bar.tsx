import styles from './clock-bar.module.css'
import { Soft, When } from './marks.tsx'
import { Meter, type MeterTone } from './meter.tsx'
import { readerZone, shownDuration, shownInstant, shownTime, shownWeekday } from './words.ts'
import { useZone } from './zone.tsx'

type ClockBarProps = {
  readonly now: string
  readonly started: string
  readonly due: string
  /** Where it ended. */
  readonly stopped?: string | undefined
  /** A clock that waits, and for whom: `his identity check`. */
  readonly pausedFor?: string | undefined
  /** In which it is due: of what stands around unless said. */
  readonly zone?: string | undefined
}

/** Time left in words, the share that is used, and when it is due: in the agreement's time, and where the reader is. */
export function ClockBar(props: ClockBarProps) {
  const { now, started, due, stopped, pausedFor } = props
  const around = useZone()
  const zone = props.zone ?? around
  const here = readerZone()
  const at = Date.parse(stopped ?? now)
  const left = Date.parse(due) - at
  const share = (at - Date.parse(started)) / Math.max(Date.parse(due) - Date.parse(started), 1)
  const words = wordsOf(props, left)
  const isElsewhere = shownInstant(due, zone) !== shownInstant(due, here)
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
            due <When at={due} zone={zone} form="weekday" />,{' '}
            <When at={due} zone={zone} form="time" />
          </>
        ) : (
          <>waits for {pausedFor}</>
        )}
        {isElsewhere && (
          <Soft>
            {' '}
            · {shownWeekday(due, here)}, {shownTime(due, here)} where you are
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
