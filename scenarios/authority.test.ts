import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../src/platform/database/database.test-support.ts'
import type { CommandEndpoint, Endpoint } from '../src/platform/http/endpoint.ts'
import { platform } from '../src/platform/journal/command.ts'
import { createJournal } from '../src/platform/journal/handle.ts'
import type { Holder } from '../src/relationship/authority.ts'
import { commands, endpoints, kinds } from '../src/slices.ts'
import { callAt, candidatesIn, entriesIn, leastOf, tokenOf } from './calls.test-support.ts'
import { refusalOf, type Story, tell } from './story.test-support.ts'

/** Who may: for every command and every role exactly what the command declares, today and not the day after. */

const acting = Object.values<Endpoint>(endpoints).filter(
  (one): one is CommandEndpoint => one.is === 'command',
)

/** In the colocation everybody holds one role. */
const people = {
  'provider owner': ['m_lindqvist', 'northgate'],
  'provider practitioner': ['o_nilsen', 'northgate'],
  'consumer customer': ['f_adeyemi', 'brightline'],
  'consumer user': ['j_weber', 'brightline'],
  'consumer sponsor': ['s_keller', 'brightline'],
} as const satisfies Partial<Record<Holder, readonly [person: string, organisation: string]>>
const roles = Object.keys(people) as readonly (keyof typeof people)[]
const agreement = 'agr_rack_of_brightline'

let server: TestServer
let story: Story
beforeAll(async () => {
  server = await startTestServer()
  story = await tell(server, ['hotel', 'colocation'])
})
afterAll(async () => {
  await story.replayed()
  await story.end()
  await server.stop()
})

async function sent(endpoint: Endpoint, token?: string) {
  const input = leastOf(endpoint, candidatesIn('colocation', [agreement]))
  const called = { route: endpoint.route, input, token, key: crypto.randomUUID() }
  return callAt(story.base(), called)
}

/** The commands that do not say that the role of this person is missing. */
async function allowed(role: keyof typeof people): Promise<string[]> {
  const [person, organisation] = people[role]
  const token = await tokenOf(story.database.work, person, organisation)
  const met = await Promise.all(
    acting.map(async (one) => ({ command: one.name, name: (await sent(one, token)).name })),
  )
  return met.filter(({ name }) => name !== 'role_must_allow').map(({ command }) => command)
}

function readerAs(role: keyof typeof people) {
  const [person, organisation] = people[role]
  return story.as(person, organisation)
}

const declaredFor = (role: string) =>
  acting.filter((one) => one.roles.includes(role)).map(({ name }) => name)

test('every command says who may, in roles that there are', () => {
  for (const { roles: may } of acting) {
    expect(may.length).toBeGreaterThan(0)
    expect(roles).toEqual(expect.arrayContaining([...may]))
  }
})

describe('today', () => {
  test.for(roles)('the %s may send exactly what is declared', async (role) => {
    expect(await allowed(role)).toEqual(declaredFor(role))
  })

  test.for(roles)('the %s finds every button as the command would have it', async (role) => {
    const reader = await readerAs(role)
    const { actions, components, orders, own_facts } = await reader.query('show_agreement', {
      agreement,
    })
    const buttons = [
      ...actions,
      ...components.flatMap((one) => [
        ...one.actions,
        ...one.items.flatMap((item) => item.actions),
      ]),
      ...orders.flatMap((one) => one.actions),
      ...own_facts.map(({ record }) => record),
    ]
    const may = buttons.filter(({ refused }) => refused?.name !== 'role_must_allow')
    const declared = declaredFor(role)
    expect(may.filter(({ command }) => !declared.includes(command))).toEqual([])
    const missing = buttons.filter((one) => !may.includes(one) && declared.includes(one.command))
    // A fact that the offering lets the other side measure is not for this one to record.
    expect(missing).toEqual([])
  })

  test('a stranger is asked to sign in, whatever he sends', async () => {
    const names = await Promise.all(acting.map(async (one) => (await sent(one)).name))
    expect(new Set(names)).toEqual(new Set(['sign_in_needed']))
  })

  test.for([
    ['ana_costa', 'costa'],
    ['hugo_costa', 'costa'],
    ['m_reyes', 'meridian_hotels'],
    ['l_okafor', 'meridian_hotels'],
  ] as const)('%s of another house meets nothing, and changes nothing', async ([person, house]) => {
    const token = await tokenOf(story.database.work, person, house)
    const before = await entriesIn(story.database.work)
    const met = await Promise.all(acting.map((one) => sent(one, token)))
    const names = new Set(met.map(({ name }) => name))
    const nothing = [
      ...['agreement_not_found', 'relationship_not_found', 'offering_not_found'],
      'item_unknown',
    ]
    const own = ['role_must_allow', 'offering_must_keep_its_id', 'document_must_be_one_offering']
    const silent = new Set([...nothing, ...own])
    expect(names.difference(silent)).toEqual(new Set())
    expect(await entriesIn(story.database.work)).toBe(before)
  })
})

describe('a role', () => {
  const until = '2026-05-15'
  const holders = roles.map((role) => {
    const [side, name] = role.split(' ')
    return { side, role: name, person: `per_${people[role][0]}`, from: '2026-01-15', until }
  })
  const relationship = {
    relationship: 'rel_brightline_with_northgate',
    ...{ provider: 'org_northgate', consumer: 'org_brightline', group: 'grp_media_houses' },
    ...{ from: '2026-01-15', holders },
  }

  test('that is held until a date counts on the day before in the offering’s zone, and then no more', async () => {
    const { app: pool, work: workPool } = story.database
    const journal = createJournal({ pool, workPool, kinds, commands })
    const opened = { command: 'open_relationship', input: relationship as never, actor: platform }
    expect(await journal.handle(opened)).not.toHaveProperty('refusal')
    // The rack stands in Oslo, two hours before UTC; what is meant of no offering ends with the day in UTC.
    await story.moveTo('2026-05-14T21:59Z')
    for (const role of roles) expect(await allowed(role)).toEqual(declaredFor(role))
    const under = { agreement }
    const owner = await readerAs('provider owner')
    expect((await owner.query('show_agreement', under)).id).toBe(agreement)
    const listed = await owner.query('list_agreements', {})
    expect(listed.items.map(({ id }) => id)).toContain(agreement)
    await story.moveTo('2026-05-14T22:00Z')
    expect(await refusalOf(owner.query('show_agreement', under))).toBe('agreement_not_found')
    expect(await owner.query('list_agreements', {})).toEqual({ items: [] })
    await story.moveTo('2026-05-15T00:00Z')
    for (const role of roles) expect(await allowed(role)).toEqual([])
  })

  test('that is over lets nobody read what he read before', async () => {
    for (const role of roles) {
      const reader = await readerAs(role)
      const asked = [
        reader.query('show_agreement', { agreement }),
        reader.query('show_agreement', { agreement, at: '2026-05-14T12:00' }),
        reader.query('ask_agreement', { agreement, question: { bill: '2026-05' } }),
        reader.query('suppose_fact', { agreement, kind: 'meter_reading' }),
        reader.query('list_bills', { agreement }),
        reader.query('show_bill', { agreement, period: '2026-05' }),
      ]
      const refused = new Set(await Promise.all(asked.map(refusalOf)))
      expect(refused).toEqual(new Set(['agreement_not_found']))
      expect(await reader.query('list_agreements', {})).toEqual({ items: [] })
      expect(await reader.query('show_home', {})).toMatchObject({ runs_out: [], changed: [] })
    }
  })

  test('that is over is none to step in with', async () => {
    const { worlds } = await story.stranger().door('show_demonstration', {})
    const shown = worlds.flatMap(({ organisations }) => organisations.map(({ id }) => id))
    expect(shown).not.toContain('org_brightline')
    const [person, organisation] = people['consumer customer']
    const stepping = { person: `per_${person}`, organisation: `org_${organisation}` }
    expect(await refusalOf(story.stranger().door('step_in', stepping))).toBe('person_not_found')
  })

  test('that is over opens no task and no proposal', async () => {
    for (const role of roles) {
      const reader = await readerAs(role)
      expect((await reader.query('show_home', {})).needs).toEqual([])
      const { propose } = await reader.query('show_offering', { offering: 'off_standard_rack' })
      expect(propose.refused?.name).toBe('role_must_allow')
    }
  })
})
