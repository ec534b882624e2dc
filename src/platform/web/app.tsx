import { MantineProvider } from '@mantine/core'
import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import {
  createRootRoute,
  createRoute,
  createRouter,
  type ErrorComponentProps,
  lazyRouteComponent,
  Outlet,
  type RouterHistory,
  RouterProvider,
} from '@tanstack/react-router'
import { type ComponentType, StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { ActionButton } from './button.tsx'
import { ClientProvider, type WebClient } from './client.tsx'
import { Elsewhere, ProblemPage } from './elsewhere.tsx'
import { BareFrame, Framed } from './frame.tsx'
import { PageHead, Stack } from './layout.tsx'
import { EmptyState } from './notice.tsx'
import { isProblem, problemOf } from './problem.ts'
import type { Menu } from './shell.tsx'
import { mantineVariables, theme } from './theme.tsx'
import type { ViewerShown, Visiting } from './viewer.tsx'
import { VisitingProvider } from './viewer.tsx'
import { PageWaiting } from './waiting.tsx'

/** One page of a slice. Its code is loaded when it is visited, or when a link to it is about to be. */
export type Screen = {
  /** `/agreements/$agreement`: a `$name` is read with `useParam`. */
  readonly path: `/${string}`
  readonly load: () => Promise<ComponentType>
  /** Who may visit: `members` are led to the sign-in first (default), `everybody` includes strangers. */
  readonly open?: 'members' | 'everybody' | undefined
  /** `bare` has no navigation, such as the sign-in. */
  readonly frame?: 'shell' | 'bare' | undefined
}

export type AppSettings = {
  readonly screens: readonly Screen[]
  /** What exists for this viewer, and nothing else. */
  readonly menu: (viewer: ViewerShown) => Menu
  readonly client: WebClient
  /** Who looks, his way out, and in the demonstration its clock. */
  readonly visiting: Visiting
  /** In tests; otherwise the browser's. */
  readonly history?: RouterHistory | undefined
}

const signInPath = '/sign-in'

/** The single-page app: routes, queries, live changes, perspective, and what is shown when something fails. */
export function createApp(settings: AppSettings) {
  const queries = createQueries(() => router.navigate({ to: signInPath }))
  const router = createRoutes(settings)
  const App = () => (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={mantineVariables}
      defaultColorScheme="auto"
      withCssVariables
    >
      <QueryClientProvider client={queries}>
        <ClientProvider value={settings.client}>
          <VisitingProvider value={settings.visiting}>
            <RouterProvider router={router} />
          </VisitingProvider>
        </ClientProvider>
      </QueryClientProvider>
    </MantineProvider>
  )
  const mount = (element: Element) =>
    createRoot(element).render(
      <StrictMode>
        <App />
      </StrictMode>,
    )
  return { mount }
}

// Changes come by themselves, so nothing is asked for again by the clock or because a window got the focus.
const staleMilliseconds = 5 * 60_000
const repeatsMax = 2

function createQueries(toSignIn: () => unknown): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({
      onError: (error) => {
        if (isProblem(error) && error.status === 401) toSignIn()
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: staleMilliseconds,
        refetchOnWindowFocus: false,
        // A no stays a no; only silence and a busy server are worth asking again.
        retry: (failed, error) =>
          isProblem(error) && (error.status === 0 || error.status === 503) && failed < repeatsMax,
      },
    },
  })
}

function createRoutes({ screens, menu, history }: AppSettings) {
  const root = createRootRoute({ component: Outlet })
  const frames = {
    shell: createRoute({
      id: 'shell',
      getParentRoute: () => root,
      component: () => <Framed menu={menu} signIn={signInPath} />,
    }),
    open: createRoute({
      id: 'open',
      getParentRoute: () => root,
      component: () => <Framed menu={menu} />,
    }),
    bare: createRoute({ id: 'bare', getParentRoute: () => root, component: BareFrame }),
  }
  const routesIn = (frame: keyof typeof frames) =>
    screens
      .filter((screen) => frameOf(screen) === frame)
      .map((screen) =>
        createRoute({
          path: screen.path,
          getParentRoute: () => frames[frame],
          component: lazyRouteComponent(async () => ({ default: await screen.load() })),
        }),
      )
  return createRouter({
    routeTree: root.addChildren([
      frames.shell.addChildren(routesIn('shell')),
      frames.open.addChildren([
        ...routesIn('open'),
        createRoute({ path: '$', getParentRoute: () => frames.open, component: NothingHere }),
      ]),
      frames.bare.addChildren(routesIn('bare')),
    ]),
    ...(history && { history }),
    defaultPreload: 'intent',
    defaultPendingComponent: PageWaiting,
    defaultPendingMs: 120,
    defaultErrorComponent: Failed,
    defaultNotFoundComponent: NothingHere,
    scrollRestoration: true,
    // Plain text both ways: a search is written by people and by links, not by programs.
    parseSearch: (search) => Object.fromEntries(new URLSearchParams(search)),
    stringifySearch: (search) => {
      const entries = Object.entries(search).filter(([, value]) => value !== undefined)
      const text = new URLSearchParams(entries.map(([name, value]) => [name, String(value)]))
      return text.size > 0 ? `?${text}` : ''
    },
  })
}

const frameOf = ({ frame, open }: Screen) =>
  frame === 'bare' ? 'bare' : open === 'everybody' ? 'open' : 'shell'

const Failed = ({ error, reset }: ErrorComponentProps) => (
  <ProblemPage problem={problemOf(error)} again={reset} />
)

const NothingHere = () => (
  <>
    <PageHead title="There is nothing here" />
    <Stack>
      <EmptyState
        title="Nothing stands at this address"
        says="It may be misspelt, it may have been withdrawn, or it is not yours to see."
      >
        <ActionButton look="main" press={() => window.history.back()}>
          Go back
        </ActionButton>
      </EmptyState>
      <Elsewhere />
    </Stack>
  </>
)
