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
    one.wrongs.filter((wrong) => !/status of (400|404|409|422)/.test(wrong)),
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
    await ask.getByText(/Refundable until 28 May 2026/).waitFor()
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
    expect(await ask.innerText()).toContain('This stands at least until 15 May 2026, 13:00, unless')
    await answers('By when…', '13 May 2026, 22:50', 'decided by clause 5.1')
    await answers('Who owns…', 'Ana Costa', 'In the custody of Ana Costa')
    await answers('The bill…', '420.00 EUR', 'Not final')
    await ask.getByText('More questions').click()
    await answers('Was it on time…', 'Yes', 'decided by clause 5.1')
  })

  const warranties = ['Availability', 'Capacity', 'Security', 'Continuity']

  test('asks what is to be done, what follows, and what a change or an end would come to', async () => {
    const page = await open('o_nilsen@northgate', rack)
    const ask = card(page, 'Ask the agreement')
    const answers = async (question: string, answer: string, words: string) => {
      await ask.getByRole('button', { name: question }).click()
      await ask.getByRole('heading', { name: `Answer: ${answer}` }).waitFor()
      expect(await ask.innerText()).toContain(words)
    }
    await ask.getByText('More questions').click()
    await answers(
      'What is left to do…',
      '1 duty',
      'Northgate Data Centres AS, by 15 May 2026, 06:20',
    )
    await answers('What came of it…', 'No charge follows', 'Answer to a request for remote hands')
    await answers('When could it end…', 'Not agreed', 'No clause lets')
    await answers('What is committed…', '26,730.54 EUR', 'without an upper bound')
    await answers('Is it fit…', 'Fit for purpose', "Run machines without a building of one's own")
    await ask.getByRole('combobox', { name: /^Fit for what: / }).click()
    await page.getByRole('option', { name: 'fit for use' }).click()
    await ask.getByRole('heading', { name: 'Answer: Fit for use' }).waitFor()
    const areas = (...met: readonly string[]) =>
      new RegExp(met.map((one, at) => `${warranties[at]}\\s+${one}`).join('\\s+'))
    expect(await ask.innerText()).toMatch(areas('yes', 'yes', 'yes', 'yes'))
    await ask.getByRole('combobox', { name: /^Month: / }).click()
    await page.getByRole('option', { name: 'April 2026' }).click()
    await ask.getByRole('heading', { name: 'Answer: Not fit for use' }).waitFor()
    expect(await ask.innerText()).toMatch(areas('no', 'yes', 'yes', 'yes'))
    await ask.getByRole('button', { name: 'With other terms…' }).click()
    await ask.getByRole('combobox', { name: /^What: / }).click()
    await page.getByRole('option', { name: /cross-connects|connections/ }).click()
    await ask.getByRole('button', { name: /^Another value: / }).click()
    await page.getByRole('dialog', { name: 'Another value' }).getByRole('textbox').fill('4')
    await page.keyboard.press('Enter')
    await ask.getByRole('heading', { name: /Answer: [\d,]+\.\d\d EUR more/ }).waitFor()
    expect(await ask.innerText()).toMatch(/As agreed[\s\S]*Cross connect price[\s\S]*Then/)
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
    await page.getByText('Access to robe 0173 is granted already.').waitFor()
    await page.getByLabel('Or a new one, by its tag').fill('robe_0200')
    await page.locator('form').getByRole('button', { name: 'Grant' }).click()
    await row(page, 'What may be done', 'Robe 0200').getByText('Ana Costa holds it').waitFor()
  })

  test('says what keeping a thing costs before it is done, and what followed afterwards', async () => {
    const page = await open('ana_costa@costa', stay)
    const robe = row(page, 'What may be done', 'Robe 0173')
    await robe.getByRole('button', { name: 'Keep it' }).click()
    await page
      .getByRole('dialog')
      .getByText('Robe price: 60.00 EUR is charged (clause 4.3).')
      .waitFor()
    expect(await violations(page)).toEqual([])
    await sure(page, 'Keep it')
    await robe.getByText('Robe price: 60.00 EUR was charged (clause 4.3).').waitFor()
  })

  test('shows on its line of time what the bill holds, also of the day of its end', async () => {
    await story.moveTo('2026-05-15T12:01:00Z')
    const page = await open('m_reyes@meridian_hotels', stay)
    const happened = card(page, 'What happened')
    await happened.getByText('As a table').click()
    const nights = happened.getByRole('row').filter({ hasText: 'Room price, 140.00' })
    await nights.nth(2).waitFor()
    await page.getByText('its use has ended').first().waitFor()
  })

  test('breaks words that nobody would write, and leads addresses that cannot be read to a page', async () => {
    const ana = await story.as('ana_costa', 'costa')
    await ana.command('place_order', {
      ...{ agreement: 'agr_stay_of_ana_costa', component: 'front_desk' },
      says: 'x'.repeat(300),
    })
    const page = await open('ana_costa@costa', stay)
    await row(page, 'Orders', 'xxx').waitFor()
    for (const size of [wide, narrow]) {
      await page.setViewportSize(size)
      expect(await isTooWide(page)).toBe(false)
    }
    await page.goto(`${origin()}/agreements/%E0%A4%A`)
    await page.getByRole('heading', { level: 1, name: 'There is nothing here' }).waitFor()
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
    await hugo.getByText('280.00 EUR are due over the agreed period whatever happens.').waitFor()
    await hugo.getByText('no bound to what may come on top').waitFor()
    await press(hugo, 'Authorise a budget')
    await hugo.getByLabel('Amount').fill('100')
    await hugo.getByText('less than the 280.00 EUR that are due').waitFor()
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
    const work = row(technician, 'What may be done', 'Remote hands')
    await work.getByRole('button', { name: 'Record work' }).click()
    await technician.locator('form').getByRole('button', { name: 'Record work' }).click()
    await work.getByText('Recorded').first().waitFor()
    // A box that nobody touched has said no.
    const bill = await (await story.as('o_nilsen', 'northgate')).query('show_bill', {
      ...{ agreement: 'agr_rack_of_brightline', period: '2026-05' },
    })
    const times = bill.lines.filter(({ clause }) => clause === 'expedited')
    expect(times.map(({ amount }) => amount)).toEqual(['120.00'])
  })

  test('takes and shows times in the agreement’s zone, wherever it is read', async () => {
    const page = await open('o_nilsen@northgate', rack)
    await page.getByText('due Fri 15 May, 06:20 Oslo').waitFor()
    await page.getByText('Fri 15 May, 05:20 where you are').waitFor()
    const reading = row(page, 'What may be done', 'Meter reading')
    await reading.getByRole('button', { name: 'Record' }).click()
    await page.getByText('In the time of Oslo.').waitFor()
    await page.getByLabel('Energy').fill('12')
    await page.locator('form').getByLabel('When').fill('2026-05-14T18:00')
    await page.locator('form').getByRole('button', { name: 'Record' }).click()
    await reading.getByText('Recorded').first().waitFor()
    const engineer = await story.as('o_nilsen', 'northgate')
    const { happened } = await engineer.query('show_agreement', {
      agreement: 'agr_rack_of_brightline',
    })
    const read = happened.filter(({ kind }) => kind === 'meter_reading').map(({ at }) => at)
    expect(read).toContain('2026-05-14T16:00:00.000Z')
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
