import { Drawer } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { Appearance } from './appearance.tsx'
import { ActionButton } from './button.tsx'
import { DemonstrationClock, type DemonstrationTime } from './demonstration-clock.tsx'
import styles from './shell.module.css'
import { listed, type Side } from './words.ts'

type Place = {
  readonly to: string
  readonly title: string
  /** What waits for this person there; nothing else is counted. */
  readonly count?: number | undefined
}

/** A group of the field's map. The first, without a title, holds Home. It holds only what exists for this person. */
export type PlaceGroup = { readonly title?: string | undefined; readonly places: readonly Place[] }
export type Menu = {
  readonly groups: readonly PlaceGroup[]
  /** Up to four of them for a phone; `More` opens the rest. */
  readonly phone: readonly Place[]
}

/** Who is acting, for whom, on which side and as what. */
export type ActingAs = {
  readonly organisation: string
  readonly person: string
  readonly sides: readonly Side[]
  readonly roles: readonly string[]
}

type ShellProps = {
  readonly menu: Menu
  /** Nobody, before one is signed in. */
  readonly actingAs: ActingAs | undefined
  /** In the demonstration: its clock, with moments to move to. */
  readonly clock?: DemonstrationTime | undefined
  readonly signOut?: (() => unknown) | undefined
  readonly children: ReactNode
}

/** Navigation, perspective and clock around a page. On a phone the perspective stands above and the places below. */
export function Shell({ menu, actingAs, clock, signOut, children }: ShellProps) {
  const [isMoreOpen, setMoreOpen] = useState(false)
  const below = (
    <div className={styles['below']}>
      {clock && <DemonstrationClock {...clock} />}
      {actingAs && <PerspectiveCard actingAs={actingAs} signOut={signOut} />}
      <Appearance />
    </div>
  )
  return (
    <div className={styles['app']}>
      <a href="#content" className={styles['skip']}>
        Skip to the content
      </a>
      <header className={styles['side']}>
        <div className={styles['bar']}>
          <Brand />
          <Places menu={menu} label="Places" />
          {below}
          {actingAs && <Acting actingAs={actingAs} />}
        </div>
      </header>
      <main className={styles['main']} id="content" tabIndex={-1}>
        {children}
      </main>
      <nav className={styles['tabs']} aria-label="Main places">
        {menu.phone.map((place) => (
          <PlaceLink key={place.to} place={place} />
        ))}
        <button type="button" aria-expanded={isMoreOpen} onClick={() => setMoreOpen(true)}>
          More
        </button>
      </nav>
      <Drawer.Root
        opened={isMoreOpen}
        onClose={() => setMoreOpen(false)}
        position="bottom"
        size="auto"
        portalProps={{ target: 'body' }}
        classNames={{ content: styles['drawer'] ?? '' }}
      >
        <Drawer.Overlay />
        <Drawer.Content>
          <Drawer.Body>
            <div className={styles['drawerHead']}>
              <Drawer.Title>All places</Drawer.Title>
              <Drawer.CloseButton aria-label="Close" />
            </div>
            {/* A place that is chosen closes what was opened to choose it. */}
            <div
              className={styles['more']}
              onClickCapture={(event) => closeOnLink(event, setMoreOpen)}
            >
              <Places menu={menu} label="All places" />
              {below}
            </div>
          </Drawer.Body>
        </Drawer.Content>
      </Drawer.Root>
    </div>
  )
}

function closeOnLink({ target }: { target: EventTarget }, set: (isOpen: boolean) => void): void {
  if (target instanceof Element && target.closest('a')) set(false)
}

/** The two halves of a token, and the name. */
export const Brand = () => (
  <Link to="/" className={styles['brand']} activeProps={{}}>
    <svg width="22" height="22" viewBox="0 0 22 22" aria-hidden="true">
      <path d="M1 3h9v3.2l2 2.1-2 2.2 2 2.2-2 2.1V19H1z" fill="var(--accent)" />
      <path d="M12.4 3H21v16h-8.6v-3.4l2-2.9-2-2.2 2-2.2-2-2.1z" fill="var(--brand)" />
    </svg>
    Tessera
  </Link>
)

const Places = ({ menu, label }: { menu: Menu; label: string }) => (
  <nav className={styles['places']} aria-label={label}>
    {menu.groups.map(({ title, places }) => (
      <section key={title ?? places[0]?.to} aria-label={title}>
        {title !== undefined && <h2>{title}</h2>}
        <ul>
          {places.map((place) => (
            <li key={place.to}>
              <PlaceLink place={place} />
            </li>
          ))}
        </ul>
      </section>
    ))}
  </nav>
)

const PlaceLink = ({ place: { to, title, count = 0 } }: { place: Place }) => (
  <Link to={to} activeOptions={{ exact: to === '/' }} activeProps={{ 'aria-current': 'page' }}>
    {title}
    {count > 0 && (
      <span>
        <span className="reader-only">, waiting for you: </span>
        {count}
      </span>
    )}
  </Link>
)

function PerspectiveCard({
  actingAs,
  signOut,
}: {
  actingAs: ActingAs
  signOut: (() => unknown) | undefined
}) {
  return (
    <section className={styles['as']} aria-label="Perspective">
      <small>Acting as</small>
      <b>{actingAs.organisation}</b>
      <small>
        {actingAs.person}
        {roleWords(actingAs) && ` · ${roleWords(actingAs)}`}
      </small>
      {signOut && (
        <ActionButton look="text" press={signOut}>
          Sign out
        </ActionButton>
      )}
    </section>
  )
}

/** The perspective in the narrow bar above. */
const Acting = ({ actingAs }: { actingAs: ActingAs }) => (
  <p className={styles['acting']}>
    <span className="reader-only">Acting as </span>
    <b>{actingAs.organisation}</b>
    <small>{[actingAs.person, roleWords(actingAs)].filter(Boolean).join(' · ')}</small>
  </p>
)

const roleWords = ({ sides, roles }: ActingAs) =>
  [listed(sides), roles.join(', ')].filter(Boolean).join(' · ')
