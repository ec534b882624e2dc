import type { Calendar } from '../../calendar/calendar.ts'
import type { Compiling } from '../../compiling.ts'
import type { Input } from '../../derivation.ts'
import { compileExpression } from '../../formula/expression.ts'
import { nearName } from '../../near-name.ts'
import type { Compiled, Scope } from '../../scope.ts'
import type { DeadlineTold } from './deadline.ts'

/** The calendar by which a deadline is counted: one by its name, or the one that a table or agreed value names. */
export type Clock = {
  /** Whether closed hours and days do not count, whichever calendar it is. */
  readonly isCalendar: boolean
  readonly settings: { readonly clock?: Calendar; readonly clocks?: Clocks }
  /** Which of several it is, where that is not settled. */
  readonly input: (scope: Scope) => readonly Input[]
  readonly compiled?: Compiled
}
type Clocks = Readonly<Record<string, Calendar>>

export function compileClock(
  written: string | undefined,
  { id, path: under }: DeadlineTold,
  compiling: Compiling,
): Clock {
  const { calendars, names, faults } = compiling
  const path = [...under, 'clock']
  const none = { isCalendar: false, settings: {}, input: () => [] }
  if (written === undefined || written === 'always') return none
  const clock = calendars.get(written)
  if (clock) return { isCalendar: true, settings: { clock }, input: () => [] }
  const sort = names.find(written)?.sort
  if (sort !== 'table' && sort !== 'agreed') {
    const near = nearName(written, names, ['calendar'])
    const words = `No calendar is called “${written}”.${near || ' Without one say “clock: always”; a table or an agreed value may name one of several.'}`
    faults.add('name_unknown', path, words)
    return none
  }
  const compiled = compileExpression(written, compiling, { path, clause: id })
  const { type } = compiled
  const named = type.is === 'choice' ? type.words : []
  const other = named.find((name) => !calendars.has(name))
  if (other !== undefined || named.length === 0)
    faults.add(
      'types_do_not_fit',
      path,
      other === undefined
        ? `“${written}” names no calendars: each of its values has to be the name of one.`
        : `“${written}” may be “${other}”, which is no calendar: each of its values has to be the name of one.`,
    )
  const clocks = Object.fromEntries(
    named.flatMap((name) => {
      const one = calendars.get(name)
      return one ? [[name, one] as const] : []
    }),
  )
  const input = (scope: Scope) => [{ as: 'clock', is: compiled.evaluate(scope) }]
  return { isCalendar: true, settings: { clocks }, input, compiled }
}
