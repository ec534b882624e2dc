import { join } from 'node:path'
import type { Pool } from 'pg'
import type { Database } from '../src/platform/database/database.ts'
import { pipelined, withClient } from '../src/platform/database/transaction.ts'
import { type Entry, hashOf } from '../src/platform/journal/entry.ts'
import {
  type Entity,
  evolveEntry,
  saveStatement,
  saveStatements,
} from '../src/platform/journal/kind.ts'
import { readEntries } from '../src/platform/journal/replay.ts'
import { kinds } from '../src/slices.ts'
import { startChild } from './child.ts'
import { type Guest, inHotel } from './hotel.ts'
import type { Replayed, Replaying } from './replay-program.ts'

const program = join(import.meta.dirname, 'replay-program.ts')
const sizes = [20_000, 100_000]

/**
 * The whole journal folded, and compared with the live tables both ways. Peak memory at two sizes shows whether it grows
 * with the journal.
 */
export function benchReplay(): Promise<void> {
  return inHotel(async ({ url, database, guests }) => {
    const [guest] = await guests(1)
    if (!guest) throw new Error('nobody came')
    let copies = 0
    for (const size of sizes) {
      const streams = await streamsOf(database.owner, guest)
      const perCopy = streams.reduce((sum, entries) => sum + entries.length, 0)
      const wanted = Math.ceil(size / perCopy)
      await multiply(database, streams, { from: copies, to: wanted })
      copies = wanted
      await database.owner.query('analyze')
      const child = await startChild<Replayed>(program, { url } satisfies Replaying)
      const { entries, rows, seconds, peakMegabytes } = child.told
      await child.stop()
      console.log(
        `${entries.toLocaleString('en')} entries into ${rows.toLocaleString('en')} rows`.padEnd(44),
        `${Math.round(entries / seconds)
          .toLocaleString('en')
          .padStart(8)} entries/s`,
        `  peak ${Math.round(peakMegabytes)} MB`,
      )
    }
  })
}

/** Every stream of one guest: the organisation, the relationship, the robe and the stay. */
async function streamsOf(owner: Pool, { party }: Guest): Promise<readonly (readonly Entry[])[]> {
  const { rows } = await owner.query<{ stream: string }>(
    `select distinct stream
    from journal
    where consumer_id = $1
      or stream = $1
      or stream in (select id from item where agreement_id in (select id from agreement where consumer_id = $1))`,
    [party],
  )
  return Promise.all(rows.map(({ stream }) => readEntries(owner, stream)))
}

/**
 * What the commands wrote for one guest, again for many others: entries with their own ids and hashes, and the rows that
 * they come to. By the commands themselves, a journal of this size would take minutes.
 */
async function multiply(
  { work }: Database,
  streams: readonly (readonly Entry[])[],
  { from, to }: { readonly from: number; readonly to: number },
): Promise<void> {
  const lot = 200
  for (let first = from; first < to; first += lot) {
    const copied = Array.from({ length: Math.min(lot, to - first) }, (_, place) =>
      streams.map((entries) => entries.map((entry) => copyOf(entry, first + place))),
    ).flat()
    await withClient(work, async (client) => {
      await pipelined(client, ['begin', ...statementsFor(copied), 'commit'])
    })
  }
}

/** Another guest's: whatever names this one, or the robe, names a copy. */
const copyOf = (entry: Entry, copy: number): Entry =>
  JSON.parse(
    JSON.stringify(entry)
      .replaceAll('costa1', `costa1_${copy}`)
      .replaceAll(/robe_1_of_bench/g, `robe_1_of_bench_${copy}`)
      .replaceAll(/itm_\w{20}/g, (item) => `${item}_${copy}`),
  )

function statementsFor(streams: readonly (readonly Entry[])[]) {
  const named = new Map(kinds.map((kind) => [kind.name, kind]))
  const entities = new Map<string, Entity>()
  const journal: Parameters<typeof saveStatement>[1][number][] = []
  const heads: typeof journal = []
  for (const entries of streams) {
    let hash: string | undefined
    for (const entry of entries) {
      const changed = evolveEntry(named, entry, (place) => entities.get(place)?.state)
      for (const [place, entity] of changed) entities.set(place, { ...entity, before: undefined })
      hash = hashOf(entry, hash)
      journal.push(rowOf(entry, hash))
    }
    const last = entries.at(-1)
    if (last && hash !== undefined)
      heads.push({
        ...{ stream: last.stream, version: last.version, recorded_at: last.recordedAt },
        hash: `\\x${hash}`,
      })
  }
  return [
    saveStatement(headTable, heads),
    saveStatement(journalTable, journal),
    ...saveStatements([...entities.values()]),
  ]
}

const headTable = {
  table: 'stream',
  columns: { stream: 'text', version: 'bigint', recorded_at: 'timestamptz', hash: 'bytea' },
  key: [],
}

const journalTable = {
  table: 'journal',
  columns: {
    ...{ stream: 'text', version: 'bigint', command: 'text', command_version: 'int' },
    ...{ events: 'jsonb', request_key: 'text', fingerprint: 'text', answer: 'jsonb' },
    ...{ actor_id: 'text', acting_for: 'text', role: 'text', reason: 'text', cause: 'text' },
    ...{ provider_id: 'text', consumer_id: 'text' },
    ...{ occurred_at: 'timestamptz', recorded_at: 'timestamptz', hash: 'bytea' },
  },
  key: [],
}

const rowOf = (entry: Entry, hash: string) => ({
  ...{ stream: entry.stream, version: entry.version, command: entry.command },
  ...{ command_version: entry.commandVersion, events: entry.events as never },
  ...{ request_key: entry.key, fingerprint: entry.fingerprint, answer: entry.answer },
  ...{ actor_id: entry.actor.person, acting_for: entry.actor.party, role: entry.actor.role },
  ...{ reason: entry.reason, cause: entry.cause },
  ...{ provider_id: entry.provider, consumer_id: entry.consumer },
  ...{ occurred_at: entry.occurredAt, recorded_at: entry.recordedAt, hash: `\\x${hash}` },
})
