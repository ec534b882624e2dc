import { useCommand } from '../platform/web/live.tsx'
import { When } from '../platform/web/marks.tsx'
import { ProblemNotice } from '../platform/web/notice.tsx'
import type { moveClock } from './api.ts'
import styles from './screen.module.css'

type MomentLineProps = {
  readonly now: string
  readonly moments: readonly { readonly title: string; readonly at: string }[]
}

/** Now and the moments of a world in their order. Time moves forwards, so what has passed cannot be chosen. */
export function MomentLine({ now, moments }: MomentLineProps) {
  const { run, isBusy, problem } = useCommand<typeof moveClock>('move_clock', 'door')
  const marks = [...moments, { title: 'now', at: now }].toSorted(
    (one, other) => Date.parse(one.at) - Date.parse(other.at),
  )
  return (
    <>
      <ol className={styles['moments']} aria-busy={isBusy}>
        {marks.map(({ title, at }) => (
          <li key={title} data-is={at === now ? 'now' : at < now ? 'past' : 'ahead'}>
            {at > now ? (
              <button type="button" disabled={isBusy} onClick={() => run({ at }).catch(told)}>
                <span className="reader-only">Move the clock to </span>
                {title}
              </button>
            ) : (
              <span>{title}</span>
            )}
            <small>
              <When at={at} />
            </small>
          </li>
        ))}
      </ol>
      {problem && <ProblemNotice problem={problem} />}
    </>
  )
}

/** Beneath the line. */
const told = () => undefined
