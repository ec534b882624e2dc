import { termOf } from './happening.ts'
import { oneOfSeveral } from './period/asked.ts'
import { isFiner, isMisaligned, isOfSeveral } from './period/order.ts'
import type { PeriodRule } from './period/period.ts'
import { goesWithEvent, hasSubject, ruleAt, subjectAt } from './period/place.ts'
import type { Compiled, Definition, Names, Place, Read, Report, Turn } from './scope.ts'

/** Checks everything that a compiled formula reads from the place where it is read. */
function demandReads(reads: readonly Read[], place: Place, names: Names, report: Report): void {
  for (const { name, attribute } of reads) {
    if (attribute === undefined) demandOnce(names.find(name), place, report)
    else if (!place.events.includes(name))
      report(
        'event_not_at_hand',
        `“${name}.${attribute}” is read where no “${name}” is at hand${place.events.length > 0 ? ` (there is ${place.events.join(', ')})` : ''}: collect it in a measure, such as { last: ${name}, value: ${name}.${attribute}, per: … }, of the period in which it happened; a formula is read where it stands, and has no other event at hand.`,
      )
  }
}

// Only of the last report: a WeakMap’s values outlive each collection of the young, and with them all that was compiled.
let demanded: { readonly report: Report; readonly from: Map<Definition, Place[]> } | undefined

/** Once from each place: forty formulas that each read the one before twice would be asked a billion times. */
function demandOnce(definition: Definition | undefined, place: Place, report: Report): void {
  if (!definition) return
  if (demanded?.report !== report) demanded = { report, from: new Map() }
  const before = demanded.from.get(definition)
  if (before?.some((one) => isSamePlace(one, place))) return
  if (before) before.push(place)
  else demanded.from.set(definition, [place])
  definition.demand(place, report)
}

/** Plain data; one that is told apart by the order of its words is only asked once more. */
const isSamePlace = (left: Place, right: Place) =>
  left === right || JSON.stringify(left) === JSON.stringify(right)

/** The names that compiled formulas rest on, for finding circles; attributes of the event at hand are none. */
export function namesRead(compiled: readonly (Compiled | undefined)[]): string[] {
  const names: string[] = []
  for (const one of compiled)
    for (const { name, attribute } of one?.reads ?? [])
      if (attribute === undefined) names.push(name)
  return names
}

/** The turns of all that these names rest on; undefined where one of them may change as time goes on. */
export function turnsOfNames(read: readonly string[], names: Names): readonly Turn[] | undefined {
  const all = read.map((name) => {
    const kind = names.fact(name)
    return kind ? turnsOfNames(kind.anyOf ?? [], names) : names.find(termOf(name))?.turns?.()
  })
  return all.every((turns) => turns !== undefined) ? [...new Set(all.flat())] : undefined
}

/** The same of what is read for an event: that stays where it is, whichever period turns later. */
export const turnsForEvent = (read: readonly string[], names: Names): readonly Turn[] | undefined =>
  turnsOfNames(read, names)?.filter(({ is }) => is === 'term')

/** The turns of formulas; what they read of the event at hand is another with each event. */
export function turnsOfCompiled(
  compiled: readonly (Compiled | undefined)[],
  names: Names,
): readonly Turn[] | undefined {
  const readsEvent = compiled.some((one) => one?.reads.some((read) => read.attribute !== undefined))
  return readsEvent ? undefined : turnsOfNames(namesRead(compiled), names)
}

export function demandCompiled(
  compiled: readonly (Compiled | undefined)[],
  place: Place,
  names: Names,
  report: Report,
): void {
  for (const one of compiled) if (one) demandReads(one.reads, place, names, report)
}

/** So far, a period is of the same grid. */
const gridOf = <Rule extends PeriodRule | undefined>(rule: Rule): Rule | PeriodRule =>
  rule?.is === 'so-far' ? rule.of : rule

/** The period in which a definition with `per` is read, checked against the place that reads it. */
export function demandPeriod(
  rule: PeriodRule | undefined,
  place: Place,
  report: Report,
  what: string,
): Place {
  if (!rule) return place
  if (rule.is === 'since' && !hasSubject(place))
    report(
      'event_not_at_hand',
      `“${what}” counts since an event of the same subject; no event is at hand.`,
    )
  const around = gridOf(ruleAt(place))
  const own = gridOf(rule)
  const oneOf = place.period?.is === 'asked' ? oneOfSeveral(rule, place.period) : undefined
  if (oneOf !== undefined)
    report('period_too_fine', `“${what}” has a value for each of its own periods: ${oneOf}.`)
  else if (isFiner(own, around) || isOfSeveral(own, around))
    report(
      'period_too_fine',
      `“${what}” has a value for each of several periods here: read it through sum, max, last … of a measure.`,
    )
  else if (isMisaligned(own, around))
    report(
      'periods_do_not_fit',
      `“${what}” is of periods that do not begin and end with those of what reads it: which of them would be meant? Say the same “per:” as there, or leave it out; or add up a measure per day.`,
    )
  return {
    period: rule,
    events: goesWithEvent(rule) ? place.events : [],
    ...subjectAt(place),
  }
}
