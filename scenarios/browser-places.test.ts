import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isTooWide, narrow, violations, wide } from '../src/platform/browser.test-support.ts'
import { startTestServer, type TestServer } from '../src/platform/database/database.test-support.ts'
import { openPages, type Pages, type Person, seen } from './pages.test-support.ts'
import { type Story, tell } from './story.test-support.ts'

/** The places around an agreement, in a real browser on both worlds. The clock begins on 14 May 2026, 18:05 in Lisbon. */

let server: TestServer
let pages: Pages
let story: Story
beforeAll(async () => {
  ;[server, pages] = await Promise.all([startTestServer(), openPages()])
  story = await tell(server, ['hotel', 'colocation'], pages.folder)
}, 60_000)
afterAll(async () => {
  await story.end()
  await Promise.all([pages.end(), server.stop()])
})

const stay = 'agr_stay_of_ana_costa'
const owner: Person = 'l_okafor@meridian_hotels'
const desk: Person = 'm_reyes@meridian_hotels'
const ana: Person = 'ana_costa@costa'

/** Opens it, does something there, and sees that nothing went wrong meanwhile. */
async function at(path: string, as: Person | undefined, act: (page: Page) => Promise<void>) {
  const origin = story.base().replace(/\/api$/, '')
  const { page, wrongs } = await seen(pages.browser, `${origin}${path}`, { ...(as && { as }) })
  page.setDefaultTimeout(8000)
  await act(page)
  await page.context().close()
  // What is refused is answered with 409, a question that a sign-out overtakes with 401; browsers log both by themselves.
  expect(wrongs.filter((one) => !/status of (409|401)/.test(one))).toEqual([])
}

/** Presses Tab until what is focused reads so. */
async function tabTo(page: Page, words: RegExp) {
  for (let step = 0; step < 20; step += 1) {
    await page.keyboard.press('Tab')
    if (words.test((await page.locator(':focus').textContent()) ?? '')) return
  }
  throw new Error(`nothing that reads ${words} is reached by Tab`)
}

const perspective = (page: Page) => page.getByRole('region', { name: 'Perspective' })
const places = (page: Page) =>
  page.getByRole('navigation', { name: 'Places', exact: true }).getByRole('link')

describe('signing in', () => {
  test('as each role gives its perspective and the menu of its side', async () => {
    const shared = ['Home', 'Catalogue', 'Agreements', 'Relationships']
    const provider = ['Home', 'Catalogue', 'Portfolio', 'Agreements', 'Relationships']
    const people = [
      ['Lewis Okafor', 'Meridian Hotels', 'provider · owner', provider],
      ['Marta Reyes', 'Meridian Hotels', 'provider · practitioner', provider],
      ['Hugo Costa', 'Ana Costa', 'consumer · sponsor', shared],
    ] as const
    await at('/sign-in', undefined, async (page) => {
      for (const [person, organisation, role, menu] of people) {
        await page.getByRole('button', { name: `Step in as ${person}` }).click()
        await page.getByRole('heading', { name: `Good evening, ${person.split(' ')[0]}` }).waitFor()
        expect(await perspective(page).innerText()).toContain(organisation)
        expect(await perspective(page).innerText()).toContain(`${person} · ${role}`)
        expect(await places(page).allInnerTexts()).toEqual(menu)
        expect(await page.title()).toBe(`Good evening, ${person.split(' ')[0]} · Tessera`)
        await perspective(page).getByRole('button', { name: 'Sign out' }).click()
        await page.getByRole('heading', { name: 'Step into someone' }).waitFor()
      }
    })
  })

  test('works by keyboard alone', async () => {
    await at('/sign-in', undefined, async (page) => {
      await page.getByRole('button', { name: 'Colocation' }).waitFor()
      await tabTo(page, /^Colocation/)
      await page.keyboard.press('Enter')
      await page.getByRole('button', { name: /^Step in as Ola Nilsen/ }).waitFor()
      await tabTo(page, /^Step in as Ola Nilsen/)
      await page.keyboard.press('Enter')
      await page.getByRole('heading', { name: 'Good evening, Ola' }).waitFor()
      expect(await perspective(page).innerText()).toContain('Northgate Data Centres AS')
    })
  })

  test('is what a stranger is led to, who otherwise sees the catalogue', async () => {
    await at('/agreements', undefined, async (page) => {
      await page.getByRole('button', { name: 'Step in as a stranger' }).click()
      await page.getByRole('heading', { name: 'What you could have' }).waitFor()
      expect(await places(page).allInnerTexts()).toEqual(['Sign in', 'Catalogue'])
      const propose = page.getByRole('button', { name: 'Propose City stay' })
      expect(await propose.getAttribute('aria-disabled')).toBe('true')
      await page.getByText('Sign in to propose an agreement.').first().waitFor()
    })
  })
})

describe('the catalogue', () => {
  test('is searched in words in any order, and filtered by a sentence', async () => {
    await at('/catalogue', ana, async (page) => {
      const links = page.getByRole('main').getByRole('heading', { level: 3 }).getByRole('link')
      await links.nth(1).waitFor()
      expect(await links.allInnerTexts()).toEqual(['City stay', 'Standard rack'])
      await page.getByRole('searchbox').fill('routers EDGE')
      await page.getByText('1 offering', { exact: true }).waitFor()
      expect(await links.allInnerTexts()).toEqual(['Standard rack'])
      expect(new URL(page.url()).searchParams.get('search')).toBe('routers EDGE')
      await page.getByRole('searchbox').fill('no such thing')
      await page.getByRole('heading', { name: 'Nothing fits that' }).waitFor()
      await page.getByRole('button', { name: 'Show everything' }).click()
      await links.nth(1).waitFor()
      await page.getByRole('combobox', { name: /^Target group/ }).click()
      await page.getByRole('option', { name: 'leisure guests' }).click()
      await page.getByText('1 offering', { exact: true }).waitFor()
      expect(await links.allInnerTexts()).toEqual(['City stay'])
    })
  })
})

describe('a proposal', () => {
  test('of the owner stands on the customer’s home without reloading, and is accepted there', async () => {
    await at('/', ana, async (home) => {
      await home.getByText('Nothing waits for you.').waitFor()
      await at('/catalogue', owner, async (page) => {
        await page.getByRole('button', { name: 'Propose City stay' }).click()
        await page.getByRole('button', { name: 'Propose', exact: true }).click()
        await page.getByText('From is needed.').waitFor()
        await page.getByLabel('From', { exact: true }).fill('2026-06-12T15:00')
        await page.getByLabel('Until', { exact: true }).fill('2026-06-14T12:00')
        await page.getByLabel('Room rate').fill('125.00')
        await page.getByRole('button', { name: 'Propose', exact: true }).click()
        await page.waitForURL(/\/agreements\/agr_/)
      })
      const accept = home.getByRole('button', { name: 'Accept' })
      await accept.waitFor()
      await accept.click()
      await home.getByRole('dialog').getByRole('button', { name: 'Accept' }).click()
      await home.getByText('Nothing waits for you.').waitFor()
      await home.getByText('Ana Costa accepted').waitFor()
    })
    await at('/', 'hugo_costa@costa', async (page) => {
      await page.getByRole('button', { name: 'Authorise' }).waitFor()
    })
  })

  test('cannot end before it starts, and says so at its field', async () => {
    await at('/offerings/off_city_stay', owner, async (page) => {
      await page.getByLabel('From', { exact: true }).fill('2026-07-12T15:00')
      await page.getByLabel('Until', { exact: true }).fill('2026-07-10T12:00')
      await page.getByRole('button', { name: 'Propose', exact: true }).click()
      await page.getByText('An agreement has to end after it starts.').waitFor()
      expect(await page.getByLabel('Until', { exact: true }).getAttribute('aria-invalid')).toBe(
        'true',
      )
    })
  })
})

describe('an offering', () => {
  test('is drafted, its faults are told, and what is sound is published as the next version', async () => {
    await at('/offerings/off_city_stay', owner, async (page) => {
      const terms = page.getByRole('textbox', { name: 'Terms in the offering language' })
      const sound = await terms.inputValue()
      const isSound = page.getByText('Sound.')
      await isSound.waitFor()
      await terms.fill(`${sound}# more`)
      await page.getByText('The text differs from what was checked').waitFor()
      expect(await isSound.count()).toBe(0)
      await terms.fill(sound.replace('of: room', 'of: no_such_room'))
      await page.getByRole('button', { name: 'Keep as the draft' }).click()
      await page.getByRole('list', { name: 'Faults' }).waitFor()
      const publish = page.getByRole('button', { name: 'Publish' })
      expect(await publish.getAttribute('aria-disabled')).toBe('true')
      await terms.fill(sound.replace('amount: "60.00"', 'amount: "65.00"'))
      await page.getByRole('button', { name: 'Keep as the draft' }).click()
      await page.getByText('Sound.').waitFor()
      await publish.click()
      await page.getByText('Version 4').waitFor()
      await page.getByText('65.00 for the bathrobe').waitFor()
    })
    await at('/offerings/off_city_stay', desk, async (page) => {
      const keep = page.getByRole('button', { name: 'Keep as the draft' })
      expect(await keep.getAttribute('aria-disabled')).toBe('true')
    })
  })
})

describe('the portfolio', () => {
  test('shows an item that leaves the stock as it leaves, and what hides from consumers', async () => {
    await at('/portfolio', owner, async (page) => {
      const robes = page.getByRole('button', { name: /^Bathrobes/ })
      await robes.getByText('119 of 120 on hand').waitFor()
      await page.getByText('hidden from consumers', { exact: false }).first().waitFor()
      const marta = await story.as('m_reyes', 'meridian_hotels')
      const { components } = await marta.query('show_agreement', { agreement: stay })
      const item = components.find(({ id }) => id === 'robe')?.free_items?.[0]?.id ?? ''
      await marta.command('grant_access', { agreement: stay, component: 'robe', item })
      await robes.getByText('118 of 120 on hand').waitFor()
      await robes.click()
      expect(await page.getByRole('button', { pressed: true }).count()).toBe(1)
    })
  })

  test('corrects a mistyped tag where the thing stands, with what it was and why beside it', async () => {
    await at('/portfolio', owner, async (page) => {
      const things = page.getByRole('list', { name: 'Single things' })
      await things.getByRole('button', { name: 'Correct the tag' }).first().click()
      await page.getByLabel('The tag that is on it').fill('robe_0880')
      await page.getByRole('button', { name: 'Correct it' }).click()
      await page.getByLabel('How the wrong one came about').fill('Read the wrong way round')
      await page.getByRole('button', { name: 'Correct it' }).click()
      await things.getByText('Robe 0880').waitFor()
      await things.getByText('by mistake: Read the wrong way round').waitFor()
      await page.getByRole('button', { name: 'Correct it' }).waitFor({ state: 'detached' })
    })
  })
})

describe('the clock', () => {
  test('moves to a moment of the world, and what ends by then has ended', async () => {
    await at('/', desk, async (page) => {
      await page.getByText('Demonstration clock').click()
      await page.getByRole('button', { name: /^the agreed period is over/ }).click()
      await page.getByText('15 May 2026, 13:00').first().waitFor()
      await page.getByRole('link', { name: 'Agreements', exact: true }).first().click()
      await page.getByRole('button', { name: 'Ended' }).click()
      await page.getByRole('link', { name: /^City stay, 12/ }).waitFor()
    })
  })
})

/** Everything has arrived, nothing is in the way of anybody, and nothing is wider than the window. */
async function clean(page: Page) {
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.locator('[role=status], [aria-busy=true]').first().waitFor({ state: 'detached' })
  expect(await violations(page)).toEqual([])
  expect(await isTooWide(page)).toBe(false)
}

describe('every place', () => {
  const seenBy: readonly (readonly [string, Person | undefined])[] = [
    ['/sign-in', undefined],
    ['/catalogue', undefined],
    ['/', desk],
    ['/agreements', ana],
    ['/agreements?status=withdrawn', ana],
    ['/offerings/off_city_stay', owner],
    ['/portfolio', owner],
    ['/relationships', ana],
    ['/nowhere', ana],
  ]
  test.each(seenBy)('%s is clean in both themes and as on a phone', async (path, as) => {
    await at(path, as, async (page) => {
      await clean(page)
      await page.setViewportSize(narrow)
      await clean(page)
      await page.setViewportSize(wide)
      await page.emulateMedia({ colorScheme: 'dark' })
      // As who prefers dark opens it.
      await page.reload()
      await clean(page)
      expect(await page.title()).toMatch(/ · Tessera$/)
    })
  })
})
