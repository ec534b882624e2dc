import { rm, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { build, type Plugin } from 'vite'
import { assembled, digestOf, type MadeFrom } from '../src/program.ts'

// Puts the commands that work on files into one file. Without it the program runs from its sources.

const root = join(import.meta.dirname, '..')
const folder = join(root, assembled.folder)
const sources = new Set(['package-lock.json', 'src/program.ts', 'tools/assemble.ts'])

await rm(folder, { recursive: true, force: true })
await build({
  root,
  configFile: false,
  logLevel: 'warn',
  publicDir: false,
  plugins: [platformStays(), sourcesInto(sources)],
  ssr: { noExternal: true },
  build: {
    ssr: 'src/main.ts',
    outDir: folder,
    target: 'esnext',
    rolldownOptions: { output: { entryFileNames: assembled.program } },
  },
})
const paths = [...sources].toSorted()
const madeFrom: MadeFrom = { paths, digest: digestOf(root, paths) }
// The last thing written: without it nobody runs what stands there.
await writeFile(join(folder, assembled.madeFrom), JSON.stringify(madeFrom))

/** What the commands of a running platform load, only when they are called, runs from its sources. */
function platformStays(): Plugin {
  return {
    name: 'platform-stays',
    enforce: 'pre',
    resolveId(source) {
      const isOfPlatform = /^\.\/(serve|remote|replay)\.ts$/.test(source)
      return isOfPlatform ? { id: `../src/${source.slice(2)}`, external: true } : undefined
    },
  }
}

function sourcesInto(met: Set<string>): Plugin {
  return {
    name: 'sources',
    buildEnd() {
      for (const id of this.getModuleIds()) {
        const path = relative(root, id)
        if (path.startsWith('src/')) met.add(path)
      }
    },
  }
}
