import { type Calendar, type OpenRange, type Weekday, weekdays } from './calendar.ts'
import { didYouMean, type Faults, type Path } from './fault.ts'
import type { ComponentWords, OfferingWords } from './language/offering.ts'
import { type PeriodRule, parsePeriodRule, periodForms } from './period.ts'
import type { Component } from './reading.ts'
import { minuteOfDay } from './words.ts'

/** What an offering declares beside its terms: components, named periods, calendars. */

export function componentsOf(
  list: readonly ComponentWords[],
  users: readonly string[],
  faults: Faults,
): Map<string, Component> {
  const components = new Map<string, Component>()
  list.forEach((words, place) => {
    const path = ['components', place]
    const kinds = (['good', 'access', 'action'] as const).filter(
      (kind) => words[kind] !== undefined,
    )
    const [kind] = kinds
    const id = kind && words[kind]
    if (kind === undefined || id === undefined || kinds.length > 1) {
      faults.add(
        'kind_unsaid',
        path,
        'A component is exactly one of “good:”, “access:” or “action:”.',
      )
      return
    }
    for (const [at, user] of (words.for ?? []).entries())
      if (!users.includes(user))
        faults.add(
          'user_undeclared',
          [...path, 'for', at],
          `No kind of user is called “${user}”.${didYouMean(user, users) || ' List it under “users:”.'}`,
        )
    if (kind === 'action' && words.serialised)
      faults.add(
        'law_of_kind_broken',
        [...path, 'serialised'],
        'An action is performed; it has no items.',
      )
    components.set(id, {
      id,
      kind,
      title: words.title ?? id.replaceAll('_', ' '),
      users: words.for ?? [],
      serialised: words.serialised ?? false,
      ...(words.of !== undefined && { of: words.of }),
      ...(words.says !== undefined && { says: words.says }),
    })
  })
  return components
}

export function namedPeriods(words: OfferingWords, faults: Faults): Map<string, PeriodRule> {
  const periods = new Map<string, PeriodRule>()
  for (const [name, period] of Object.entries(words.periods ?? {})) {
    const rule =
      typeof period === 'string'
        ? parsePeriodRule(period)
        : ({ is: 'window', from: period['day-from'], until: period.until } as const)
    if (rule) periods.set(name, rule)
    else
      faults.add(
        'period_unknown',
        ['periods', name],
        `“${String(period)}” is no period: say ${periodForms}, or { day-from: 22:00, until: 06:00 }.`,
      )
  }
  return periods
}

export function calendarsOf(words: OfferingWords, faults: Faults): Map<string, Calendar> {
  const calendars = new Map<string, Calendar>()
  for (const [name, calendar] of Object.entries(words.calendars ?? {})) {
    const hours: Partial<Record<Weekday, OpenRange[]>> = {}
    for (const [days, ranges] of Object.entries(calendar.hours))
      for (const day of daysOf(days))
        hours[day] = ranges.map((text) =>
          openRange(text, faults, ['calendars', name, 'hours', days]),
        )
    for (const ranges of Object.values(hours)) {
      ranges.sort((left, right) => left.from - right.from)
      if (ranges.some((range, at) => at > 0 && range.from < (ranges[at - 1]?.until ?? 0)))
        faults.add('bands_overlap', ['calendars', name, 'hours'], 'Two ranges of one day overlap.')
    }
    calendars.set(name, {
      name,
      zone: calendar.zone ?? words.zone,
      hours,
      holidays: calendar.holidays ?? [],
    })
  }
  return calendars
}

function daysOf(text: string): readonly Weekday[] {
  const [first = '', last = first] = text.split('-')
  const from = weekdays.indexOf(first as Weekday)
  const until = weekdays.indexOf(last as Weekday)
  return from <= until
    ? weekdays.slice(from, until + 1)
    : [...weekdays.slice(from), ...weekdays.slice(0, until + 1)]
}

function openRange(text: string, faults: Faults, path: Path): OpenRange {
  const [from = 0, until = 0] = text.split('-').map((part) => minuteOfDay(part) ?? Number.NaN)
  if (!(from < until))
    faults.add('period_misordered', path, `“${text}” does not end after it starts.`)
  return { from, until }
}
