import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../src/platform/database/database.test-support.ts'
import { refusalOf, type Story, tell } from './story.test-support.ts'

let server: TestServer
let story: Story
beforeAll(async () => {
  server = await startTestServer()
  story = await tell(server, ['hotel'])
})
afterAll(async () => {
  await story.end()
  await server.stop()
})

const agreement = 'agr_stay_of_ana_costa'

test('a provider with many things sees the first of each resource, their number, and the rest by the page', async () => {
  const desk = await story.as('m_reyes', 'meridian_hotels')
  const robes = async () => {
    const { products } = await desk.query('show_portfolio', {})
    const all = products.flatMap(({ components }) => components.flatMap((one) => one.resources))
    return all.find(({ items }) => items.some(({ tag }) => tag.startsWith('robe')))
  }
  const before = await robes()
  expect(before?.items).toHaveLength(before?.things ?? 0)
  expect(before).not.toHaveProperty('next')
  const tags = Array.from({ length: 104 }, (_, place) => `robe_1${String(place).padStart(3, '0')}`)
  for (const tag of tags) await desk.command('grant_access', { agreement, component: 'robe', tag })
  const after = await robes()
  const things = (before?.things ?? 0) + tags.length
  expect(after).toMatchObject({ things, next: after?.items.at(-1)?.tag })
  expect(after?.stock?.on_hand).toBe(String(Number(before?.stock?.on_hand) - tags.length))
  expect(after?.items).toHaveLength(100)
  const resource = after?.id ?? ''
  const paged = [...(after?.items ?? [])]
  for (let cursor = after?.next; cursor !== undefined; ) {
    const page = await desk.query('list_things', { resource, cursor, limit: 2 })
    paged.push(...page.items)
    cursor = page.next
  }
  expect(paged).toHaveLength(things)
  expect(paged).toEqual(
    (await desk.query('list_things', { resource, limit: 100 })).items.concat(paged.slice(100)),
  )
  expect(paged.filter(({ tag, holder }) => tags.includes(tag) && holder)).toHaveLength(104)
})

test('the things of a provider are for its staff, and another sees none of them', async () => {
  const list = async (person: string, organisation: string) =>
    (await story.as(person, organisation)).query('list_things', { resource: 'res_bathrobes' })
  expect(await refusalOf(list('ana_costa', 'costa'))).toBe('role_must_allow')
})
