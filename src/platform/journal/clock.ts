import type { Pool } from 'pg'
import type { Instant } from '../../kernel/time.ts'
import type { Refusal } from './command.ts'

/** The platform's time: the machine's, and how far the demonstration moved it ahead. All processes share the row. */
export async function readClock(pool: Pool, machineNow: Instant = Date.now()): Promise<Instant> {
  const { rows } = await pool.query('select ahead_milliseconds from clock')
  return machineNow + Number(rows[0]?.ahead_milliseconds ?? 0)
}

/** Forwards only: what was recorded would otherwise lie in the future. The pool is that of the work role. */
export async function moveClock(
  pool: Pool,
  to: Instant,
  machineNow: Instant = Date.now(),
): Promise<{ readonly refusal: Refusal } | { readonly now: Instant }> {
  const { rowCount } = await pool.query(
    'update clock set ahead_milliseconds = $1 where ahead_milliseconds <= $1',
    [to - machineNow],
  )
  if (rowCount === 1) return { now: to }
  return {
    refusal: {
      name: 'clock_must_move_forwards',
      pointer: '/to',
      words: 'The clock moves forwards only: what was recorded would otherwise lie in the future.',
    },
  }
}
