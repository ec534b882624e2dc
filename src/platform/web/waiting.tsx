import type { ReactNode } from 'react'
import { ProblemPage } from './elsewhere.tsx'
import { Card, Columns } from './layout.tsx'
import { ProblemNotice } from './notice.tsx'
import type { Problem } from './problem.ts'
import styles from './waiting.module.css'

type LinesWaitingProps = {
  /** About as many as will come, so that nothing below jumps. */
  readonly lines?: number | undefined
}

/** Grey lines where words will stand. Read out once as loading. */
export const LinesWaiting = ({ lines = 3 }: LinesWaitingProps) => (
  <div className={styles['lines']} role="status">
    <span className="reader-only">Loading</span>
    {Array.from({ length: lines }, (_, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: they are all the same.
      <span key={index} className={styles['bone']} />
    ))}
  </div>
)

/** A whole page that is on its way. */
export const PageWaiting = () => (
  <div className={styles['page']} aria-busy="true">
    <div className={styles['head']}>
      <span className={styles['bone']} />
      <span className={styles['bone']} />
    </div>
    <Columns shares="wide-left">
      <LinesWaiting lines={8} />
      <LinesWaiting lines={5} />
    </Columns>
  </div>
)

type AskedShown<Told> = {
  readonly data: Told | undefined
  readonly error: Problem | null
  readonly refetch: () => unknown
}

type AnsweredProps<Told> = {
  /** What `useAnswer` returns. */
  readonly asked: AskedShown<Told>
  readonly waiting?: ReactNode
  readonly children: (told: Told) => ReactNode
}

/** Waiting, a problem, or what was told: in this place, each of about the same size. */
export function Answered<Told>({ asked, waiting, children }: AnsweredProps<Told>) {
  const { data, error, refetch } = asked
  if (data !== undefined) return children(data)
  if (error) return <ProblemNotice problem={error} again={refetch} />
  return waiting ?? <LinesWaiting />
}

/** The same for what a whole page stands on: a problem then has a heading of its own, and ways to other places. */
export function AnsweredPage<Told>({ asked, children }: Omit<AnsweredProps<Told>, 'waiting'>) {
  const { data, error, refetch } = asked
  if (data !== undefined) return children(data)
  return error ? <ProblemPage problem={error} again={refetch} /> : <PageWaiting />
}

/** A card that is on its way, with its title already there. */
export const CardWaiting = ({
  title,
  lines = 4,
}: {
  title: string
  lines?: number | undefined
}) => (
  <Card title={title}>
    <LinesWaiting lines={lines} />
  </Card>
)
