import { useQuery, useQueryClient } from '@tanstack/react-query'
import {
  Navigate,
  Outlet,
  useNavigate,
  useParams,
  useRouter,
  useSearch,
} from '@tanstack/react-router'
import { useEffect } from 'react'
import { Appearance } from './appearance.tsx'
import { PlacesProvider } from './elsewhere.tsx'
import { useChanges } from './live.tsx'
import { ProblemNotice } from './notice.tsx'
import styles from './shell.module.css'
import { type ActingAs, Brand, type Menu, Shell } from './shell.tsx'
import { useViewer, useVisiting, type ViewerShown, viewerKey } from './viewer.tsx'
import { PageWaiting } from './waiting.tsx'

type FramedProps = {
  readonly menu: (viewer: ViewerShown) => Menu
  /** Where strangers are led; left out where they may stay. */
  readonly signIn?: string | undefined
}

/** A page in the shell: with the viewer's perspective and menu, and kept up to date. */
export function Framed({ menu, signIn }: FramedProps) {
  const visiting = useVisiting()
  const { data: viewer, error, refetch } = useViewer()
  const clock = useClock(viewer)
  const leave = useLeaving()
  useChanges(visiting.changes)
  useFocusOnArrival()
  if (error && !viewer)
    return (
      <main className={styles['bare']}>
        <h1>Tessera cannot be reached</h1>
        <ProblemNotice problem={error} again={refetch} />
      </main>
    )
  if (!viewer)
    return (
      <Shell menu={emptyMenu} actingAs={undefined}>
        <PageWaiting />
      </Shell>
    )
  if (!viewer.viewer && signIn !== undefined) return <Navigate to={signIn} replace />
  const places = menu(viewer)
  return (
    <PlacesProvider value={places.phone}>
      <Shell
        menu={places}
        actingAs={actingAs(viewer)}
        clock={clock}
        signOut={viewer.viewer && leave}
      >
        <Outlet />
      </Shell>
    </PlacesProvider>
  )
}

const emptyMenu: Menu = { groups: [], phone: [] }

function actingAs({ viewer }: ViewerShown): ActingAs | undefined {
  if (!viewer) return undefined
  const { organisation, person, sides, roles } = viewer
  const own = [...new Set(roles.map(({ role }) => role))]
  return { organisation: organisation.title, person: person.title, sides, roles: own }
}

function useClock(viewer: ViewerShown | undefined) {
  const { moments, moveClock } = useVisiting()
  const queries = useQueryClient()
  const { data } = useQuery({
    queryKey: ['any stream', 'moments'],
    queryFn: () => moments?.() ?? [],
    enabled: viewer?.demonstration === true && moments !== undefined,
  })
  if (!viewer || !data || !moveClock) return undefined
  const moveTo = async (at: string) => {
    await moveClock(at)
    await queries.invalidateQueries()
  }
  return { now: viewer.now, moments: data, moveTo }
}

// Who leaves is nobody at once; what he was told is forgotten where the page without navigation begins.
function useLeaving() {
  const { signOut } = useVisiting()
  const queries = useQueryClient()
  const navigate = useNavigate()
  return async () => {
    // What is under way would be answered to nobody.
    await queries.cancelQueries()
    await signOut()
    await navigate({ to: '/sign-in' })
    await queries.resetQueries({ queryKey: viewerKey })
  }
}

// Who reads with the ears is told of the new page by finding himself at its start; at the first page he is there already.
function useFocusOnArrival() {
  const router = useRouter()
  useEffect(
    () =>
      router.subscribe('onResolved', ({ pathChanged, fromLocation }) => {
        if (pathChanged && fromLocation) document.getElementById('content')?.focus()
      }),
    [router],
  )
}

/** A page without navigation: the sign-in. */
export function BareFrame() {
  const queries = useQueryClient()
  // Nothing of who was here may stay behind for who comes next. Nobody looks at it any more; what is asked goes on.
  useEffect(() => queries.removeQueries({ type: 'inactive' }), [queries])
  return (
    <div className={styles['bare']}>
      <header>
        <Brand />
        <Appearance />
      </header>
      <main id="content" tabIndex={-1}>
        <Outlet />
      </main>
    </div>
  )
}

/** A part of the address: `$agreement` of `/agreements/$agreement`. */
export function useParam(name: string): string {
  const params: Readonly<Record<string, string | undefined>> = useParams({ strict: false })
  const value = params[name]
  if (value === undefined) throw new Error(`The address of this page has no $${name}.`)
  return value
}

/**
 * One word of the address's search, so that what is looked at can be linked and survives going back. Setting it to
 * nothing takes it out; it adds no step to the history.
 */
export function useSearchWord(
  name: string,
): [string | undefined, (value: string | undefined) => void] {
  const search: Readonly<Record<string, string | undefined>> = useSearch({ strict: false })
  const navigate = useNavigate()
  const set = (value: string | undefined) => {
    navigate({
      to: '.',
      replace: true,
      resetScroll: false,
      search: ((before: object) => ({ ...before, [name]: value })) as never,
    })
  }
  return [search[name], set]
}

/** Words of the address's search that this page does not know, and the way to take them out. */
export function useStrayWords(known: readonly string[]): [readonly string[], () => void] {
  const search: Readonly<Record<string, string | undefined>> = useSearch({ strict: false })
  const navigate = useNavigate()
  const stray = Object.keys(search).filter((name) => !known.includes(name))
  const forget = () => {
    const kept = Object.entries(search).filter(([name]) => known.includes(name))
    navigate({
      ...{ to: '.', replace: true, resetScroll: false },
      search: Object.fromEntries(kept) as never,
    })
  }
  return [stray, forget]
}

/** To another page, from a button: after a proposal to the agreement it became. */
export function useGo(): (to: string) => Promise<void> {
  const navigate = useNavigate()
  return (to) => navigate({ to })
}
