import { IconAlertTriangle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { ActionButton } from './button.tsx'
import styles from './notice.module.css'
import { type Problem, remedyOf } from './problem.ts'

type ProblemNoticeProps = {
  readonly problem: Problem
  /** To try again, where that makes sense. */
  readonly again?: (() => unknown) | undefined
}

/** A refusal or a fault: its words, what to do, and of a fault the name under which support knows it. */
export function ProblemNotice({ problem, again }: ProblemNoticeProps) {
  const remedy = problem.detail ?? remedyOf(problem)
  return (
    <div className={styles['problem']} role="alert">
      <IconAlertTriangle size={18} stroke={1.8} aria-hidden="true" />
      <div>
        <p className={styles['words']}>{problem.words}</p>
        {remedy !== undefined && <p className={styles['remedy']}>{remedy}</p>}
        {isFault(problem) && <code className={styles['name']}>{problem.name}</code>}
      </div>
      {again !== undefined && <ActionButton press={again}>Try again</ActionButton>}
    </div>
  )
}

/** A refusal says in its words all that its reader can use. */
const isFault = ({ status }: Problem) => status === 0 || status >= 500

type EmptyStateProps = {
  /** What is not there yet: `Nothing is agreed yet`. */
  readonly title: string
  /** What will stand here, in a sentence or two. */
  readonly says: ReactNode
  /** One main action, and what is possible meanwhile. */
  readonly children?: ReactNode
  /** The two halves, of which one is still open: who is there, and who is missing. Left out where nobody is. */
  readonly halves?: { readonly here: string; readonly missing: string } | undefined
}

/** Says what will stand here and what to do, instead of an empty list. */
export const EmptyState = ({ title, says, children, halves }: EmptyStateProps) => (
  <section className={styles['empty']} data-halves={halves !== undefined || undefined}>
    {halves !== undefined && <OpenHalf {...halves} />}
    <div>
      <h2>{title}</h2>
      <p>{says}</p>
      {children !== undefined && <div className={styles['doing']}>{children}</div>}
    </div>
  </section>
)

const OpenHalf = ({ here, missing }: { here: string; missing: string }) => (
  <svg viewBox="0 0 250 150" className={styles['figure']} aria-hidden="true">
    <path d="M8 14h110v40l14 12-14 13 14 12-14 13v32H8z" fill="var(--accent)" />
    <path
      d="M148 14h90v122h-90v-32l14-13-14-12 14-13-14-12z"
      fill="none"
      stroke="var(--soft)"
      strokeWidth="1.5"
      strokeDasharray="5 4"
    />
    <text x="62" y="79" textAnchor="middle" className={styles['here']}>
      {here}
    </text>
    <text x="200" y="79" textAnchor="middle" className={styles['missing']}>
      {missing}
    </text>
  </svg>
)
