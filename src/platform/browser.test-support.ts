import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import sparticuz from '@sparticuz/chromium'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'

/** The Chromium that came with the packages. It is unpacked once per machine, which takes two seconds. */
export async function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: await sparticuz.executablePath(),
    // Of its flags those that a machine without sandbox, display and graphics needs.
    args: sparticuz.args.filter((flag) => !/^--(headless|single-process|no-zygote)/.test(flag)),
    headless: true,
  })
}

export const wide = { width: 1440, height: 900 }
export const narrow = { width: 390, height: 844 }

export type Visit = {
  readonly scheme?: 'light' | 'dark'
  readonly size?: { readonly width: number; readonly height: number }
  readonly zone?: string
  readonly reducedMotion?: 'reduce' | 'no-preference'
} & Pick<BrowserContextOptions, 'extraHTTPHeaders' | 'storageState' | 'deviceScaleFactor'>

/** A page, and everything that went wrong on it so far: errors on the console, and requests to anywhere else. */
export type Visited = { readonly page: Page; readonly wrongs: readonly string[] }

/** In a context of its own: `page.context().close()` ends it. */
export async function visit(browser: Browser, url: string, visited: Visit = {}): Promise<Visited> {
  const { scheme = 'light', size = wide, zone = 'Europe/Lisbon', ...options } = visited
  const context = await browser.newContext({
    reducedMotion: 'reduce',
    ...options,
    colorScheme: scheme,
    viewport: size,
    timezoneId: zone,
    locale: 'en-GB',
  })
  const page = await context.newPage()
  const wrongs: string[] = []
  const { origin } = new URL(url)
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') wrongs.push(message.text())
  })
  page.on('pageerror', (error) => wrongs.push(error.message))
  page.on('request', (request) => {
    const asked = request.url()
    if (!asked.startsWith(`${origin}/`) && !asked.startsWith('data:'))
      wrongs.push(`asked elsewhere: ${asked}`)
  })
  await page.goto(url)
  await page.evaluate('document.fonts.ready.then(() => undefined)')
  return { page, wrongs }
}

const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** After a change of theme some elements are painted in the old one for a frame: axe would see what nobody does. */
const settled = `Promise.all(document.getAnimations().filter((one) => one.effect?.getComputedTiming().endTime !== Infinity).map((one) => one.finished.catch(() => {}))).then(
  () => new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(painted, 50)))),
)`

/** One line for each violation of WCAG 2.2 AA and of good practice, with the elements that it concerns. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(settled)
  // As Playwright evaluates it, and not as a script element: the page's policy allows none.
  await page.evaluate(await readFile(axePath, 'utf8'))
  const found: Violation[] = await page.evaluate(
    `axe.run(document, { runOnly: ${JSON.stringify(rules)} }).then(({ violations }) => violations)`,
  )
  return found.map(
    ({ id, help, nodes }) =>
      `${id}: ${help}: ${nodes.map(({ target, failureSummary }) => `${target.join(' ')} (${failureSummary.split('\n').slice(1).join(' ').trim()})`).join('; ')}`,
  )
}

type Violation = {
  readonly id: string
  readonly help: string
  readonly nodes: readonly { readonly target: readonly string[]; readonly failureSummary: string }[]
}

/** Whether the page is wider than its window, which on a phone is worse than anything. */
export const isTooWide = (page: Page): Promise<boolean> =>
  page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth')
