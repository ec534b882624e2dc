import { type ReactNode, useEffect, useRef } from 'react'
import { clauseAnchor, useCited } from './citing.tsx'
import styles from './clause.module.css'
import { KindChip, Tailored } from './marks.tsx'
import type { Kind } from './words.ts'

/** What was agreed otherwise than offered: what it says now (marked in the prose where it stands there), before, and why. */
type Tailoring = {
  readonly is?: string | undefined
  readonly was?: string | undefined
  /** The whole change in one sentence, where the words alone do not say it. */
  readonly says?: string | undefined
  readonly because?: string | undefined
  readonly by?: string | undefined
}

export type ClauseShown = {
  readonly id: string
  readonly number: string
  readonly heading: string
  readonly kind?: Kind | undefined
  readonly title?: string | undefined
  readonly text: string
  /** The author's remark beneath. */
  readonly says?: string | undefined
  readonly tailored?: readonly Tailoring[] | undefined
}

type ClauseProps = { readonly clause: ClauseShown; readonly children?: ReactNode }

/** Number in the margin, serif prose, tailored words marked, lit while it is cited. `children` stand beneath the prose. */
function Clause({ clause, children }: ClauseProps) {
  const { lit } = useCited()
  const isLit = lit.has(clause.id)
  const tailored = clause.tailored ?? []
  const anchor = clauseAnchor(clause.id)
  const place = useRef<HTMLLIElement>(null)
  // The browser looked for it before the clauses had come.
  useEffect(() => {
    if (window.location.hash === `#${anchor}`) place.current?.scrollIntoView({ block: 'center' })
  }, [anchor])
  return (
    <li
      className={styles['clause']}
      id={anchor}
      ref={place}
      data-lit={isLit || undefined}
      tabIndex={-1}
    >
      <span className={styles['number']}>
        <span className="reader-only">clause </span>
        {clause.number}
      </span>
      <div>
        <p className={styles['prose']}>
          {marked(clause.text, tailored)}
          {isLit && <span className="reader-only"> (cited)</span>}
        </p>
        {tailored.map((one) => (
          <Why key={`${one.says ?? ''}${one.is ?? ''}`} one={one} />
        ))}
        {clause.says !== undefined && <p className={styles['remark']}>{clause.says}</p>}
        {children}
      </div>
    </li>
  )
}

const Why = ({ one }: { one: Tailoring }) => {
  const author = one.by === undefined ? '' : `, by ${one.by}`
  const because = one.because === undefined ? '' : ` Because ${one.because}${author}.`
  const says = one.says ?? (one.was === undefined ? 'Not in the offering.' : `Offered: ${one.was}.`)
  return (
    <p className={styles['remark']}>
      <Tailored>tailored</Tailored> {says}
      {because}
    </p>
  )
}

/** The prose with each tailored word marked where it first stands. */
function marked(text: string, tailored: readonly Tailoring[]): ReactNode {
  const [first, ...others] = tailored.filter(({ is }) => is !== undefined && text.includes(is))
  const { is = '', was } = first ?? {}
  if (is === '') return text
  const at = text.indexOf(is)
  return (
    <>
      {marked(text.slice(0, at), others)}
      <Tailored {...(was !== undefined && { was })}>{is}</Tailored>
      {marked(text.slice(at + is.length), others)}
    </>
  )
}

type ClauseListProps = {
  readonly clauses: readonly ClauseShown[]
  /** Beneath a clause: a redline's verdict, a fault, a button. */
  readonly beneath?: ((clause: ClauseShown) => ReactNode) | undefined
}

/** A contract's prose: clauses in their order, under the headings of their kinds. Goes in a flush card. */
export const ClauseList = ({ clauses, beneath }: ClauseListProps) => (
  <article className={styles['contract']} aria-label="The clauses">
    {groups(clauses).map(({ heading, kind, clauses: own }) => (
      <section key={own[0]?.id} className={styles['group']}>
        <h3 className={styles['heading']}>
          {kind !== undefined && <KindChip kind={kind} count="many" />} {heading}
        </h3>
        <ol className={styles['clauses']}>
          {own.map((clause) => (
            <Clause key={clause.id} clause={clause}>
              {beneath?.(clause)}
            </Clause>
          ))}
        </ol>
      </section>
    ))}
  </article>
)

type Group = {
  readonly heading: string
  readonly kind: Kind | undefined
  readonly clauses: ClauseShown[]
}

function groups(clauses: readonly ClauseShown[]): readonly Group[] {
  const found: Group[] = []
  for (const clause of clauses) {
    const last = found.at(-1)
    if (last && last.heading === clause.heading) last.clauses.push(clause)
    else found.push({ heading: clause.heading, kind: clause.kind, clauses: [clause] })
  }
  return found
}
