import { createApp } from './app.tsx'
import type { WebClient } from './client.tsx'
import { KitAgreement } from './kit-agreement.test-page.tsx'
import { KitControls } from './kit-controls.test-page.tsx'
import { KitHome } from './kit-home.test-page.tsx'
import { KitSignIn } from './kit-sign-in.test-page.tsx'

// Every component in its states, with what the hotel of the examples would show. Only tests and pictures build this page.

const refused = {
  name: 'agreement_must_be_active',
  words: 'The agreement has ended.',
  pointer: '',
  status: 409,
}

/** Answers what the pages below ask, after a moment, so that waiting is seen too. */
const answer = async (name: string): Promise<unknown> => {
  await new Promise((resolve) => setTimeout(resolve, 150))
  if (name === 'refused') throw refused
  if (name === 'ended_session') throw { ...refused, name: 'sign_in_needed', status: 401 }
  return { asked: name, times: nextCount(name) }
}

const counts = new Map<string, number>()
function nextCount(name: string): number {
  const count = (counts.get(name) ?? 0) + 1
  counts.set(name, count)
  return count
}

const keys: string[] = []

/** Silent at first, as when the line breaks after sending: then it tells with which keys it was asked. */
const change: WebClient['command'] = async (name, _, options) => {
  if (name !== 'place_order') return answer(name)
  keys.push(options?.key ?? '')
  await new Promise((resolve) => setTimeout(resolve, 50))
  if (keys.length === 1)
    throw { ...refused, ...{ name: 'server_unreachable', words: 'Nobody answers.', status: 0 } }
  return { sent: keys.length, keys: new Set(keys).size }
}

const client: WebClient = { query: answer, command: change, door: answer }

const screens = {
  '/': KitAgreement,
  '/home': KitHome,
  '/controls': KitControls,
} as const

let isSignedIn = true
let now = '2026-05-14T17:05:00Z'

createApp({
  client,
  screens: [
    ...Object.entries(screens).map(([path, screen]) => ({
      path: path as `/${string}`,
      load: async () => screen,
    })),
    { path: '/sign-in', frame: 'bare', open: 'everybody', load: async () => KitSignIn },
    {
      path: '/fails',
      load: async () => () => {
        throw refused
      },
    },
  ],
  menu: () => ({
    groups: [
      { places: [{ to: '/home', title: 'Home', count: 3 }] },
      { title: 'Service offerings', places: [{ to: '/controls', title: 'Catalogue' }] },
      {
        title: 'Service relationship',
        places: [
          { to: '/', title: 'Agreements', count: 14 },
          { to: '/provision', title: 'Provision', count: 6 },
        ],
      },
      { title: 'Value', places: [{ to: '/charges', title: 'Charges' }] },
    ],
    phone: [
      { to: '/home', title: 'Home', count: 3 },
      { to: '/', title: 'Agreements' },
      { to: '/controls', title: 'Ask' },
      { to: '/provision', title: 'Provision' },
    ],
  }),
  visiting: {
    viewer: async () => ({
      now,
      demonstration: true,
      ...(isSignedIn && {
        viewer: {
          person: { id: 'm_reyes', title: 'Marta Reyes' },
          organisation: { id: 'meridian_hotels', title: 'Meridian Hotels' },
          sides: ['provider'],
          roles: [{ side: 'provider', role: 'practitioner' }],
        },
      }),
    }),
    signOut: async () => {
      isSignedIn = false
    },
    moments: async () => [
      { title: 'check-in', at: '2026-05-12T14:00:00Z' },
      { title: 'now', at: '2026-05-14T17:05:00Z' },
      { title: 'check-out', at: '2026-05-15T12:00:00Z' },
      { title: 'robe window ends', at: '2026-05-29T11:40:00Z' },
    ],
    moveClock: async (to) => {
      now = to
    },
  },
}).mount(document.getElementById('app') ?? document.body)
