import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../src/platform/database/database.test-support.ts'
import { readFiles } from '../src/platform/files.ts'
import { refusalOf, type Story, tell } from './story.test-support.ts'

/** A tag that was mistyped, live: the thing is called what is on it, and who it was and is with stays. */

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
afterEach(() => story.replayed())

const because = 'The digits were turned round'

/** A stay of its own for each story. */
async function cast() {
  const ben = await story.as('ben_ito', 'ito')
  const { id: agreement } = await ben.command('propose_agreement', {
    ...{ offering: 'off_city_stay', version: 3, relationship: 'rel_ito_with_meridian' },
    ...{ from: '2026-05-14T12:00', until: '2026-05-18T12:00', users: { guest: ['per_ben_ito'] } },
  })
  await ben.command('authorise_budget', { agreement, amount: '900.00' })
  const desk = await story.as('m_reyes', 'meridian_hotels')
  const lend = (tag: string) => desk.command('grant_access', { agreement, component: 'robe', tag })
  const itemsOf = async (asked: { known_by?: string } = {}) => {
    const { components } = await ben.query('show_agreement', { agreement, ...asked })
    return components.flatMap(({ items }) => items)
  }
  const itemOf = async (tag: string) => (await itemsOf()).find((one) => one.tag === tag)?.id ?? ''
  const kept = async () => {
    const { products } = await desk.query('show_portfolio', {})
    const things = products.flatMap(({ components }) =>
      components.flatMap(({ resources }) => resources.flatMap(({ items }) => items)),
    )
    return new Map(things.map((one) => [one.tag, one]))
  }
  return { agreement, ben, desk, lend, itemsOf, itemOf, kept }
}

describe('a thing that was lent by a wrong tag', () => {
  test('is lent, kept and charged by the right one, and asked for by it', async () => {
    const { agreement, ben, desk, lend, itemsOf, itemOf, kept } = await cast()
    await lend('robe_0716')
    const [before] = await itemsOf()
    const wrong = await itemOf('robe_0716')
    const { id: item } = await desk.command('correct_tag', {
      ...{ item: wrong, agreement, tag: 'robe_0761', because },
    })
    expect(await itemsOf()).toEqual([{ ...before, id: item, tag: 'robe_0761' }])
    await ben.command('record_kept', { agreement, component: 'robe', item })
    const { lines } = await ben.query('show_bill', { agreement, period: '2026-05' })
    expect(lines.filter(({ clause }) => clause === 'robe_price')).toMatchObject([
      { amount: '60.00' },
    ])
    const asked = await ben.query('ask_agreement', { agreement, question: { whose: 'robe_0761' } })
    expect(JSON.stringify(asked)).toContain('consumer')
    const things = await kept()
    expect(things.get('robe_0761')).toMatchObject({ was: { tag: 'robe_0716', because } })
    expect(things.has('robe_0716')).toBe(false)
    const gone = { agreement, component: 'robe', item: wrong }
    expect(await refusalOf(desk.command('take_back', gone))).toBe('item_unknown')
    // A tag is no id: it can be corrected.
    const byTag = ben.command('record_kept', { agreement, component: 'robe', item: 'robe_0761' })
    await expect(byTag).rejects.toMatchObject({
      ...{ name: 'item_unknown', pointer: '/item' },
      words: expect.stringMatching(/“robe_0761” is no id .* begins with “itm_”/) as string,
    })
  })

  test('leaves that tag to the thing that has it', async () => {
    const { agreement, desk, lend, itemsOf, itemOf } = await cast()
    await lend('robe_0717')
    await desk.command('correct_tag', {
      ...{ item: await itemOf('robe_0717'), agreement, tag: 'robe_0771', because },
    })
    await lend('robe_0717')
    const other = await itemOf('robe_0717')
    await desk.command('take_back', { agreement, component: 'robe', item: other })
    expect((await itemsOf()).map(({ tag, custody }) => [tag, custody])).toEqual([
      ['robe_0771', 'consumer'],
    ])
    const taken = { item: other, agreement, tag: 'robe_0771', because }
    expect(await refusalOf(desk.command('correct_tag', taken))).toBe('tag_must_be_free')
  })

  test('is called as it was when one looks at what was known before', async () => {
    const { agreement, desk, lend, itemsOf, itemOf } = await cast()
    await lend('robe_0718')
    const item = await itemOf('robe_0718')
    await story.moveTo('2026-05-14T20:00:00Z')
    await desk.command('correct_tag', { item, agreement, tag: 'robe_0781', because })
    await story.moveTo('2026-05-14T21:00:00Z')
    const tags = async (known_by: string) => (await itemsOf({ known_by })).map(({ tag }) => tag)
    expect(await tags('2026-05-14T19:59:00Z')).toEqual(['robe_0718'])
    expect(await tags('2026-05-14T20:30:00Z')).toEqual(['robe_0781'])
  })
})

describe('a thing in stock', () => {
  test('that came back is corrected under the agreement that it came back from', async () => {
    const { agreement, desk, lend, itemOf, kept } = await cast()
    await lend('robe_0719')
    const item = await itemOf('robe_0719')
    await desk.command('take_back', { agreement, component: 'robe', item })
    const corrected = { item, tag: 'robe_0791', because }
    const refused = 'agreement_must_be_the_things'
    expect(await refusalOf(desk.command('correct_tag', corrected))).toBe(refused)
    const { answers_to } = (await kept()).get('robe_0719') ?? {}
    expect(answers_to).toBe(agreement)
    await desk.command('correct_tag', { ...corrected, agreement })
    expect((await kept()).get('robe_0791')).toMatchObject({ custody: 'provider' })
  })

  test('is given one tag by two people at the same instant only once', async () => {
    const { agreement, desk, lend, itemOf } = await cast()
    const owner = await story.as('l_okafor', 'meridian_hotels')
    await lend('robe_0731')
    await lend('robe_0732')
    const items = await Promise.all([itemOf('robe_0731'), itemOf('robe_0732')])
    const met = await Promise.all(
      [desk, owner].map((one, place) =>
        refusalOf(
          one.command('correct_tag', {
            ...{ item: items[place] ?? '', agreement, tag: 'robe_0713', because },
          }),
        ),
      ),
    )
    expect(met.toSorted()).toEqual(['nothing was refused', 'tag_must_be_free'])
  })

  test('is corrected without an agreement, and files that still say otherwise bring nothing back', async () => {
    const { desk, kept } = await cast()
    const operator = await story.operator()
    const documents = readFiles(
      join(import.meta.dirname, '../examples/hotel'),
      2_000_000,
    ).files.map(({ file, text }) => ({
      file,
      text: text.replace('stock: 120', 'items: [ robe_0088, robe_0173, robe_0909 ]'),
    }))
    await operator.door('apply_documents', { documents })
    const before = await kept()
    const item = before.get('robe_0909')?.id ?? ''
    await desk.command('correct_tag', { item, tag: 'robe_0990', because })
    await operator.door('apply_documents', { documents })
    const after = await kept()
    expect(after.size).toBe(before.size)
    expect(after.has('robe_0909')).toBe(false)
    expect(after.get('robe_0990')).toMatchObject({ custody: 'provider', was: { because } })
    // What is here as another kind of thing is not the same, and the files are told so.
    const moved = documents.map(({ file, text }) => ({
      file,
      text: text
        .replace('items: [ robe_0088, ', 'items: [ ')
        .replace('id: welcome_gifts\n', 'id: welcome_gifts\nitems: [ robe_0088 ]\n'),
    }))
    const { lines, refused } = await operator.door('apply_documents', { documents: moved })
    expect(lines.filter((line) => line.includes('item'))).toEqual([
      'register item, robe_0088: refused, item_must_keep_its_resource. It is here already, as a thing of another resource.',
    ])
    expect(refused).toBe(1)
  })
})
