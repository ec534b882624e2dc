import type { Pool } from 'pg'
import { type Instant, parseInstant, spokenInstant } from '../kernel/time.ts'
import { moveClock, readClock, setClock } from '../platform/journal/clock.ts'
import type { Journal } from '../platform/journal/handle.ts'
import { applyActs, keepNames, planFor, readWorld, type SentDocument } from './apply.store.ts'
import { mapOf, type World } from './world.ts'

type Loading = {
  readonly journal: Journal
  readonly work: Pool
  readonly worlds: readonly (readonly SentDocument[])[]
  readonly say: (line: string) => void
}

/**
 * Fills an empty platform with worlds, as their people would have: the clock is set to where the first one begins and
 * moves along with what happened, so that each thing is recorded when it was. A platform that holds anything is left
 * as it is.
 */
export async function loadDemonstration({ journal, work, worlds, say }: Loading): Promise<void> {
  const { rows } = await work.query('select 1 from journal limit 1')
  if (rows.length > 0 || worlds.length === 0) return
  const from = performance.now()
  const read = worlds.map(sound)
  const plans = read.map((world) => ({ world, acts: planFor(world) }))
  const until = Math.max(...read.map(beginsAt))
  const beginning = plans
    .flatMap(({ acts }) => acts)
    .reduce((earliest, { at }) => Math.min(earliest, at), until)
  const set = await setClock(work, beginning)
  if ('refusal' in set) throw new Error(set.refusal.words)
  const before = async (at: Instant) => {
    if (at > (await readClock(work))) await moveClock(work, at)
  }
  // One world after the other would move the clock past what the next one begins with.
  const steps = plans.flatMap(({ acts }) => acts).toSorted((one, other) => one.at - other.at)
  for (const world of read) await keepNames(world, work)
  const due = steps.filter(({ at }) => at <= until)
  const { lines } = await applyActs(due, { journal, until, before, running: 'keep their story' })
  for (const line of lines.filter((one) => one.includes('refused'))) say(line)
  await before(until)
  const took = Math.round((performance.now() - from) / 100) / 10
  say(
    `${worlds.length} worlds are loaded in ${took} s; their time is ${spokenInstant(until, 'UTC')} UTC`,
  )
}

function sound(sent: readonly SentDocument[]): World {
  const read = readWorld(sent)
  if ('world' in read) return read.world
  const [fault] = read.faults
  throw new Error(`${fault?.file}:${fault?.line} ${fault?.name}: ${fault?.words}`)
}

const beginsAt = ({ introduction }: World): Instant =>
  parseInstant(String((introduction && mapOf(introduction)['clock']) ?? ''), 'UTC') ?? 0
