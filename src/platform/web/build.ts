import { createHash } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import react from '@vitejs/plugin-react'
import { build, type InlineConfig, type Plugin } from 'vite'

const root = join(import.meta.dirname, '../../..')
const webRoot = import.meta.dirname

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
  const sources = new Set(fixedSources)
  const input = pages.map((page) => join(webRoot, page))
  await build(settings({ folder, input, sources }))
  await mkdir(folder, { recursive: true })
  const built: Kept = { pages, sources: await hashes([...sources].toSorted()) }
  await writeFile(join(folder, keptName), JSON.stringify(built))
  say(`Built the pages in ${((performance.now() - started) / 1000).toFixed(1)} s.`)
  return true
}

type Settings = { readonly folder: string; readonly input: string[]; readonly sources: Set<string> }

const settings = ({ folder, input, sources }: Settings): InlineConfig => ({
  root: webRoot,
  configFile: false,
  mode: 'production',
  logLevel: 'warn',
  plugins: [react(), sourcesInto(sources)],
  build: {
    outDir: folder,
    emptyOutDir: true,
    rolldownOptions: { input },
    // Browsers that know `light-dark()`: those of 2024 and later.
    target: ['chrome123', 'edge123', 'firefox120', 'safari17.5'],
    // The strict policy takes nothing from within a style sheet or a page.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // What all pages share comes once; a warning about its size helps nobody.
    chunkSizeWarningLimit: 1000,
  },
})

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

function sourcesInto(sources: Set<string>): Plugin {
  return {
    name: 'sources',
    buildEnd() {
      for (const id of this.getModuleIds()) {
        const path = relative(root, id.split('?')[0] ?? id)
        const isOurs =
          !id.startsWith('\0') && !path.startsWith('..') && !path.includes('node_modules')
        if (isOurs) sources.add(path)
      }
    },
  }
}
