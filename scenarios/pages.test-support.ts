import type { Browser } from 'playwright-core'
import {
  openBrowser,
  type Visit,
  type Visited,
  visit,
} from '../src/platform/browser.test-support.ts'
import { shared } from '../src/platform/shared.test-support.ts'

/** The pages, as every file of a test run sees them, and a browser to look at them with. */
export type Pages = {
  readonly folder: string
  readonly browser: Browser
  readonly end: () => Promise<void>
}

export async function openPages(): Promise<Pages> {
  const [browser, folder] = await Promise.all([openBrowser(), shared('pages')])
  if (folder === undefined) throw new Error('The pages are built for a test run.')
  return { folder, browser, end: () => browser.close() }
}

/** `ana_costa@costa`, as the demonstration's documents name them. */
export type Person = `${string}@${string}`

/** A page as somebody of the demonstration sees it, who has stepped in before; strangers are nobody. */
export async function seen(
  browser: Browser,
  url: string,
  { as, ...look }: Visit & { readonly as?: Person } = {},
): Promise<Visited> {
  if (as === undefined) return visit(browser, url, look)
  const { origin } = new URL(url)
  const [person, organisation] = as.split('@')
  const context = await browser.newContext()
  const entered = await context.request.post(`${origin}/api/demonstration/session`, {
    data: { person: `per_${person}`, organisation: `org_${organisation}` },
    headers: { origin },
  })
  if (!entered.ok()) throw new Error(`${as} cannot be stepped into: ${await entered.text()}`)
  const storageState = await context.storageState()
  await context.close()
  return visit(browser, url, { ...look, storageState })
}
