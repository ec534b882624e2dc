import type { ReactNode } from 'react'
import styles from './marks.module.css'
import {
  cityOf,
  type Kind,
  kindWords,
  readerZone,
  shownAmount,
  shownDay,
  shownInstant,
  shownTime,
  shownWeekday,
} from './words.ts'
import { useZone } from './zone.tsx'

export type Tone = 'ok' | 'warn' | 'bad' | 'plain'

type KindChipProps = {
  readonly kind: Kind
  /** Other words than the kind's own, such as `Keep`, `Use`, `Done`. */
  readonly children?: ReactNode
  /** `many` over a group, `one` beside one component (default). */
  readonly count?: 'one' | 'many' | undefined
}

/** Goods, access or action, in the colour that each has everywhere. */
export const KindChip = ({ kind, children, count = 'one' }: KindChipProps) => (
  <span className={styles['chip']} data-kind={kind}>
    {children ?? kindWords[kind][count]}
  </span>
)

/** The three dots of a world or offering: which kinds it is made of. Read out as words. */
export const KindDots = ({ kinds }: { readonly kinds: readonly Kind[] }) => (
  <span className={styles['dots']}>
    {(['good', 'access', 'action'] as const).map((kind) => (
      <i key={kind} {...(kinds.includes(kind) && { 'data-kind': kind })} />
    ))}
    <span className="reader-only">
      {kinds.map((kind) => kindWords[kind].many.toLowerCase()).join(', ')}
    </span>
  </span>
)

/** One mark in a row or legend, coloured as on the line of time. The words beside it say what it is. */
export const Dot = ({ tone }: { readonly tone: Kind | 'money' | 'duty' }) => (
  <i className={styles['dot']} data-mark={tone} />
)

/** A state in a word. The colour only repeats it: `ok` kept, `warn` soon or yours to do, `bad` missed, `plain` neither. */
export const StatePill = ({
  tone = 'plain',
  children,
}: {
  tone?: Tone | undefined
  children: ReactNode
}) => (
  <span className={styles['pill']} data-tone={tone}>
    {children}
  </span>
)

/** Words whose colour says the tone again: `kept`, `6 minutes left`, `missed`. */
export const Toned = ({ tone, children }: { tone: Tone; children: ReactNode }) => (
  <span className={styles['toned']} data-tone={tone}>
    {children}
  </span>
)

type AmountProps = {
  /** Decimal text, as the wire has it. */
  readonly amount: string
  /** Once per page; elsewhere leave it out. */
  readonly currency?: string | undefined
}

/** Two decimals, grouped, tabular: `1,204.50`. */
export const Amount = ({ amount, currency }: AmountProps) => (
  <span className={styles['amount']}>
    {shownAmount(amount)}
    {currency === undefined ? '' : ` ${currency}`}
  </span>
)

type WhenProps = {
  /** UTC text, or a plain date. */
  readonly at: string
  /** Of what stands around unless said. Where the reader's clocks differ, the place is said beside. */
  readonly zone?: string | undefined
  /** `full` is `14 May 2026, 18:05` (default). */
  readonly form?: 'full' | 'day' | 'weekday' | 'time' | undefined
}

/** A moment in the zone of what it belongs to, so that it reads as its clauses do; elsewhere in the reader's. */
export function When({ at, form = 'full', ...own }: WhenProps) {
  const around = useZone()
  const zone = own.zone ?? around
  const here = shownInstant(at, readerZone())
  const differs = shownInstant(at, zone) !== here && form !== 'day' && form !== 'weekday'
  return (
    <time
      dateTime={at}
      className={styles['when']}
      title={differs ? `${here} where you are` : shownInstant(at, zone)}
    >
      {forms[form](at, zone)}
      {differs && ` ${cityOf(zone)}`}
    </time>
  )
}

const forms = { full: shownInstant, day: shownDay, weekday: shownWeekday, time: shownTime }

/** Words that this agreement has and its offering has not. */
export const Tailored = ({ children, was }: { children: ReactNode; was?: string | undefined }) => (
  <mark className={styles['tailored']} {...(was !== undefined && { title: `offering: ${was}` })}>
    {children}
  </mark>
)

type RedlineProps = {
  readonly was?: string | undefined
  readonly is?: string | undefined
  /** Who gains, or that nobody does; said beneath. */
  readonly says?: ReactNode
}

/** A change in the prose: struck words, then marked words. Goes inside serif text. */
export const Redline = ({ was, is, says }: RedlineProps) => (
  <>
    {was !== undefined && <del className={styles['struck']}>{was}</del>}
    {was !== undefined && is !== undefined && ' '}
    {is !== undefined && <ins className={styles['tailored']}>{is}</ins>}
    {says !== undefined && <span className={styles['gains']}>{says}</span>}
  </>
)

/** Only for the owning side: hatching around what the other side does not see, with the words that say so. */
export const Veil = ({ children, says }: { children: ReactNode; says: string }) => (
  <aside className={styles['veil']} aria-label={says}>
    <span className={styles['veiled']}>{children}</span>
    <small className={styles['veiled']}>{says}</small>
  </aside>
)

/** A small thing behind the veil, in a row of others. */
export const VeiledChip = ({ children }: { children: ReactNode }) => (
  <span className={styles['veiledChip']}>
    <span className={styles['veiled']}>{children}</span>
  </span>
)

/** A remark in the second voice. */
export const Note = ({ children }: { children: ReactNode }) => (
  <p className={styles['note']}>{children}</p>
)

/** The second voice inside a line. */
export const Soft = ({ children }: { children: ReactNode }) => (
  <span className={styles['soft']}>{children}</span>
)

/** The larger serif sentence of a page or an empty state. */
export const Lead = ({ children }: { children: ReactNode }) => (
  <p className={styles['lead']}>{children}</p>
)

/** What the colours of a figure mean. `duty` is a ring. */
export const Legend = ({ of }: { of: readonly (readonly [Kind | 'money' | 'duty', string])[] }) => (
  <ul className={styles['legend']}>
    {of.map(([tone, words]) => (
      <li key={words}>
        <Dot tone={tone} />
        {words}
      </li>
    ))}
  </ul>
)
