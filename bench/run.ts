import { cpus } from 'node:os'
import { benchAgreement } from './agreement.ts'
import { benchEngine } from './engine.ts'
import { benchOrders } from './orders.ts'
import { benchPages } from './pages.ts'
import { benchReplay } from './replay.ts'

/** `npm run bench` runs all, `npm run bench -- orders` one. Figures are shares and ratios within one run. */
const benches: Readonly<Record<string, () => void | Promise<void>>> = {
  engine: benchEngine,
  pages: benchPages,
  orders: benchOrders,
  agreement: benchAgreement,
  replay: benchReplay,
}

const named = process.argv.slice(2)
for (const name of named)
  if (!benches[name])
    throw new Error(`no bench is named ${name}: ${Object.keys(benches).join(', ')}`)

console.log(
  `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}`,
)
for (const [name, bench] of Object.entries(benches))
  if (named.length === 0 || named.includes(name)) {
    console.log(`\n${name}`)
    await bench()
  }
