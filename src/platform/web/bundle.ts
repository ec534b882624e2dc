import { join, relative } from 'node:path'
import react from '@vitejs/plugin-react'
import { build, type Plugin } from 'vite'

// A process of its own, started by `build.ts`: bundles pages into a folder and sends the paths of the sources it met.

const root = join(import.meta.dirname, '../../..')
const webRoot = import.meta.dirname
const [folder = '', ...pages] = process.argv.slice(2)
const sources = new Set<string>()

// Whoever waits for the pages has them, or is gone. Ctrl-C reaches both, and is his to answer.
process.once('disconnect', () => process.exit())
process.on('SIGINT', () => undefined)

await build({
  root: webRoot,
  configFile: false,
  mode: 'production',
  logLevel: 'warn',
  plugins: [react(), sourcesInto(sources)],
  build: {
    outDir: folder,
    emptyOutDir: true,
    rolldownOptions: { input: pages.map((page) => join(webRoot, page)) },
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
process.send?.([...sources])

function sourcesInto(met: Set<string>): Plugin {
  return {
    name: 'sources',
    buildEnd() {
      for (const id of this.getModuleIds()) {
        const path = relative(root, id.split('?')[0] ?? id)
        const isOurs =
          !id.startsWith('\0') && !path.startsWith('..') && !path.includes('node_modules')
        if (isOurs) met.add(path)
      }
    },
  }
}
