import type { Pool } from 'pg'
import { type Instant, utcText } from '../../kernel/time.ts'
import { type Outcome, platform } from './command.ts'
import type { Json } from './entry.ts'
import type { Journal } from './handle.ts'

export type Timers = {
  /** Fires all that is due, the earliest first, each looked for after the one before: it may have set another. */
  readonly fireDue: () => Promise<number>
}

type TimersSettings = {
  readonly work: Pool
  readonly journal: Journal
  readonly machineNow: () => Instant
  readonly say: (line: string) => void
  readonly stopping: AbortSignal
}

type Due = {
  readonly stream: string
  readonly kind: string
  readonly entity: string
  readonly id: string
  readonly due_at: string
  readonly command: string
  readonly input: Json
}

type Waiting = { readonly timer: Due; readonly times: number; readonly until: number }

const waitFirstMilliseconds = 250
const waitMaxMilliseconds = 60_000

/**
 * Nothing is locked: a timer fired twice, by two processes or after a crash, is one request with one key. One that
 * fails stays due and is tried again later and later; those behind it go on.
 */
export function createTimers(settings: TimersSettings): Timers {
  const { work, journal, machineNow, say, stopping } = settings
  const waiting = new Map<string, Waiting>()
  let last: Promise<unknown> = Promise.resolve()

  const fireAll = async () => {
    let fired = 0
    for (; !stopping.aborted; fired += 1) {
      const timer = await nextDue(work, machineNow(), [...stillWaiting(waiting)])
      if (!timer) break
      await fire(timer)
    }
    return fired
  }

  const fire = async (timer: Due) => {
    const key = keyOf(timer)
    const { command, input, due_at } = timer
    const dueAt = Date.parse(due_at)
    const trouble = await troubleOf(journal.handle({ command, input, actor: platform, key, dueAt }))
    if (trouble === undefined || !(await isStillDue(work, timer))) {
      waiting.delete(key)
      return
    }
    const times = (waiting.get(key)?.times ?? 0) + 1
    const pause = Math.min(waitFirstMilliseconds * 2 ** (times - 1), waitMaxMilliseconds)
    waiting.set(key, { timer, times, until: performance.now() + pause })
    if (times === 1)
      say(`Timer ${timer.id} of ${timer.kind} ${timer.entity}, due ${due_at}, waits: ${trouble}`)
  }

  const fireDue = () => {
    // One after the other, so that this process never sends the same timer beside itself.
    const fired = last.then(fireAll, fireAll)
    last = fired
    return fired
  }
  return { fireDue }
}

/** What failed and is not to be tried yet. Timers that went away meanwhile are forgotten. */
function* stillWaiting(waiting: Map<string, Waiting>): Generator<Due> {
  const now = performance.now()
  for (const [key, { timer, until }] of waiting)
    if (until > now) yield timer
    else if (until + waitMaxMilliseconds < now) waiting.delete(key)
}

async function nextDue(
  work: Pool,
  machineNow: Instant,
  waiting: readonly Due[],
): Promise<Due | undefined> {
  const column = (name: 'stream' | 'kind' | 'entity' | 'id' | 'due_at') =>
    waiting.map((timer) => timer[name])
  const { rows } = await work.query<Due>({
    name: 'next due',
    text: `select stream, kind, entity, id, due_at, command, input
      from timer
      where due_at <= $1::timestamptz + (select ahead_milliseconds * interval '1 millisecond' from clock)
        and (stream, kind, entity, id, due_at) not in (
          select *
          from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::timestamptz[])
        )
      order by due_at, stream, id, kind, entity
      limit 1`,
    values: [
      utcText(machineNow),
      ...[column('stream'), column('kind'), column('entity'), column('id'), column('due_at')],
    ],
  })
  return rows[0]
}

/** A key from outside is printable (`http` sees to it), so nobody can take a timer's key before it fires. */
function keyOf({ stream, kind, entity, id, due_at }: Due): string {
  return ['timer', stream, kind, entity, id, due_at].join('\n')
}

/** Accepted before and due all the same: its command does not end it. */
async function troubleOf(handled: Promise<Outcome>): Promise<string | undefined> {
  try {
    const outcome = await handled
    if ('refusal' in outcome) return `${outcome.refusal.name}, ${outcome.refusal.words}`
    return outcome.repeated ? 'it has fired and is still due' : undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/** Another process may have fired it, or a command may have ended it, since it was read. */
async function isStillDue(work: Pool, { stream, kind, entity, id, due_at }: Due): Promise<boolean> {
  const { rows } = await work.query({
    name: 'still due',
    text: `select
      from timer
      where stream = $1
        and kind = $2
        and entity = $3
        and id = $4
        and due_at = $5`,
    values: [stream, kind, entity, id, due_at],
  })
  return rows.length > 0
}
