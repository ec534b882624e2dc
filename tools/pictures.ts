import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { Browser, Page } from 'playwright-core'
import {
  narrow,
  openBrowser,
  type Visit,
  visit,
  wide,
} from '../src/platform/browser.test-support.ts'
import { buildWeb } from '../src/platform/web/build.ts'
import { servePages } from '../src/platform/web/pages.test-support.ts'

// Pictures of pages, light, dark and as on a phone, into a folder outside the checkout:
//   node tools/pictures.ts --into <folder> http://127.0.0.1:4400/agreements
//   node tools/pictures.ts --into <folder> --as per_ana_costa@org_costa http://127.0.0.1:4400/ …
//   node tools/pictures.ts --into <folder>            the kit, with every component

const looks: readonly (Visit & { readonly name: string })[] = [
  { name: 'light', size: wide },
  { name: 'dark', size: wide, scheme: 'dark' },
  { name: 'narrow', size: narrow, deviceScaleFactor: 2 },
]
const kitScreens = ['/', '/home', '/controls', '/sign-in']

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { into: { type: 'string' }, as: { type: 'string' } },
})
const into = resolve(values.into ?? (await mkdtemp(join(tmpdir(), 'pictures-'))))
if (!relative(join(import.meta.dirname, '..'), into).startsWith('..'))
  throw new Error('Pictures do not belong into the checkout: name another folder.')
await mkdir(into, { recursive: true })

const browser = await openBrowser()
if (positionals.length > 0) await takeAll(browser, positionals)
else await takeKit(browser)
await browser.close()

async function takeKit(browser: Browser): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'kit-'))
  await buildWeb({ folder, say: console.log, pages: ['kit.html'] })
  const kit = await servePages(folder, 'kit.html')
  await takeAll(
    browser,
    kitScreens.map((path) => `${kit.url}${path}`),
  )
  await kit.close()
  await rm(folder, { recursive: true })
}

async function takeAll(browser: Browser, urls: readonly string[]): Promise<void> {
  for (const { name, ...look } of looks)
    for (const url of urls) {
      const { page, wrongs } = await visit(browser, url, look)
      if (values.as !== undefined) await stepInto(page, values.as)
      await page.waitForLoadState('load')
      await page.waitForTimeout(500)
      const path = new URL(url).pathname.replaceAll(/\W+/g, '-').replaceAll(/^-|-$/g, '') || 'start'
      const file = join(into, `${path}-${name}.png`)
      await page.screenshot({ path: file, fullPage: true })
      console.log([file, ...wrongs].join('\n  '))
      await page.context().close()
    }
}

/** `per_…@org_…` of the demonstration; then the page is opened again as them. */
async function stepInto(page: Page, who: string): Promise<void> {
  const [person, organisation] = who.split('@')
  const { origin } = new URL(page.url())
  const entered = await page.request.post(`${origin}/api/demonstration/session`, {
    data: { person, organisation },
    headers: { origin },
  })
  if (!entered.ok()) throw new Error(`${who} cannot be stepped into: ${await entered.text()}`)
  await page.reload()
}
