import styles from './meter.module.css'

export type MeterTone = 'accent' | 'access' | 'action' | 'ok' | 'warn' | 'bad' | 'paused'

type MeterProps = {
  /** From nought to one; more is drawn as one. */
  readonly share: number
  readonly tone?: MeterTone | undefined
  /** The same in words, for who does not see it. */
  readonly label: string
}

/** How much is used: of a time, an allowance, a budget. A paused one is broken. */
export const Meter = ({ share, tone = 'accent', label }: MeterProps) => {
  const percent = Math.round(Math.min(Math.max(share, 0), 1) * 1000) / 10
  return (
    <div className={styles['meter']} role="img" aria-label={label}>
      <i data-tone={tone} style={{ width: `${percent}%` }} />
    </div>
  )
}

type StepsMeterProps = { readonly done: number; readonly of: number; readonly label: string }

/** So many steps of so many; the one under way is pale. */
export const StepsMeter = ({ done, of, label }: StepsMeterProps) => (
  <div className={styles['steps']} role="img" aria-label={label}>
    {Array.from({ length: of }, (_, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place.
      <i key={index} data-step={index < done ? 'done' : index === done ? 'now' : 'open'} />
    ))}
  </div>
)

export type BudgetPart = {
  readonly title: string
  /** Decimal text. Only the width is computed from it as a float. */
  readonly amount: string
  readonly tone: 'used' | 'reserved' | 'free'
}

/** A budget as one bar: used, reserved, free. The sentence with the amounts stands above it. */
export const BudgetBar = ({ parts, label }: { parts: readonly BudgetPart[]; label: string }) => {
  const whole = parts.reduce((sum, { amount }) => sum + Number(amount), 0)
  return (
    <div>
      <div className={styles['budget']} role="img" aria-label={label}>
        {parts.map(({ title, amount, tone }) => (
          <i key={title} data-tone={tone} style={{ width: `${(Number(amount) / whole) * 100}%` }} />
        ))}
      </div>
      <ul className={styles['key']}>
        {parts.map(({ title, tone }) => (
          <li key={title}>
            <i data-tone={tone} />
            {title}
          </li>
        ))}
      </ul>
    </div>
  )
}
