import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  isTooWide,
  narrow,
  openBrowser,
  type Visited,
  violations,
  visit,
  wide,
} from '../src/platform/browser.test-support.ts'
import { startTestServer, type TestServer } from '../src/platform/database/database.test-support.ts'
import { buildWeb } from '../src/platform/web/build.ts'
import { type Story, tell } from './story.test-support.ts'

/** The agreement's page and its charges, in a browser. The clock begins on 14 May 2026, 18:05 in Lisbon. */

const stay = '/agreements/agr_stay_of_ana_costa'
const rack = '/agreements/agr_rack_of_brightline'

let server: TestServer
let browser: Browser
let folder: string
let story: Story
let visits: Visited[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'agreement-pages-'))
  const building = buildWeb({ folder, say: () => undefined })
  ;[server, browser] = await Promise.all([startTestServer(), openBrowser()])
  await building
})
afterAll(async () => {
  await Promise.all([browser.close(), server.stop(), rm(folder, { recursive: true })])
})
beforeEach(async () => {
  story = await tell(server, ['hotel', 'colocation'], folder)
})
afterEach(async () => {
  // A refusal is an answer; the browser's console calls it an error all the same.
  const wrongs = visits.flatMap((one) =>
    one.wrongs.filter((wrong) => !/status of (400|404|409)/.test(wrong)),
  )
  await Promise.all(visits.map(({ page }) => page.context().close()))
  visits = []
  await story.replayed()
  await story.end()
  expect(wrongs).toEqual([])
})

const origin = () => story.base().replace(/\/api$/, '')

/** A page that somebody has open, in a browser of his own. */
async function open(who: string, path: string): Promise<Page> {
  const [person, organisation] = who.split('@')
  const entered = await fetch(`${story.base()}/demonstration/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: origin() },
    body: JSON.stringify({ person: `per_${person}`, organisation: `org_${organisation}` }),
  })
  const [name = '', value = ''] = (entered.headers.get('set-cookie') ?? '').split(/[=;]/)
  const cookie = { name, value, domain: '127.0.0.1', path: '/', expires: -1 }
  const kept = { ...cookie, httpOnly: true, secure: false, sameSite: 'Strict' as const }
  const storageState = { cookies: [kept], origins: [] }
  const visited = await visit(browser, `${origin()}${path}`, { storageState })
  visits.push(visited)
  visited.page.setDefaultTimeout(12_000)
  return visited.page
}

const card = (page: Page, title: string) => page.getByRole('region', { name: title })
const row = (page: Page, title: string, words: string | RegExp) =>
  card(page, title).getByRole('listitem').filter({ hasText: words })
/** What cannot be undone says first what follows. */
const sure = (page: Page, name: string) =>
  page.getByRole('dialog').getByRole('button', { name }).click()
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).click()

describe('an agreement’s page', () => {
  test('answers what keeping a thing costs, does it, and shows it to the other side at once', async () => {
    const [ana, desk] = await Promise.all([
      open('ana_costa@costa', stay),
      open('m_reyes@meridian_hotels', stay),
    ])
    const keeping = row(desk, 'What may be done', 'Robe 0173')
    await keeping.getByText('Ana Costa holds it').waitFor()

    const ask = card(ana, 'Ask the agreement')
    await ask.getByRole('heading', { name: 'Answer: 60.00 EUR' }).waitFor()
    expect(await ask.getByRole('link', { name: 'decided by clause 4.3' }).count()).toBe(1)
    await ana.locator('#clause-robe_price[data-lit]').waitFor()
    await press(ana, 'Record that Ana Costa keeps it')

    await keeping.getByText('Ana Costa owns and holds it').waitFor()
    await row(ana, 'What may be done', 'Robe 0173')
      .getByText('Only what is lent under this agreement')
      .first()
      .waitFor()

    await ana.getByRole('link', { name: 'Charges' }).click()
    await ana.getByRole('link', { name: 'May 2026', exact: true }).click()
    const line = row(ana, 'Statement', 'Robe price')
    await line.getByRole('button').click()
    expect(await line.innerText()).toMatch(/4\.3[\s\S]*60\.00[\s\S]*Kept, robe 0173/)
    await card(ana, 'Statement').getByText('480.00').waitFor()
  })

  test('asks whether, by when, whose and how much, in the words of the agreement', async () => {
    const page = await open('ana_costa@costa', stay)
    const ask = card(page, 'Ask the agreement')
    const answers = async (question: string, answer: string, clause: string) => {
      await ask.getByRole('button', { name: question }).click()
      await ask.getByRole('heading', { name: `Answer: ${answer}` }).waitFor()
      expect(await ask.innerText()).toContain(clause)
    }
    await answers('May I…', 'Yes', 'decided by clause 3')
    await answers('By when…', '13 May 2026, 22:50', 'decided by clause 5.1')
    await answers('Was it kept…', 'Yes', 'decided by clause 5.1')
    await answers('Who owns…', 'Ana Costa', 'In the custody of Ana Costa')
    await answers('What does it come to…', '420.00 EUR', 'Not final')
  })

  test('asks what is to be done, what follows, and what a change or an end would come to', async () => {
    const page = await open('o_nilsen@northgate', rack)
    const ask = card(page, 'Ask the agreement')
    const answers = async (question: string, answer: string, words: string) => {
      await ask.getByRole('button', { name: question }).click()
      await ask.getByRole('heading', { name: `Answer: ${answer}` }).waitFor()
      expect(await ask.innerText()).toContain(words)
    }
    await answers(
      'What is to be done…',
      '1 duty',
      'Northgate Data Centres AS, by 15 May 2026, 06:20',
    )
    await answers('What follows…', 'Nothing due', 'Answer to a request for remote hands')
    await answers('What if it ended…', 'Not agreed', 'No clause speaks of it')
    await answers('What is committed…', '26730.54 EUR', 'no bound')
    await ask.getByRole('button', { name: 'What if it changed…' }).click()
    await ask.getByRole('combobox', { name: /^What: / }).click()
    await page.getByRole('option', { name: /cross-connects|connections/ }).click()
    await ask.getByRole('button', { name: /connect.*: /i }).click()
    await page
      .getByRole('dialog', { name: /connect/i })
      .getByRole('textbox')
      .fill('4')
    await page.keyboard.press('Enter')
    // A changed price counts from the next month on.
    await ask.getByRole('heading', { name: 'Answer: Nothing due' }).waitFor()
    expect(await violations(page)).toEqual([])
  })

  test('keeps a button that is off in its place, and says why a command was refused', async () => {
    const page = await open('m_reyes@meridian_hotels', stay)
    const kit = row(page, 'What may be done', 'Toiletries and chocolates')
    await kit.getByText('It was handed over, and is the consumer’s.').waitFor()
    const robe = row(page, 'What may be done', 'Bathrobe')
    await robe.getByRole('button', { name: 'Grant' }).click()
    await page.getByLabel('Or a new one, by its tag').fill('Robe 200')
    await page.locator('form').getByRole('button', { name: 'Grant' }).click()
    await page.getByText('Write a small letter, then small letters').waitFor()
    await page.getByLabel('Or a new one, by its tag').fill('robe_0173')
    await page.locator('form').getByRole('button', { name: 'Grant' }).click()
    await page.getByText('Access is granted already.').waitFor()
    await page.getByLabel('Or a new one, by its tag').fill('robe_0200')
    await page.locator('form').getByRole('button', { name: 'Grant' }).click()
    await row(page, 'What may be done', 'Robe 0200').getByText('Ana Costa holds it').waitFor()
  })

  test('leads a proposal through acceptance and budget, whose amount the provider is not shown', async () => {
    const owner = await story.as('l_okafor', 'meridian_hotels')
    const { id } = await owner.command('propose_agreement', {
      ...{ offering: 'off_city_stay', relationship: 'rel_costa_with_meridian' },
      ...{ from: '2026-06-01T15:00', until: '2026-06-03T12:00' },
      users: { guest: ['per_ana_costa'] },
    })
    const path = `/agreements/${id}`
    const [ana, hugo, desk] = await Promise.all([
      open('ana_costa@costa', path),
      open('hugo_costa@costa', path),
      open('m_reyes@meridian_hotels', path),
    ])
    await hugo.getByText('It is accepted first').waitFor()
    await card(ana, 'What is proposed').waitFor()
    await card(ana, 'Ask the agreement').getByText('It can be asked once it runs').waitFor()
    await press(ana, 'Accept')
    await ana.getByRole('dialog').getByText('They bind both sides').waitFor()
    await sure(ana, 'Accept')
    await card(ana, 'What was agreed').waitFor()
    await hugo.getByText('Hugo Costa has to authorise a budget.').waitFor()
    await press(hugo, 'Authorise a budget')
    await hugo.getByLabel('Amount').fill('400')
    await hugo.locator('form').getByRole('button', { name: 'Authorise a budget' }).click()
    await hugo.getByText('budget authorised 400.00').waitFor()
    await desk.getByText('Active', { exact: true }).waitFor()
    expect(await desk.getByRole('main').innerText()).not.toContain('400.00')
  })

  test('shows an order to who performs it, who answers and records it with the offering’s own fields', async () => {
    const [engineer, technician] = await Promise.all([
      open('j_weber@brightline', rack),
      open('o_nilsen@northgate', rack),
    ])
    const hands = row(engineer, 'What may be done', 'Remote hands')
    await hands.getByRole('button', { name: 'Order' }).click()
    await engineer.getByLabel('What is wanted').fill('Swap the fan in unit 7')
    await engineer.locator('form').getByRole('button', { name: 'Order' }).click()
    const order = row(technician, 'Orders', 'Swap the fan in unit 7')
    await order.getByRole('button', { name: 'Answer' }).click()
    await order.getByText('Answered').first().waitFor()
    await row(engineer, 'Orders', 'Swap the fan').getByText('Answered').first().waitFor()
    await order.getByRole('button', { name: 'Record work' }).click()
    await technician.getByRole('checkbox', { name: 'Expedited' }).check()
    await technician.locator('form').getByRole('button', { name: 'Record work' }).click()
    await row(engineer, 'Orders', 'Swap the fan').getByText('Done').waitFor()
    await engineer.goto(`${origin()}${rack}/charges/2026-05`)
    const expedited = row(engineer, 'Statement', 'Expedited work')
    await expedited.getByText('120.00').waitFor()
  })

  test('is read as of another time, when nothing can be done', async () => {
    const page = await open('m_reyes@meridian_hotels', `${stay}?at=2026-05-12T14:30:00Z`)
    await page.getByText('The agreement as of 12 May 2026, 15:30').waitFor()
    const robe = row(page, 'What may be done', 'Robe 0173')
    await robe.getByText('you look at another time').first().waitFor()
    expect(await card(page, 'What happened').innerText()).not.toContain('Requested, fan')
    await press(page, 'Back to now')
    await row(page, 'What may be done', 'Robe 0173')
      .getByRole('button', { name: 'Take back' })
      .click()
    await row(page, 'What may be done', 'Robe 0173').waitFor({ state: 'detached' })
  })

  test('says when its address asks for a time that is none, or in words that it does not know', async () => {
    const page = await open('ana_costa@costa', `${stay}?at=soon`)
    await page.getByText('Write a date and time such as').waitFor()
    expect(await violations(page)).toEqual([])
    await press(page, 'Back to now')
    await card(page, 'What was agreed').waitFor()
    await page.goto(`${origin()}${stay}?asOf=2026-05-12&ask=whose`)
    await page.getByText('does not know “asOf” in its address').waitFor()
    expect(await violations(page)).toEqual([])
    await press(page, 'Take it out')
    await page.getByText('does not know “asOf”').waitFor({ state: 'detached' })
    expect(new URL(page.url()).search).toBe('?ask=whose')
    await page.getByRole('group', { name: /^Question: Who owns the / }).waitFor()
  })

  test('shows the latest of very much that happened, and the earlier when it is asked for', async () => {
    const ana = await story.as('ana_costa', 'costa')
    for (let minute = 0; minute < 230; minute += 1) {
      const at = new Date(Date.parse('2026-05-14T08:00:00Z') + minute * 60_000).toISOString()
      await ana.command('record_use', { agreement: 'agr_stay_of_ana_costa', component: 'room', at })
    }
    const page = await open('ana_costa@costa', stay)
    const happened = card(page, 'What happened')
    const marks = happened.getByRole('figure').locator('ul ul').getByRole('button')
    await happened.getByText(/^200 of 2\d\d are shown\.$/).waitFor()
    expect(await marks.count()).toBe(200)
    await press(page, 'Show earlier')
    await expect.poll(() => marks.count()).toBeGreaterThan(230)
    expect(await happened.getByText('are shown.').count()).toBe(0)
  })

  test('that is not there is said on a page with ways to others', async () => {
    const page = await open('ana_costa@costa', '/agreements/agr_of_nobody')
    await page.getByRole('heading', { level: 1, name: 'There is nothing here' }).waitFor()
    expect(await violations(page)).toEqual([])
    await page
      .getByRole('navigation', { name: 'Elsewhere' })
      .getByRole('link', { name: 'Catalogue' })
      .click()
    await page.getByRole('heading', { name: 'What you could have' }).waitFor()
  })
})

const pages = [
  ['ana_costa@costa', stay],
  ['o_nilsen@northgate', `${rack}?ask=kept`],
  ['ana_costa@costa', `${stay}/charges`],
  ['o_nilsen@northgate', `${rack}/charges/2026-04`],
] as const

const looks = [
  { colorScheme: 'light', size: wide },
  { colorScheme: 'light', size: narrow },
  { colorScheme: 'dark', size: wide },
] as const

test('the pages have no fault that axe knows, in both themes and on a phone, where they fit', async () => {
  for (const [who, path] of pages) {
    const page = await open(who, path)
    for (const { colorScheme, size } of looks) {
      await page.emulateMedia({ colorScheme })
      await page.setViewportSize(size)
      // A theme that changes under an open page is painted in steps; what is loaded in it is not.
      if (colorScheme === 'dark') await page.reload()
      await page.getByRole('heading', { level: 1 }).waitFor()
      await page.getByText('Loading', { exact: true }).first().waitFor({ state: 'detached' })
      const found = { path, faults: await violations(page), isTooWide: await isTooWide(page) }
      expect(found).toEqual({ path, faults: [], isTooWide: false })
    }
  }
})
