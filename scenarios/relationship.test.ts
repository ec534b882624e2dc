import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { hearersOn } from '../src/agreement/hearing.store.ts'
import { startTestServer, type TestServer } from '../src/platform/database/database.test-support.ts'
import { readAs } from '../src/platform/database/transaction.ts'
import { readFiles } from '../src/platform/files.ts'
import { setClock } from '../src/platform/journal/clock.ts'
import { platform } from '../src/platform/journal/command.ts'
import { createJournal } from '../src/platform/journal/handle.ts'
import { rolesInAgreement, rolesInRelationship } from '../src/relationship/store.ts'
import { commands, kinds } from '../src/slices.ts'
import { applyActs, keepNames, planFor, readWorld } from '../src/world/apply.store.ts'
import { refusalOf, type Story, tell } from './story.test-support.ts'

/** Who acts for whom, what a provider keeps, and files that are applied again. */

let server: TestServer
let story: Story
beforeAll(async () => {
  server = await startTestServer()
  story = await tell(server, ['colocation'])
})
afterAll(async () => {
  await story.replayed()
  await story.end()
  await server.stop()
})

const relationship = 'rel_brightline_with_northgate'
const parties = { provider: 'org_northgate', consumer: 'org_brightline' }
const today = '2026-05-14'

function handled(command: string, input: object) {
  const { app: pool, work: workPool } = story.database
  const journal = createJournal({ pool, workPool, kinds, commands })
  return journal.handle({ command, input: input as never, actor: platform })
}

const opened = {
  ...{ relationship: 'rel_opened_again', ...parties, group: 'grp_media_houses' },
  from: '2026-01-15',
}
const holder = (person: string, from: string) => ({
  ...{ side: 'consumer', role: 'user', person, from },
})
const heldIn = async (id: string) =>
  (
    await story.database.owner.query(
      `select person_id, held_until from role_holder
       where relationship_id = $1 order by person_id`,
      [id],
    )
  ).rows

test('a role is ended once; one that was to begin later is held on no day; the same again writes nothing', async () => {
  const holders = [holder('per_a', '2026-01-15'), holder('per_b', '2026-09-01')]
  const more = { ...opened, holders: [...holders, holder('per_c', '2026-01-15')] }
  expect(await handled('open_relationship', more)).not.toHaveProperty('refusal')
  const fewer = { ...opened, holders: [holder('per_c', '2026-01-15')] }
  expect(await handled('open_relationship', fewer)).not.toHaveProperty('refusal')
  const ended = [
    { person_id: 'per_a', held_until: today },
    { person_id: 'per_b', held_until: '2026-09-01' },
    { person_id: 'per_c', held_until: null },
  ]
  expect(await heldIn(opened.relationship)).toEqual(ended)
  for (const _ of ['again', 'and again'])
    expect(await handled('open_relationship', fewer)).toMatchObject({
      refusal: { name: 'document_must_differ' },
    })
  const elsewhere = { ...fewer, consumer: 'org_elsewhere' }
  expect(await handled('open_relationship', elsewhere)).not.toHaveProperty('refusal')
})

test.for([
  ['register_resource', 'resource', 'id'],
  ['configure_product', 'product', 'id'],
  ['define_service', 'service', 'id'],
  ['define_target_group', 'target_group', 'group'],
] as const)('%s never takes over what another provider keeps', async ([command, table, field]) => {
  const kept = async () => (await story.database.owner.query(`select * from ${table}`)).rows
  const before = await kept()
  const input = { [field]: before[0]?.id, provider: 'org_other', document: '{}', title: 'Taken' }
  expect(await handled(command, input)).toMatchObject({
    refusal: { name: 'document_must_be_the_providers', pointer: `/${field}` },
  })
  expect(await kept()).toEqual(before)
})

test('a relationship is never taken over by another provider', async () => {
  const taken = { ...opened, relationship, provider: 'org_other', holders: [] }
  expect(await handled('open_relationship', taken)).toMatchObject({
    refusal: { name: 'document_must_be_the_providers' },
  })
})

test('a role counts for the side that is acted for, and not for the other', async () => {
  const person = 'per_m_lindqvist'
  for (const query of [
    rolesInRelationship(relationship, person),
    rolesInAgreement('agr_rack_of_brightline', person),
  ]) {
    const rolesFor = async (party: string) =>
      (await readAs(story.database.app, { person, party, role: '' }, (it) => it.query(query))).rows
        .length
    expect(await rolesFor(parties.provider)).toBeGreaterThan(0)
    expect(await rolesFor(parties.consumer)).toBe(0)
  }
})

test('the portfolio is its provider’s; costs and suppliers are its owner’s', async () => {
  const owner = await story.as('m_lindqvist', 'northgate')
  const practitioner = await story.as('o_nilsen', 'northgate')
  const customer = await story.as('f_adeyemi', 'brightline')
  const resources = async (reader: typeof owner) =>
    (await reader.query('show_portfolio', {})).products
      .flatMap(({ components }) => components)
      .flatMap((one) => one.resources)
  expect((await resources(owner)).some(({ cost, supplier }) => cost ?? supplier)).toBe(true)
  expect((await resources(practitioner)).length).toBeGreaterThan(0)
  expect((await resources(practitioner)).some(({ cost, supplier }) => cost ?? supplier)).toBe(false)
  expect(await refusalOf(resources(customer))).toBe('role_must_allow')
})

test('who holds no role is shown no relationship, no home and no side', async () => {
  const nobody = await story.as('nobody', 'northgate')
  expect((await nobody.query('list_relationships', {})).items).toEqual([])
  expect(await nobody.query('show_home', {})).toMatchObject({
    needs: [],
    runs_out: [],
    changed: [],
  })
  expect((await nobody.query('show_viewer', {})).viewer).toMatchObject({ sides: [], roles: [] })
})

test('a change is told to those who hold a role in its relationship today, and of a party’s own things to its people', async () => {
  const elsewhere = { ...parties, consumer: 'org_elsewhere' }
  const opening = (holders: readonly object[]) => ({
    ...{ ...opened, ...elsewhere, relationship: 'rel_opened_elsewhere', holders },
  })
  const zed = { ...holder('per_zed', '2026-01-15'), side: 'provider', role: 'practitioner' }
  await handled('open_relationship', opening([zed, holder('per_a', '2026-01-15')]))
  const hear = async (stream: string, of: object = parties) => {
    const heard = await hearersOn(story.database.work)({ stream, version: 1, ...of })
    const some = ['per_zed', 'per_o_nilsen'].map((one) => `${one} org_northgate`)
    return [...some, 'per_j_weber org_brightline', 'per_a org_elsewhere'].map((one) =>
      heard.has(one),
    )
  }
  expect(await hear('agr_rack_of_brightline')).toEqual([false, true, true, false])
  expect(await hear('rel_opened_elsewhere', elsewhere)).toEqual([true, false, false, true])
  expect(await hear('off_rack', { provider: 'org_northgate' })).toEqual([true, true, false, false])
  const { owner } = story.database
  await owner.query(
    `insert into envelope
     select 'env_heard', consumer_id, id, 1, 'EUR', 'per_s_keller', now()
     from agreement where id = 'agr_rack_of_brightline'`,
  )
  const budget = await hear('env_heard', { consumer: 'org_brightline' })
  await owner.query(`delete from envelope where id = 'env_heard'`)
  expect(budget).toEqual([false, false, true, false])
  await handled('open_relationship', opening([holder('per_a', '2026-01-15')]))
  expect(await hear('rel_opened_elsewhere', elsewhere)).toEqual([false, false, false, true])
})

test('the clock leaps by ten years at most', async () => {
  expect(await refusalOf(story.moveTo('2126-05-14T00:00Z'))).toBe(
    'clock_must_move_by_years_at_most',
  )
})

test('an application that was cut short is mended by the next, and in a demonstration one line says what is left out', async () => {
  const fresh = await tell(server, [])
  const { app: pool, work: workPool } = fresh.database
  const journal = createJournal({ pool, workPool, kinds, commands })
  const folder = join(import.meta.dirname, '../examples/hotel')
  const documents = readFiles(folder, 2_000_000).files.map(({ file, text }) => ({ file, text }))
  const read = readWorld(documents)
  if ('faults' in read) throw new Error('the hotel has faults')
  await keepNames(read.world, workPool)
  const acts = planFor(read.world).filter(({ under }) => under !== 'agr_stay_of_ben_ito')
  // Under an agreement that is over nothing is begun any more: the clock stands within Ana's, and Ben's has no facts.
  const until = Date.parse('2026-05-14T17:05Z')
  expect(await setClock(workPool, until)).not.toHaveProperty('refusal')
  const apply = (lot: typeof acts) => applyActs(lot, { journal, until })
  const under = acts.filter((act) => act.under !== undefined && act.at <= until)
  expect(under.length).toBeGreaterThan(1)
  await apply(acts.filter((act) => act.under === undefined || act === under[0]))
  const { lines: mended, refused } = await apply(acts)
  expect(refused).toBe(0)
  expect(mended.length).toBeGreaterThanOrEqual(under.length - 1)
  const before = await workPool.query('select count(*) from journal')
  await apply(acts)
  expect((await workPool.query('select count(*) from journal')).rows).toEqual(before.rows)
  const { lines: told } = await applyActs(acts, { journal, until, running: 'keep their story' })
  expect(told.filter((line) => line.includes('run here already'))).toEqual([
    `${under.length} facts and revisions not applied: the agreements run here already, and in a demonstration what people do from then on is their story`,
  ])
  await fresh.end()
})
