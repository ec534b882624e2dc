import type { QueryConfig } from 'pg'
import type { Agreement } from '../contract/agreement/revision.ts'
import type { PlainMap } from '../contract/document/document.ts'
import type { PlacedFact } from '../contract/fact/read.ts'
import { retagged } from '../contract/fact/retagged.ts'
import type { Row } from '../platform/journal/kind.ts'
import { factsOf } from './contract.ts'
import type { FactRow } from './store.ts'

/**
 * What happened under an agreement, up to an entry of its stream. Facts never change, and the hash of an entry stands for
 * all before it: while the journal has that entry with that hash, whatever was recorded by it is what is kept here, and
 * only what came later is read. Where it has not (an older snapshot, another database, one restored from a copy), all is
 * read anew. Nothing is kept but what was read back, so nothing that was decided and rolled back.
 */
export type OnFile = {
  readonly version: number
  readonly hash: string
  /** In the order of recording. */
  readonly facts: readonly RecordedFact[]
  /** As far as they were read by a contract: a revision may read them otherwise. */
  read?: { readonly by: Agreement; readonly count: number; readonly placed: readonly PlacedFact[] }
}
export type RecordedFact = Pick<FactRow, 'id' | 'kind' | 'said' | 'recorded_at'>

/** At 0.6 kB each, 30 MB. What nobody asked for longest goes first. */
const factsMax = 50_000
const kept = new Map<string, OnFile>()
let keptFacts = 0

export const keptOf = (agreement: string): OnFile | undefined => kept.get(agreement)

/**
 * One statement, so its facts and the entry that they end with are of one snapshot. `coalesce` would do the same, but before
 * row security PostgreSQL looks nothing up in an index by it.
 */
export const readOnFile = (agreement: string, known: OnFile | undefined): QueryConfig => ({
  name: 'facts on file',
  text: `select head.version,
      encode(head.hash, 'hex') as hash,
      known.version is not null as continues,
      (
        select json_agg(
          json_build_array(id, kind, said, to_char(recorded_at, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
          order by recorded_at, id
        )::text
        from fact
        where agreement_id = $1
          and recorded_at > case when known.version is null then '-infinity' else known.recorded_at end
      ) as facts
    from stream as head
    left join journal as known on known.stream = head.stream
      and known.version = $2
      and known.hash = decode($3, 'hex')
    where head.stream = $1`,
  values: [agreement, known?.version ?? null, known?.hash ?? null],
})

/**
 * What is on file, of what was known when it was read and what has come since. Only for those who may see the agreement:
 * then its policies show them every fact, and what is kept holds nothing that they may not see.
 */
export function onFile(
  agreement: string,
  known: OnFile | undefined,
  found: Row | undefined,
): OnFile {
  if (!found) throw new Error(`${agreement} has no stream`)
  const { version, hash, continues, facts } = found
  if (continues === true && !known)
    throw new Error(`the earlier facts of ${agreement} are not here`)
  const earlier = continues === true ? known : undefined
  const since = recordedIn(facts)
  const file: OnFile = {
    version: Number(version),
    hash: String(hash),
    facts: earlier && since.length === 0 ? earlier.facts : [...(earlier?.facts ?? []), ...since],
    ...(earlier?.read && { read: earlier.read }),
  }
  keep(agreement, file)
  return file
}

type Told = readonly [id: string, kind: string, said: PlainMap, recorded_at: string]

/** Microseconds only where there are any, as everywhere. */
const recordedIn = (facts: Row[string]): RecordedFact[] =>
  (typeof facts === 'string' ? (JSON.parse(facts) as readonly Told[]) : []).map(
    ([id, kind, said, at]) => ({ id, kind, said, recorded_at: at.replace(/000Z$/, 'Z') }),
  )

function keep(agreement: string, file: OnFile): void {
  forget(agreement)
  if (sizeOf(file) > factsMax) return
  kept.set(agreement, file)
  keptFacts += sizeOf(file)
  for (const [oldest] of kept) {
    if (keptFacts <= factsMax) break
    forget(oldest)
  }
}

function forget(agreement: string): void {
  const file = kept.get(agreement)
  if (!file) return
  kept.delete(agreement)
  keptFacts -= sizeOf(file)
}

/** One that nothing happened under takes room too. */
const sizeOf = ({ facts }: OnFile) => facts.length + 1

/** The facts as the engine reads them; those that the same contract has read before are not read again. */
export function placedOn(file: OnFile, by: Agreement): readonly PlacedFact[] {
  const { count, placed } = file.read?.by === by ? file.read : { count: 0, placed: [] }
  if (count === file.facts.length) return placed
  const since = factsOf(by, file.facts.slice(count)).placed
  // A corrected tag may be that of what was read before.
  file.read = { by, count: file.facts.length, placed: retagged([...placed, ...since]) }
  return file.read.placed
}
