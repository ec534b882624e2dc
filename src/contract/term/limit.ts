import { endOfTime, type Instant } from '../../kernel/time.ts'
import { type Compiling, lazily } from '../compiling.ts'
import { demandCompiled, namesRead, turnsOfCompiled } from '../demand.ts'
import type { Derivation } from '../derivation.ts'
import type { Path } from '../document/fault.ts'
import { happeningOf, isEvent, kindsAtHand } from '../happening.ts'
import type { LimitWords } from '../language/term.ts'
import { nearName } from '../near-name.ts'
import type { Asking, Happening, Report, Turn } from '../scope.ts'
import type { Value } from '../value.ts'
import { compileBounded } from './bounded.ts'

/** May or may not, as long as a measure stays within bounds. */
export type Limit = {
  readonly words: LimitWords
  readonly reads: readonly string[]
  readonly check: (report: Report) => void
  readonly turns: () => readonly Turn[] | undefined
  /** Whether the limit holds at an instant; with a kind of use, the use asked for counts. */
  readonly holds: (asking: Asking, at: Instant, subject?: string) => Derivation
}

export function compileLimit(
  words: LimitWords,
  { id, path }: { id: string; path: Path },
  compiling: Compiling,
): Limit {
  const { names, faults, components } = compiling
  if (!components.has(words.of))
    faults.add(
      'name_unknown',
      [...path, 'of'],
      `No component is called “${words.of}”.${nearName(words.of, names, ['component'])}`,
    )
  const several = names.fact(words.on ?? '')?.anyOf
  if (several)
    faults.add(
      'types_do_not_fit',
      [...path, 'on'],
      `A use is asked for as one kind: say which of ${several.join(', ')}.`,
    )
  if (words.on !== undefined && !isEvent(words.on, names))
    faults.add(
      'fact_undeclared',
      [...path, 'on'],
      `“${words.on}” is no kind of fact.${nearName(words.on, names, ['fact', 'transition'])}`,
    )
  if ((words['at-most'] ?? words['at-least']) === undefined)
    faults.add('word_missing', path, 'Say “at-most:” or “at-least:”.')
  const bounded = compileBounded(words, { id, path }, compiling)
  const kinds = words.on === undefined ? ['this_instant'] : kindsAtHand(words.on, names)
  return {
    words,
    reads: namesRead(bounded.compiled),
    turns: lazily(() => turnsOfCompiled(bounded.compiled, names)),
    check: (report) => demandCompiled(bounded.compiled, { events: kinds }, names, report),
    holds: (asking, at, subject) => {
      const event = askedFor(words.on ?? 'this_instant', { at, subject, component: words.of })
      const supposed = words.on === undefined ? asking : asking.supposing(event.fact)
      return bounded.holds({ asking: supposed, event, at })
    },
  }
}

/** The use that is asked for, as if it had just been recorded: what else is on file of that instant comes before it. */
function askedFor(
  kind: string,
  { at, subject, component }: { at: Instant; subject: string | undefined; component: string },
): Happening {
  const values: Record<string, Value> = {
    component,
    ...(subject !== undefined && { about: subject }),
  }
  return happeningOf({
    id: 'use_asked_for',
    kind,
    shape: 'event',
    at,
    recorded: endOfTime,
    ...(subject !== undefined && { about: subject }),
    component,
    values,
  })
}
