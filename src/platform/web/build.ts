import { fork } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../../..')

/** Where `npm start` keeps the built pages: git knows it as ignored, and `npm ci` takes it away with what it was built from. */
export const webFolder = join(root, 'node_modules/.cache/tessera/web')

export type WebBuild = {
  readonly folder: string
  readonly say: (line: string) => void
  /** Pages below `src/platform/web`. */
  readonly pages?: readonly string[]
}

/**
 * Builds the pages into `folder`, unless what stands there was built from the same sources and the same packages.
 * Returns whether it built.
 */
export async function buildWeb({
  folder,
  say,
  pages = ['index.html'],
}: WebBuild): Promise<boolean> {
  const kept = await readKept(folder)
  if (kept && (await isSame(kept, pages))) return false
  const started = performance.now()
  say('Building the pages …')
  const sources = new Set([...fixedSources, ...(await bundled(folder, pages))])
  await mkdir(folder, { recursive: true })
  const built: Kept = { pages, sources: await hashes([...sources].toSorted()) }
  await writeFile(join(folder, keptName), JSON.stringify(built))
  say(`Built the pages in ${((performance.now() - started) / 1000).toFixed(1)} s.`)
  return true
}

/**
 * In a process of its own, which ends with this one: the bundler's 680 MB outside the heap are given back only by its
 * end. Returns the sources it met.
 */
function bundled(folder: string, pages: readonly string[]): Promise<readonly string[]> {
  const bundler = fork(new URL('./bundle.ts', import.meta.url), [folder, ...pages], {
    execArgv: [],
  })
  const { promise, resolve, reject } = Promise.withResolvers<readonly string[]>()
  bundler.once('message', (sources) => {
    resolve(sources as readonly string[])
    bundler.disconnect()
  })
  bundler.once('error', reject)
  bundler.once('exit', () => reject(new Error('the bundler ended without the pages')))
  return promise
}

/** What a build was made from: each source, by its path from the root, with the hash of what it held. */
type Kept = {
  readonly pages: readonly string[]
  readonly sources: Readonly<Record<string, string>>
}

const keptName = 'built-from.json'

// The lock stands for every package. A new source can only come in by a change of one that is known.
const fixedSources = [
  'package-lock.json',
  'src/platform/web/build.ts',
  'src/platform/web/bundle.ts',
  'src/platform/web/public/appearance.js',
  'src/platform/web/public/mark.svg',
]

async function readKept(folder: string): Promise<Kept | undefined> {
  try {
    return JSON.parse(await readFile(join(folder, keptName), 'utf8')) as Kept
  } catch {
    return undefined
  }
}

async function isSame(kept: Kept, pages: readonly string[]): Promise<boolean> {
  if (kept.pages.join() !== pages.join()) return false
  const now = await hashes(Object.keys(kept.sources))
  return Object.entries(kept.sources).every(([path, hash]) => now[path] === hash)
}

async function hashes(paths: readonly string[]): Promise<Record<string, string>> {
  const entries = await Promise.all(
    paths.map(async (path): Promise<[string, string]> => {
      const bytes = await readFile(join(root, path)).catch(() => '')
      return [path, createHash('sha256').update(bytes).digest('base64url')]
    }),
  )
  return Object.fromEntries(entries)
}
