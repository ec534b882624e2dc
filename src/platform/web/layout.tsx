import { Link } from '@tanstack/react-router'
import { type ReactNode, useEffect, useId } from 'react'
import styles from './layout.module.css'
import type { Side } from './words.ts'

/** To another place of the product: `to` is an address, also with a search or a clause's anchor. */
export const Go = ({ to, children }: { readonly to: string; readonly children: ReactNode }) => (
  <Link to={to}>{children}</Link>
)

type PageHeadProps = {
  readonly title: string
  /** What lies above this page, from the top. The page itself is not among it. */
  readonly above?:
    | readonly {
        readonly title: string
        readonly to?: string | undefined
      }[]
    | undefined
  /** Pills and the second line. */
  readonly state?: ReactNode
  readonly says?: ReactNode
  /** Buttons of the whole page, or a choice of views. */
  readonly children?: ReactNode
}

/** The page's only `h1`, where it stands, and what may be done with all of it. */
export function PageHead({ title, above = [], state, says, children }: PageHeadProps) {
  useEffect(() => {
    document.title = `${title} · Tessera`
  }, [title])
  return (
    <header className={styles['head']}>
      <div>
        {above.length > 0 && (
          <nav aria-label="Where this is">
            <ol className={styles['crumbs']}>
              {above.map((place) => (
                <li key={place.title}>
                  {place.to === undefined ? place.title : <Go to={place.to}>{place.title}</Go>}
                </li>
              ))}
            </ol>
          </nav>
        )}
        <h1 tabIndex={-1}>{title}</h1>
        {(state !== undefined || says !== undefined) && (
          <div className={styles['state']}>
            {state}
            {says !== undefined && <span>{says}</span>}
          </div>
        )}
      </div>
      {children !== undefined && <div className={styles['doing']}>{children}</div>}
    </header>
  )
}

type CardProps = {
  readonly title: string
  /** Second voice at the right of the head. */
  readonly says?: ReactNode
  readonly children: ReactNode
  /** Last line, in the second voice, apart by a rule. */
  readonly foot?: ReactNode
  /** `flush` where rows or prose bring their own space. */
  readonly space?: 'padded' | 'flush' | undefined
  /** The address within the page: `#bill`. */
  readonly anchor?: string | undefined
  /** `skip` what has no place on the printed contract: questions, buttons, what happened. */
  readonly paper?: 'skip' | undefined
}

/** A surface with a heading. */
export function Card(props: CardProps) {
  const { title, says, children, foot, space = 'padded', anchor, paper } = props
  const heading = useId()
  return (
    <section className={styles['card']} aria-labelledby={heading} id={anchor} data-paper={paper}>
      <header className={styles['cardHead']}>
        <h2 id={heading}>{title}</h2>
        {says !== undefined && <small>{says}</small>}
      </header>
      <div data-space={space} className={styles['cardBody']}>
        {children}
      </div>
      {foot !== undefined && <footer className={styles['cardFoot']}>{foot}</footer>}
    </section>
  )
}

/** A surface without a heading, for one sentence or one line of controls. */
export const Plate = ({ children }: { readonly children: ReactNode }) => (
  <div className={styles['plate']}>{children}</div>
)

type ColumnsProps = {
  readonly children: ReactNode
  /** `even` halves (default), `wide-left` for a list beside notes, `wide-right` for a choice beside what is chosen, `thirds`. */
  readonly shares?: 'even' | 'wide-left' | 'wide-right' | 'thirds' | undefined
}

/** Columns that become one on a narrow window. */
export const Columns = ({ children, shares = 'even' }: ColumnsProps) => (
  <div className={styles['columns']} data-shares={shares}>
    {children}
  </div>
)

/** Things beneath each other, with the page's space between. */
export const Stack = ({ children }: { readonly children: ReactNode }) => (
  <div className={styles['stack']}>{children}</div>
)

/** Things beside each other, which wrap. */
export const Line = ({ children }: { readonly children: ReactNode }) => (
  <div className={styles['line']}>{children}</div>
)

/** Dotted rows; inside a flush card. Give it `Row`s. */
export const Rows = ({ children, label }: { children: ReactNode; label?: string | undefined }) => (
  <ul className={styles['rows']} aria-label={label}>
    {children}
  </ul>
)

type RowProps = {
  /** A chip, a time or a number: a narrow first column. */
  readonly first?: ReactNode
  readonly title: ReactNode
  /** Second voice beneath the title. */
  readonly says?: ReactNode
  /** Between title and end, such as a clock. */
  readonly middle?: ReactNode
  /** A button, an amount, a date, at the right. */
  readonly end?: ReactNode
  /** The row that is looked at, or the most urgent. */
  readonly look?: 'plain' | 'chosen' | 'first' | undefined
}

/** One row of `Rows`. */
export const Row = ({ first, title, says, middle, end, look = 'plain' }: RowProps) => (
  <li className={styles['row']} data-look={look}>
    <div className={styles['rowLead']}>
      {first !== undefined && <div className={styles['rowFirst']}>{first}</div>}
      <div className={styles['rowMain']}>
        {title}
        {says !== undefined && <small>{says}</small>}
      </div>
    </div>
    {middle !== undefined && <div className={styles['rowMiddle']}>{middle}</div>}
    {end !== undefined && <div className={styles['rowEnd']}>{end}</div>}
  </li>
)

/** Names and what they are: `Agreements — 2, Email and Backup line`. */
export const Pairs = ({ of }: { of: readonly (readonly [string, ReactNode])[] }) => (
  <dl className={styles['pairs']}>
    {of.map(([name, value]) => (
      <div key={name}>
        <dt>{name}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
)

type HalfShown = {
  readonly title: string
  /** Persons and their roles in words; beside the name. */
  readonly persons?: readonly { readonly title: string; readonly says: string }[] | undefined
  /** What stands in this half: signatures, what it owes, whom one may step into. */
  readonly children?: ReactNode
}

type TwoHalvesProps = { readonly [side in Side]: HalfShown } & {
  readonly words?: { readonly [side in Side]: string } | undefined
}

/** Provider left, consumer right, the broken edge between; beneath each other on a phone. */
export const TwoHalves = ({ provider, consumer, words = sideWords }: TwoHalvesProps) => (
  <section className={styles['halves']} aria-label={`${provider.title} and ${consumer.title}`}>
    <Half half={provider} says={words.provider} />
    <div className={styles['seam']} aria-hidden="true">
      <svg viewBox="0 0 34 70" preserveAspectRatio="none" className={styles['seamDown']}>
        <title>The seam</title>
        <path d="M17 0l6 11-10 12 10 12-10 12 6 23" vectorEffect="non-scaling-stroke" />
      </svg>
      <svg viewBox="0 0 70 16" preserveAspectRatio="none" className={styles['seamAcross']}>
        <title>The seam</title>
        <path d="M0 8l11 5 12-9 12 9 12-9 23 4" vectorEffect="non-scaling-stroke" />
      </svg>
    </div>
    <Half half={consumer} says={words.consumer} />
  </section>
)

const sideWords = { provider: 'Provider', consumer: 'Consumer' }

const Half = ({ half, says }: { half: HalfShown; says: string }) => (
  <div className={styles['half']} data-full={half.children !== undefined || undefined}>
    <div>
      <h2 className={styles['party']}>{half.title}</h2>
      <small>{says}</small>
    </div>
    {half.persons !== undefined && half.persons.length > 0 && (
      <ul className={styles['who']}>
        {half.persons.map(({ title, says: roles }) => (
          <li key={title}>
            {title}
            <small>{roles}</small>
          </li>
        ))}
      </ul>
    )}
    {half.children !== undefined && <div className={styles['halfBody']}>{half.children}</div>}
  </div>
)
