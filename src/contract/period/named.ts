import type { Faults } from '../document/fault.ts'
import type { OfferingWords } from '../language/offering.ts'
import { standardFacts } from '../language/vocabulary.ts'
import { countedFrom, type NamedPeriods, type PeriodRule } from './period.ts'
import { parsePeriodRule, periodForms } from './words.ts'

export function namedPeriods(words: OfferingWords, faults: Faults): NamedPeriods {
  const periods = new Map<string, PeriodRule | undefined>()
  for (const [name, period] of Object.entries(words.periods ?? {})) {
    const rule =
      typeof period === 'string'
        ? parsePeriodRule(period)
        : ({ is: 'window', from: period['day-from'], until: period.until } as const)
    const isRead = rule && isCountedOnDay(rule, words)
    periods.set(name, isRead ? rule : undefined)
    if (!isRead)
      faults.add(
        'period_unknown',
        ['periods', name],
        `“${String(period)}” is no period: say ${periodForms}, or { day-from: 22:00, until: 06:00 }.`,
      )
  }
  return periods
}

/** What it is counted from by a name is a kind of fact, or may be a date that is agreed. */
function isCountedOnDay(rule: PeriodRule, { facts = {}, agreed = {} }: OfferingWords): boolean {
  const from = countedFrom(rule)
  return (
    from === undefined || [facts, agreed, standardFacts].some((all) => Object.hasOwn(all, from))
  )
}
