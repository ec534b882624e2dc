import { IconChevronDown } from '@tabler/icons-react'
import styles from './shell.module.css'
import { readerZone, shownInstant, shownWeekday } from './words.ts'

export type DemonstrationTime = {
  readonly now: string
  /** In their order; time only moves forward, so what is past is off. */
  readonly moments: readonly { readonly title: string; readonly at: string }[]
  readonly moveTo: (at: string) => unknown
}

/** The demonstration's own clock. Moving it makes due what falls due until then. */
export function DemonstrationClock({ now, moments, moveTo }: DemonstrationTime) {
  const zone = readerZone()
  return (
    <details className={styles['clock']}>
      <summary>
        <span>
          <small>Demonstration clock</small>
          <time dateTime={now}>{shownInstant(now, zone)}</time>
        </span>
        <IconChevronDown size={16} stroke={1.7} aria-hidden="true" />
      </summary>
      <ul className={styles['moments']}>
        {moments.map(({ title, at }) => (
          <li key={at}>
            <button
              type="button"
              disabled={Date.parse(at) <= Date.parse(now)}
              onClick={() => moveTo(at)}
            >
              {title} <time dateTime={at}>{shownWeekday(at, zone)}</time>
            </button>
          </li>
        ))}
      </ul>
    </details>
  )
}
