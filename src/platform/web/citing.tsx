import { Link } from '@tanstack/react-router'
import { createContext, type ReactNode, use, useMemo, useState } from 'react'
import styles from './clause.module.css'

/** Which clauses of the page are lit, and the one way to light others. */
type Cited = { readonly lit: ReadonlySet<string>; readonly light: (ids: readonly string[]) => void }

const CitedContext = createContext<Cited | undefined>(undefined)

type CitingProps = {
  readonly children: ReactNode
  /** Lit from the start, such as those of the answer in the address. */
  readonly lit?: readonly string[] | undefined
}

/** Around a page that shows clauses and cites them. */
export function Citing({ children, lit: first = [] }: CitingProps) {
  const [lit, setLit] = useState<ReadonlySet<string>>(
    () => new Set([...first, ...clauseInAddress()]),
  )
  const cited = useMemo(
    () => ({ lit, light: (ids: readonly string[]) => setLit(new Set(ids)) }),
    [lit],
  )
  return <CitedContext value={cited}>{children}</CitedContext>
}

/** To light what an answer cites as soon as it is there. Outside `Citing` it does nothing. */
export const useCited = (): Cited => use(CitedContext) ?? noneCited

const noneCited: Cited = { lit: new Set(), light: () => undefined }

const prefix = 'clause-'

/** Where the clause of that id stands on its page. */
export const clauseAnchor = (clause: string) => `${prefix}${clause}`

/** Who comes by a citation on another page finds its clause lit. */
function clauseInAddress(): readonly string[] {
  const anchor = decodeURIComponent(window.location.hash.slice(1))
  return anchor.startsWith(prefix) ? [anchor.slice(prefix.length)] : []
}

type CitationProps = {
  /** The clause's id, which never changes meaning, and the number it is read by. */
  readonly clause: string
  readonly number: string
  /** Other words before the number, such as `decided by clause`. */
  readonly words?: string | undefined
  /** The page with the clauses, where it is another: `/agreements/agr_1`. */
  readonly page?: string | undefined
}

/** "clause 3.1": lights the clause and brings it into view, or leads to the page where it stands. */
export function Citation({ clause, number, words = 'clause', page }: CitationProps) {
  const { light } = useCited()
  const anchor = clauseAnchor(clause)
  const show = () => {
    light([clause])
    const target = document.getElementById(anchor)
    target?.focus({ preventScroll: true })
    target?.scrollIntoView({ block: 'nearest', behavior: 'smooth' })
  }
  const told = (
    <>
      {words} {number}
    </>
  )
  if (page !== undefined)
    return (
      <Link className={styles['citation']} to={page} hash={anchor}>
        {told}
      </Link>
    )
  return (
    <a
      className={styles['citation']}
      href={`#${anchor}`}
      onClick={(event) => {
        event.preventDefault()
        show()
      }}
    >
      {told}
    </a>
  )
}
