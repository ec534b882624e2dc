import { type ReactNode, useId } from 'react'
import styles from './answer.module.css'
import { Citation } from './citing.tsx'
import { Amount } from './marks.tsx'

/** One reason: the clause, what it says of this case, and the steps to it, in words. */
export type Because = {
  readonly clause: string
  readonly number: string
  readonly says: string
  readonly steps: readonly string[]
}

/** As the interface answers a question (the rest of the answer is not for the eye). */
export type AnswerShown = {
  readonly kind: 'value' | 'nothing-due' | 'not-agreed' | 'unknown'
  /** For people: `60.00 EUR`, `yes`, `15 May 2026, 13:00`. */
  readonly says: string
  /** In full, where `says` is rounded or in other units; shown over it. */
  readonly exact?: string | undefined
  readonly final: boolean
  readonly clause?: string | undefined
  readonly number?: string | undefined
  /** What would have to be known. */
  readonly missing?: readonly string[] | undefined
  /** What is so, where it is not agreed. */
  readonly why?: string | undefined
  readonly warnings?: readonly string[] | undefined
  readonly because: readonly Because[]
}

type AnswerCardProps = {
  readonly answer: AnswerShown
  /** Amounts that add up to the answer, beneath its reasons. */
  readonly lines?: readonly DerivationLine[] | undefined
  readonly total?: DerivationLine | undefined
  /** Last line: until when it holds, or what can be done with it. */
  readonly foot?: ReactNode
  /** The page of the clauses, where they are not on this one. */
  readonly page?: string | undefined
}

/** The value, the clause that decides, then line by line why. Not agreed and unknown are answers too, and never nought. */
export function AnswerCard({ answer, lines = [], total, foot, page }: AnswerCardProps) {
  const heading = useId()
  const { kind, clause, number, because } = answer
  const elsewhere = page === undefined ? {} : { page }
  return (
    <section
      className={styles['answer']}
      data-kind={kind}
      aria-labelledby={heading}
      aria-live="polite"
    >
      <header className={styles['top']}>
        <h3 id={heading} className={styles['value']} title={answer.exact}>
          <span className="reader-only">Answer: </span>
          {headline(answer)}
        </h3>
        {clause !== undefined && number !== undefined && (
          <Citation {...{ clause, number, ...elsewhere }} words="decided by clause" />
        )}
      </header>
      {explanation(answer)}
      {because.length > 0 && (
        <ol className={styles['why']}>
          {because.map((reason) => (
            <li key={`${reason.clause}${reason.says}`}>
              <p>
                {reason.says} <Citation {...reason} {...elsewhere} />
              </p>
              {reason.steps.length > 0 && (
                <ul className={styles['steps']}>
                  {reason.steps.map((step) => (
                    <li key={step}>{step}</li>
                  ))}
                </ul>
              )}
            </li>
          ))}
        </ol>
      )}
      {lines.length > 0 && (
        <div className={styles['lines']}>
          <DerivationLines lines={lines} {...(total && { total })} />
        </div>
      )}
      {(foot !== undefined || !answer.final) && (
        <footer className={styles['foot']}>
          {!answer.final && <span>Not final: facts may still come.</span>}
          {foot}
        </footer>
      )}
    </section>
  )
}

function headline({ kind, says }: AnswerShown): string {
  if (kind === 'not-agreed') return 'Not agreed'
  if (kind === 'unknown') return 'Not known'
  return says.charAt(0).toUpperCase() + says.slice(1)
}

function explanation({ kind, why, missing = [], warnings = [] }: AnswerShown): ReactNode {
  const said = [
    ...(kind === 'not-agreed'
      ? [
          why ??
            'No clause speaks of it: it is for the parties to settle. That is not the same as nothing due.',
        ]
      : []),
    ...(kind === 'unknown' && missing.length === 0
      ? ['Facts that decide it have not been recorded. That is not the same as nought.']
      : []),
    ...missing.map((fact) => `Not recorded yet: ${fact}.`),
    ...warnings.map((limit) => `The limit of ${limit.replaceAll('_', ' ')} is exceeded.`),
  ]
  if (said.length === 0) return undefined
  return (
    <div className={styles['explanation']}>
      {said.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
    </div>
  )
}

export type DerivationLine = {
  /** Of a derivation in full: from the facts by way of measure and price to the amount. */
  readonly stage?: 'Facts' | 'Measure' | 'Price' | 'Rounding' | 'Amount' | undefined
  readonly says: ReactNode
  /** Second voice beneath. */
  readonly detail?: ReactNode
  /** What the line comes to: decimal text of an amount, or a value in words. */
  readonly amount?: string | undefined
  readonly value?: ReactNode
  readonly clause?: string | undefined
  readonly number?: string | undefined
}

type DerivationLinesProps = {
  readonly lines: readonly DerivationLine[]
  /** The sum of what stands above, under a rule. */
  readonly total?: DerivationLine | undefined
  readonly label?: string | undefined
}

/** Facts → measure → price → rounding → amount, each with its clause; or the lines of a sum. */
export const DerivationLines = ({ lines, total, label }: DerivationLinesProps) => (
  <ol className={styles['derivation']} aria-label={label ?? 'How it came about'}>
    {lines.map((line, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: two equal lines differ by their place alone.
      <Derived key={index} line={line} isFirst={line.stage !== lines[index - 1]?.stage} />
    ))}
    {total && <Derived line={total} look="total" />}
  </ol>
)

type DerivedProps = {
  readonly line: DerivationLine
  readonly look?: 'total' | undefined
  /** Of its stage, which is said once. */
  readonly isFirst?: boolean | undefined
}

const Derived = ({ line, look, isFirst }: DerivedProps) => (
  <li data-look={look} data-staged={line.stage !== undefined || undefined}>
    {line.stage !== undefined && <span className={styles['stage']}>{isFirst && line.stage}</span>}
    <span className={styles['says']}>
      {line.says}
      {line.clause !== undefined && line.number !== undefined && (
        <>
          {' '}
          <Citation clause={line.clause} number={line.number} />
        </>
      )}
      {line.detail !== undefined && <small>{line.detail}</small>}
    </span>
    <span className={styles['end']}>
      {line.amount === undefined ? line.value : <Amount amount={line.amount} />}
    </span>
  </li>
)
