import type { Pool } from 'pg'
import { type Instant, utcText } from '../../kernel/time.ts'
import type { Refusal } from './command.ts'

/** A transaction in flight may still add to what was known less than this ago. None comes later: the trigger `entry_is_in_time`. */
const settledAfterMilliseconds = 10_000

/** The platform's time: the machine's, and how far a demonstration put it ahead or behind. All processes share the row. */
export async function readClock(pool: Pool, machineNow: Instant = Date.now()): Promise<Instant> {
  const { rows } = await pool.query('select ahead_milliseconds from clock')
  return machineNow + Number(rows[0]?.ahead_milliseconds ?? 0)
}

type Turned = { readonly refusal: Refusal } | { readonly now: Instant }

/**
 * To any time, so long as nothing is recorded. A first command that is under way cannot be seen, so this comes before
 * the platform takes commands. The pool is that of the work role.
 */
export function setClock(
  pool: Pool,
  to: Instant,
  machineNow: Instant = Date.now(),
): Promise<Turned> {
  return turn(pool, 'not exists (select from journal)', { to, machineNow, no: mustBeEmpty })
}

/** Forwards only: what was recorded would otherwise lie in the future. The pool is that of the work role. */
export function moveClock(
  pool: Pool,
  to: Instant,
  machineNow: Instant = Date.now(),
): Promise<Turned> {
  return turn(pool, 'ahead_milliseconds <= $1', { to, machineNow, no: mustMoveForwards })
}

/** Every process hears `tessera_clock` of it. */
async function turn(
  pool: Pool,
  condition: string,
  { to, machineNow, no }: { to: Instant; machineNow: Instant; no: Refusal },
): Promise<Turned> {
  const { rowCount } = await pool.query(
    `with turned as (
      update clock
      set ahead_milliseconds = $1
      where ${condition}
      returning ahead_milliseconds
    )
    select pg_notify('tessera_clock', $2)
    from turned`,
    [to - machineNow, utcText(to)],
  )
  return rowCount === 1 ? { now: to } : { refusal: no }
}

/**
 * An answer as known by an instant is the same for ever only once nothing can be recorded before that instant any more.
 * Both are the platform's time; one that lies ahead is refused too.
 */
export function settledKnownBy(knownBy: Instant, now: Instant): Refusal | undefined {
  return knownBy <= now - settledAfterMilliseconds ? undefined : mustBeSettled
}

const mustBeEmpty: Refusal = {
  name: 'clock_must_be_set_before_entries',
  pointer: '/at',
  words: 'The clock is set before anything is recorded. Afterwards it moves forwards only.',
}

const mustMoveForwards: Refusal = {
  name: 'clock_must_move_forwards',
  pointer: '/at',
  words: 'The clock moves forwards only: what was recorded would otherwise lie in the future.',
}

const mustBeSettled: Refusal = {
  name: 'known_by_must_be_settled',
  pointer: '/known_by',
  words: `What was known is settled ${settledAfterMilliseconds / 1000} seconds later. Ask for an earlier instant, or leave it out for what is known now.`,
}
