import type { Compiling } from '../compiling.ts'
import type { Path } from '../document/fault.ts'
import { nearName } from '../near-name.ts'
import { countedFrom, type PeriodRule } from './period.ts'

/** What periods are counted from by a name: a date that was agreed, or a kind of fact; undefined where it is neither. */
export function countedOn(
  rule: PeriodRule,
  { names, agreed, faults }: Pick<Compiling, 'names' | 'agreed' | 'faults'>,
  path: Path,
): PeriodRule | undefined {
  if (rule.is === 'so-far') {
    const of = countedOn(rule.of, { names, agreed, faults }, path)
    return of && { ...rule, of }
  }
  const from = countedFrom(rule)
  if (from === undefined || rule.is !== 'agreement-step') return rule
  const kind = names.fact(from)
  if (kind && !kind.anyOf) return rule
  const definition = names.find(from)
  if (definition?.sort === 'agreed' && definition.type().is === 'date') {
    const [first, ...later] = agreed.get(from) ?? []
    const words = `“${from}” is the day from which periods are counted: it is agreed once, for the whole agreement.`
    if (later.length > 0)
      faults.add('agreed_value_not_allowed', ['agreed', from], words, 'agreement')
    const { length, unit } = rule
    // An offering by itself is only checked: any date will do.
    const date = String(first?.value ?? '2000-01-01')
    return { is: 'steps', length, from: date, everyYear: false, unit }
  }
  const made = definition?.sort === 'transition' && ` ${madeOfFacts(from)}`
  const near = made || nearName(from, names, ['fact', 'agreed'])
  const words = `“${from}” is no kind of fact and no date that was agreed.${near || ' Periods are counted from a day: “month from 14 days” after the start of the agreement, “month from” a kind of fact or an agreed date.'}`
  faults.add('period_unknown', path, words)
  return undefined
}

/** What a term makes of facts waits for its time to be up: periods would begin on a day that nobody knows before. */
export const madeOfFacts = (made: string) =>
  `Periods are counted from facts and agreed dates, and “${made}” is what a term makes of them: say the kind of a fact that is recorded then. How long ago it was is a measure, { since: ${made}, in: days }.`
