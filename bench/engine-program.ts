import { examples } from './examples.ts'
import { sections } from './growth.ts'

/** In a process of its own: what the engine did before changes how fast it does the next. */
const name = process.argv[2] ?? ''
console.log(`\n${name}`)
const all = { ...examples, ...sections }
all[name]?.()
