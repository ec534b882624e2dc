import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  isTooWide,
  narrow,
  openBrowser,
  type Visit,
  violations,
  visit,
} from '../browser.test-support.ts'
import { buildWeb } from './build.ts'
import { type ServedPages, servePages } from './pages.test-support.ts'

let folder: string
let wasBuilt: boolean
let kit: ServedPages
let browser: Browser
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kit-'))
  wasBuilt = await build()
  kit = await servePages(folder, 'kit.html')
  browser = await openBrowser()
}, 60_000)
afterAll(async () => {
  await browser?.close()
  await kit?.close()
  await rm(folder, { recursive: true, force: true })
})

const build = () => buildWeb({ folder, say: () => undefined, pages: ['kit.html'] })

/** Opens a screen of the kit, looks at it with `look`, and expects that nothing went wrong meanwhile. */
async function at(path: string, look: (page: Page) => Promise<void>, as: Visit = {}) {
  const { page, wrongs } = await visit(browser, `${kit.url}${path}`, as)
  try {
    await page.locator('h1').waitFor()
    await look(page)
    expect(wrongs).toEqual([])
  } finally {
    await page.context().close()
  }
}

const focused = (page: Page) => page.evaluate<string>('document.activeElement.textContent')

test('pages are built once, and again when a source, the packages or the choice of pages differ', async () => {
  expect([wasBuilt, await build()]).toEqual([true, false])
  await rm(join(folder, 'built-from.json'))
  expect(await build()).toBe(true)
}, 60_000)

describe('a screen', () => {
  test.each(['/', '/home', '/controls', '/sign-in', '/nowhere'])(
    'has no fault of accessibility in light, in dark and on a phone, and fits it: %s',
    async (path) => {
      await at(path, async (page) => {
        expect(await violations(page)).toEqual([])
        await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' })
        expect(await violations(page)).toEqual([])
        await page.setViewportSize(narrow)
        expect(await violations(page)).toEqual([])
        expect(await isTooWide(page)).toBe(false)
      })
    },
  )
})

describe('a sentence with slots', () => {
  test('is asked by keyboard alone', async () => {
    await at('/', async (page) => {
      const slot = page.getByRole('combobox', { name: 'Component: bathrobe' })
      await slot.focus()
      await page.keyboard.press('Enter')
      await page.getByRole('listbox').waitFor()
      expect(await violations(page)).toEqual([])
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('Enter')
      await page.getByRole('combobox', { name: 'Component: double room' }).waitFor()
      expect(await focused(page)).toBe('double room')
      await page.keyboard.press('Tab')
      expect(await focused(page)).toBe('check-out')
    })
  })

  test('finds a word in a long list, and Escape leaves it as it was', async () => {
    await at('/controls', async (page) => {
      await page.getByRole('combobox', { name: 'Room: room 412' }).press('Enter')
      await page.getByRole('textbox', { name: 'Search room' }).fill('404')
      await page.keyboard.press('Enter')
      await page.getByRole('combobox', { name: 'Room: room 404' }).press('Enter')
      await page.keyboard.press('Escape')
      await page.getByRole('listbox').waitFor({ state: 'hidden' })
      expect(await page.getByRole('combobox', { name: 'Room: room 404' }).count()).toBe(1)
    })
  })

  test('takes an entered number, and an instant in the zone of the agreement', async () => {
    await at('/controls', async (page) => {
      await page.getByRole('button', { name: 'How many: 3 guests' }).press('Enter')
      await page.getByRole('textbox', { name: 'How many' }).fill('5')
      expect(await violations(page)).toEqual([])
      await page.keyboard.press('Enter')
      await page.getByRole('button', { name: 'How many: 5 guests' }).waitFor()
    })
    await at(
      '/',
      async (page) => {
        await page.getByRole('combobox', { name: 'When: check-out' }).click()
        await page.getByLabel('At another time').fill('2026-05-15T14:20')
        await page.getByRole('button', { name: 'Take it' }).click()
        await page.getByRole('combobox', { name: 'When: 15 May 2026, 14:20' }).waitFor()
      },
      { zone: 'Asia/Tokyo' },
    )
  })
})

describe('a clause', () => {
  test('is lit and reached by the citation that is followed, one at a time', async () => {
    await at('/', async (page) => {
      await page.getByRole('link', { name: 'decided by clause 3.1' }).press('Enter')
      expect(await page.locator('#clause-robe_price').getAttribute('data-lit')).toBe('true')
      expect(await page.evaluate('document.activeElement.id')).toBe('clause-robe_price')
      await page.getByRole('link', { name: 'clause 3.2' }).press('Enter')
      expect(await page.locator('[data-lit]').count()).toBe(1)
    })
  })
})

test('a citation on another page leads to the clause, lit and in view', async () => {
  await at('/home', async (page) => {
    await page.getByRole('link', { name: 'clause 3.1' }).click()
    const clause = page.locator('#clause-robe_price')
    await clause.waitFor()
    expect(await clause.getAttribute('data-lit')).toBe('true')
    expect(page.url()).toMatch(/\/#clause-robe_price$/)
  })
})

test('what is not agreed and what is not known are said, and what is asked stands in the address', async () => {
  await at('/', async (page) => {
    await page.getByRole('button', { name: 'May I…' }).click()
    await page.getByRole('heading', { name: 'Answer: Not agreed' }).waitFor()
    await page.getByText('not the same as nothing due').waitFor()
    await page.getByRole('button', { name: 'By when…' }).click()
    await page.getByRole('heading', { name: 'Answer: Not known' }).waitFor()
    await page.getByText('Not recorded yet: when she leaves.').waitFor()
    expect(await violations(page)).toEqual([])
    await page.reload()
    await page.getByRole('heading', { name: 'Answer: Not known' }).waitFor()
    expect(new URL(page.url()).search).toBe('?question=due')
  })
})

describe('a button', () => {
  test('that is off stays in its place, says why, and does nothing', async () => {
    await at('/controls', async (page) => {
      const off = page.getByRole('button', { name: 'Authorise 432.00' })
      expect(await off.getAttribute('aria-disabled')).toBe('true')
      const reason = await off.getAttribute('aria-describedby')
      expect(await page.locator(`[id="${reason}"]`).textContent()).toBe('as sponsor, once accepted')
      await off.press('Enter')
      expect(await off.getAttribute('aria-busy')).toBeNull()
    })
  })

  test('shows that it works and that it was done, without moving what stands around', async () => {
    await at('/controls', async (page) => {
      const button = page.getByRole('button', { name: 'Accept as customer' })
      const before = await button.boundingBox()
      await button.press('Enter')
      expect(await button.getAttribute('aria-busy')).toBe('true')
      await page.getByRole('status').filter({ hasText: 'Accepted' }).waitFor()
      expect(await button.boundingBox()).toEqual(before)
    })
  })

  test('says beneath itself what was refused', async () => {
    await at('/controls', async (page) => {
      await page.getByRole('button', { name: 'Change a term' }).click()
      await page.getByRole('alert').filter({ hasText: 'covers 620.00' }).first().waitFor()
      expect(await page.getByRole('button', { name: 'Change a term' }).isVisible()).toBe(true)
    })
  })
})

describe('a button that cannot be undone', () => {
  test('says first what follows, and is left or pressed again by keyboard alone', async () => {
    await at('/controls', async (page) => {
      const decline = page.getByRole('button', { name: 'Decline' }).first()
      const asked = page.getByRole('dialog', { name: 'Decline' })
      await decline.press('Enter')
      await asked.getByText('The proposal is over for both sides.').waitFor()
      expect(await violations(page)).toEqual([])
      await page.keyboard.press('Escape')
      await asked.waitFor({ state: 'hidden' })
      expect(await focused(page)).toBe('Decline')
      await decline.press('Enter')
      await asked.waitFor()
      await expect.poll(() => focused(page)).toBe('Decline')
      await page.keyboard.press('Enter')
      await page.getByRole('status').filter({ hasText: 'Declined' }).waitFor()
    })
  })
})

test('what is sent again after silence keeps its request key', async () => {
  await at('/controls', async (page) => {
    const button = page.getByRole('button', { name: 'Ask for a fan' })
    await button.click()
    await page.getByText('Nobody answers.').waitFor()
    await button.click()
    await page.getByText('sent 2 times with 1 keys').waitFor()
  })
})

describe('a form', () => {
  test('names what is missing, each at its field, and goes to the first', async () => {
    await at('/controls', async (page) => {
      await page.getByRole('button', { name: 'Record it' }).click()
      expect(await page.getByLabel('When she left').getAttribute('aria-invalid')).toBe('true')
      expect(await page.evaluate('document.activeElement.name')).toBe('at')
      await page.getByText('Paid at the desk is needed.').waitFor()
      expect(await violations(page)).toEqual([])
    })
  })

  test('places a refusal at the field of its pointer', async () => {
    await at('/controls', async (page) => {
      await page.getByLabel('When she left').fill('2026-05-15T14:20')
      const paid = page.getByLabel('Paid at the desk')
      await paid.fill('700')
      await page.keyboard.press('Enter')
      await page.getByText('The budget covers 620.00').nth(1).waitFor()
      expect(await paid.getAttribute('aria-invalid')).toBe('true')
      await paid.fill('600')
      await page.keyboard.press('Enter')
      await page.getByRole('status').filter({ hasText: 'Done' }).waitFor()
    })
  })
})

describe('the line of time', () => {
  test('is one stop of the Tab key; arrows go from mark to mark, and each says what it is', async () => {
    await at('/', async (page) => {
      await page.locator('figure button').first().focus()
      await page.keyboard.press('ArrowDown')
      expect(await focused(page)).toContain('On loan to Ana Costa, since 12 May 2026, 15:12')
      await page.getByRole('tooltip').waitFor()
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('ArrowRight')
      expect(await focused(page)).toContain('answered after 14 minutes: late')
      await page.keyboard.press('Tab')
      expect(await focused(page)).toBe('As a table')
    })
  })

  test('stands beneath as a table', async () => {
    await at('/', async (page) => {
      await page.getByText('As a table').click()
      expect(await page.getByRole('table').getByRole('row').count()).toBe(9)
      expect(await violations(page)).toEqual([])
    })
  })
})

describe('the app', () => {
  test('asks again only for what names the stream that changed, and for all when the clock moves', async () => {
    await at('/controls', async (page) => {
      const times = async (id: string) =>
        Number(/\d+/.exec((await page.getByTestId(id).textContent()) ?? '')?.[0])
      await expect.poll(kit.readers).toBe(1)
      await expect
        .poll(async () => (await times('asked')) + (await times('other')))
        .toBeGreaterThan(1)
      const changed = async () => {
        const before = await times('asked')
        kit.tell('change', { stream: 'agr_stay', version: 2 })
        await expect.poll(() => times('asked')).toBeGreaterThan(before)
      }
      // What was asked before the page listened it asks again as soon as it does: that is over after the second.
      await changed()
      await changed()
      const other = await times('other')
      await changed()
      expect(await times('other')).toBe(other)
      kit.tell('clock', { now: '2026-05-15T12:00:00Z' })
      await expect.poll(() => times('other')).toBe(other + 1)
    })
  })

  test('moves the clock of the demonstration forward alone', async () => {
    await at('/', async (page) => {
      await page.getByText('Demonstration clock').click()
      expect(await page.getByRole('button', { name: /^check-in/ }).isDisabled()).toBe(true)
      await page.getByRole('button', { name: /^check-out/ }).click()
      await page.locator('summary time', { hasText: '15 May 2026, 13:00' }).waitFor()
    })
  })

  test('leads to the sign-in after signing out, and from there on', async () => {
    await at('/', async (page) => {
      await page.getByRole('button', { name: 'Sign out' }).click()
      await page.getByRole('heading', { name: 'Step into someone' }).waitFor()
      await page.goBack()
      await page.getByRole('heading', { name: 'Step into someone' }).waitFor()
    })
  })

  test('goes to another page without loading, brings the reader to its start, and names it', async () => {
    await at('/', async (page) => {
      await page.getByRole('link', { name: 'Catalogue' }).click()
      await page.getByRole('heading', { name: 'What you could have' }).waitFor()
      expect(await page.evaluate('document.activeElement.id')).toBe('content')
      expect(await page.title()).toBe('What you could have · Tessera')
    })
  })

  test('keeps the choice of light or dark, from the first paint on', async () => {
    await at('/', async (page) => {
      await page.getByRole('button', { name: /^Appearance/ }).click()
      await page.getByRole('button', { name: /^Appearance: Light/ }).click()
      await page.reload({ waitUntil: 'commit' })
      await page.locator('html[data-mantine-color-scheme="dark"]').waitFor({ state: 'attached' })
    })
  })

  test('skips to the content, and on a phone has every place beneath More', async () => {
    await at('/', async (page) => {
      await page.keyboard.press('Tab')
      expect(await focused(page)).toBe('Skip to the content')
      await page.keyboard.press('Enter')
      expect(await page.evaluate('document.activeElement.id')).toBe('content')
    })
    await at(
      '/',
      async (page) => {
        await page.getByRole('button', { name: 'More' }).click()
        const places = page.getByRole('navigation', { name: 'All places' })
        await places.waitFor()
        expect(await violations(page)).toEqual([])
        await places.getByRole('link', { name: 'Catalogue' }).click()
        await page.getByRole('heading', { name: 'What you could have' }).waitFor()
        await places.waitFor({ state: 'hidden' })
      },
      { size: narrow },
    )
  })

  test('says what failed instead of a page, and leaves the rest standing', async () => {
    const { page } = await visit(browser, `${kit.url}/fails`)
    await page.getByRole('alert').filter({ hasText: 'The agreement has ended.' }).waitFor()
    expect(await page.getByRole('navigation', { name: 'Places' }).isVisible()).toBe(true)
    expect(await page.locator('h1').textContent()).toBe('This page cannot be shown')
    const elsewhere = page.getByRole('navigation', { name: 'Elsewhere' })
    await elsewhere.getByRole('link', { name: 'Home' }).click()
    await page.waitForURL(/\/home$/)
    await page.context().close()
  })

  test('prints the contract without questions, navigation and what only one side sees', async () => {
    await at('/', async (page) => {
      await page.emulateMedia({ media: 'print' })
      const seen = (text: string) => page.getByText(text, { exact: false }).first().isVisible()
      expect(await seen('A double room, at 140.00')).toBe(true)
      expect(await seen('Ask the agreement')).toBe(false)
      expect(await seen('margin 97.60')).toBe(false)
      expect(await page.getByRole('navigation', { name: 'Places' }).isVisible()).toBe(false)
    })
  })
})
