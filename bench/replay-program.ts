import { openDatabase } from '../src/platform/database/database.ts'
import { replay } from '../src/platform/journal/replay.ts'
import { kinds, migrations } from '../src/slices.ts'
import { childSettings, report, usage } from './child.ts'

export type Replaying = { readonly url: string }
export type Replayed = {
  readonly entries: number
  readonly rows: number
  readonly seconds: number
  readonly peakMegabytes: number
}

/** In a process of its own, so that its peak is nobody else's. */
const { url } = childSettings<Replaying>()
const database = await openDatabase({ url, migrations, say: () => undefined })
const from = performance.now()
const { entries, rows, differences, broken } = await replay(database.owner, kinds)
const seconds = (performance.now() - from) / 1000
if (differences.length + broken.length > 0)
  throw new Error(`the tables are not what the journal says: ${[...differences, ...broken][0]}`)
report({ entries, rows, seconds, peakMegabytes: usage().peakMegabytes } satisfies Replayed, {
  stop: database.close,
})
