import type { ComponentType } from 'react'
import { createClient } from './platform/http/client.ts'
import { createApp, type Screen } from './platform/web/app.tsx'
import routes from './platform/web/routes.json'
import type { Menu, PlaceGroup } from './platform/web/shell.tsx'
import type { ViewerShown, Visiting } from './platform/web/viewer.tsx'
import type { Endpoints } from './slices.ts'

const client = createClient<Endpoints>({ base: '/api', routes })

// TEMPORARY until every page below exists: what is not written yet is left out. The names are what each file exports.
const written = import.meta.glob<Record<string, ComponentType>>([
  './*/screen.tsx',
  './*/*.screen.tsx',
])
const from = (file: string, name: string) => async () => {
  const module = await written[file]?.()
  const component = module?.[name]
  if (!component) throw new Error(`${file} has no ${name}`)
  return component
}

/** Every page, once. */
const all: readonly (Screen & { file: string })[] = (
  [
    ['/sign-in', './world/screen.tsx', 'SignInScreen', { frame: 'bare', open: 'everybody' }],
    ['/', './agreement/home.screen.tsx', 'HomeScreen', {}],
    ['/agreements', './agreement/list.screen.tsx', 'AgreementsScreen', {}],
    ['/agreements/$agreement', './agreement/screen.tsx', 'AgreementScreen', {}],
    ['/agreements/$agreement/charges', './charging/screen.tsx', 'ChargesScreen', {}],
    ['/agreements/$agreement/charges/$period', './charging/screen.tsx', 'BillScreen', {}],
    ['/catalogue', './offering/catalogue.screen.tsx', 'CatalogueScreen', { open: 'everybody' }],
    ['/offerings/$offering', './offering/screen.tsx', 'OfferingScreen', { open: 'everybody' }],
    ['/portfolio', './product/screen.tsx', 'PortfolioScreen', {}],
    ['/relationships', './relationship/screen.tsx', 'RelationshipsScreen', {}],
  ] as const
).map(([path, file, name, rest]) => ({ path, file, load: from(file, name), ...rest }))
const screens = all.filter(({ file }) => file in written)

const home = { to: '/', title: 'Home' }
const catalogue = { to: '/catalogue', title: 'Catalogue' }
const portfolio = { to: '/portfolio', title: 'Portfolio' }
const agreements = { to: '/agreements', title: 'Agreements' }
const relationships = { to: '/relationships', title: 'Relationships' }
const signIn = { to: '/sign-in', title: 'Sign in' }

/** The field's map, as far as it concerns who looks: only who provides has a portfolio. */
function menuOf({ viewer }: ViewerShown): Menu {
  const offerings = (...more: readonly (typeof home)[]): PlaceGroup => ({
    title: 'Service offerings',
    places: [catalogue, ...more],
  })
  if (!viewer)
    return { groups: [{ places: [signIn] }, offerings()], phone: [signIn, catalogue] }
  const isProvider = viewer.sides.includes('provider')
  return {
    groups: [
      { places: [home] },
      offerings(...(isProvider ? [portfolio] : [])),
      { title: 'Service relationship', places: [agreements, relationships] },
    ],
    phone: [home, agreements, catalogue, isProvider ? portfolio : relationships],
  }
}

const visiting: Visiting = {
  viewer: () => client.query('show_viewer', {}),
  signOut: () => client.door('sign_out', {}),
  moments: async () => (await client.door('show_demonstration', {})).moments,
  moveClock: (to) => client.door('move_clock', { to }),
}

createApp({ screens, menu: menuOf, client, visiting }).mount(
  document.getElementById('app') ?? document.body,
)
