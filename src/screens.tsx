import { createClient } from './platform/http/client.ts'
import { createApp, type Screen } from './platform/web/app.tsx'
import routes from './platform/web/routes.json' with { type: 'json' }
import type { Menu, PlaceGroup } from './platform/web/shell.tsx'
import type { ViewerShown, Visiting } from './platform/web/viewer.tsx'
import type { Endpoints } from './slices.ts'

const client = createClient<Endpoints>({ base: '/api', routes })

/** Every page, once. Each is loaded when it is first visited. */
const screens: readonly Screen[] = [
  {
    ...{ path: '/sign-in', frame: 'bare', open: 'everybody' },
    load: async () => (await import('./world/screen.tsx')).SignInScreen,
  },
  {
    path: '/',
    load: async () => (await import('./agreement/home.screen.tsx')).HomeScreen,
  },
  {
    ...{ path: '/catalogue', open: 'everybody' },
    load: async () => (await import('./offering/catalogue.screen.tsx')).CatalogueScreen,
  },
  {
    ...{ path: '/offerings/$offering', open: 'everybody' },
    load: async () => (await import('./offering/screen.tsx')).OfferingScreen,
  },
  {
    path: '/portfolio',
    load: async () => (await import('./product/screen.tsx')).PortfolioScreen,
  },
  {
    path: '/agreements',
    load: async () => (await import('./agreement/list.screen.tsx')).AgreementsScreen,
  },
  {
    path: '/agreements/$agreement',
    load: async () => (await import('./agreement/screen.tsx')).AgreementScreen,
  },
  {
    path: '/agreements/$agreement/charges',
    load: async () => (await import('./charging/screen.tsx')).ChargesScreen,
  },
  {
    path: '/agreements/$agreement/charges/$period',
    load: async () => (await import('./charging/screen.tsx')).BillScreen,
  },
  {
    path: '/relationships',
    load: async () => (await import('./relationship/screen.tsx')).RelationshipsScreen,
  },
]

const home = { to: '/', title: 'Home' }
const catalogue = { to: '/catalogue', title: 'Catalogue' }
const portfolio = { to: '/portfolio', title: 'Portfolio' }
const agreements = { to: '/agreements', title: 'Agreements' }
const relationships = { to: '/relationships', title: 'Relationships' }
const signIn = { to: '/sign-in', title: 'Sign in' }

/** The field's map, as far as it concerns who looks: only who provides has a portfolio. */
function menuOf({ viewer }: ViewerShown): Menu {
  if (!viewer)
    return {
      groups: [{ places: [signIn] }, { title: 'Service offerings', places: [catalogue] }],
      phone: [signIn, catalogue],
    }
  const isProvider = viewer.sides.includes('provider')
  const offerings: PlaceGroup = {
    title: 'Service offerings',
    places: isProvider ? [catalogue, portfolio] : [catalogue],
  }
  return {
    groups: [
      { places: [home] },
      offerings,
      { title: 'Service relationship', places: [agreements, relationships] },
    ],
    phone: [home, agreements, catalogue, isProvider ? portfolio : relationships],
  }
}

/** Of each world its own moments: who looks stands in one, strangers in all. */
async function momentsForViewer() {
  const [{ moments }, { viewer }] = await Promise.all([
    client.door('show_demonstration', {}),
    client.query('show_viewer', {}),
  ])
  if (!viewer) return moments
  const around = new Set([
    viewer.organisation.id,
    ...viewer.roles.map(({ counterpart }) => counterpart.id),
  ])
  return moments.filter(({ world }) => around.has(world))
}

const visiting: Visiting = {
  viewer: () => client.query('show_viewer', {}),
  signOut: () => client.door('sign_out', {}),
  moments: momentsForViewer,
  moveClock: (at) => client.door('move_clock', { at }),
}

createApp({ screens, menu: menuOf, client, visiting }).mount(
  document.getElementById('app') ?? document.body,
)
