import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import sparticuz from '@sparticuz/chromium'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'

/** The Chromium that came with the packages. It is unpacked once per machine, which takes two seconds. */
export async function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: await sparticuz.executablePath(),
    // Of its flags those that a machine without sandbox and display needs. A page that is painted by a graphics processor
    // in software, as they would have it, takes twice as long as one that is painted without.
    args: [...sparticuz.args.filter((flag) => !unwanted.test(flag)), '--disable-gpu'],
    headless: true,
  })
}
const unwanted = /^--(headless|single-process|no-zygote|.*gpu|.*swiftshader|use-gl|use-angle)/

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

/**
 * A change of theme passes from element to element, each a frame after the one that it inherits from: axe would see what
 * nobody does. It is over when nothing has moved for some frames, however long a busy machine takes for them.
 */
const settled = `(async () => {
  for (let still = 0; still < 4; ) {
    await new Promise(requestAnimationFrame)
    const moving = document.getAnimations().filter((one) => one.effect?.getComputedTiming().endTime !== Infinity)
    await Promise.all(moving.map((one) => one.finished.catch(() => undefined)))
    still = moving.length === 0 ? still + 1 : 0
  }
})()`

/** One line for each violation of WCAG 2.2 AA and of good practice, with the elements that it concerns. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(settled)
  // As Playwright evaluates it, and not as a script element: the page's policy allows none. Once for each document.
  if (!(await page.evaluate(`'axe' in window`)))
    await page.evaluate(await readFile(axePath, 'utf8'))
  const found: Violation[] = await page.evaluate(
    `axe.run(document, { runOnly: ${JSON.stringify(rules)}, resultTypes: ['violations'] }).then(({ violations }) => violations)`,
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
