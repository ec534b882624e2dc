import { parseDate } from '../kernel/time.ts'
import {
  type Calendar,
  dayMinutes,
  type OpenRange,
  type Weekday,
  weekdays,
} from './calendar/calendar.ts'
import type { Component } from './compiling.ts'
import { didYouMean, type Faults, type Path } from './document/fault.ts'
import type { ComponentWords, OfferingWords } from './language/offering.ts'
import { standardFacts } from './language/vocabulary.ts'
import { minuteOfDay } from './language/words.ts'
import { countedFrom, type NamedPeriods, type PeriodRule } from './period/period.ts'
import { parsePeriodRule, periodForms } from './period/words.ts'

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

/** A good is what becomes the consumer’s: what never does is an access. */
export function checkGoods({ components = [], terms = {} }: OfferingWords, faults: Faults): void {
  const passing = Object.values(terms).flatMap((term) =>
    'transition' in term && term.transition.title === 'consumer' ? [term.transition.of] : [],
  )
  for (const [place, { good }] of components.entries())
    if (good !== undefined && !passing.includes(good))
      faults.add(
        'law_of_kind_broken',
        ['components', place],
        `A good becomes the consumer’s, and no term says when: add “${good}_passes: { transition: { of: ${good}, on: handed_over, title: consumer } }”, or make it an access, which stays the provider’s.`,
      )
}

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

export function calendarsOf(words: OfferingWords, faults: Faults): Map<string, Calendar> {
  const calendars = new Map<string, Calendar>()
  for (const [name, calendar] of Object.entries(words.calendars ?? {})) {
    const path = ['calendars', name, 'hours']
    const own = new Map(
      Object.entries(calendar.hours ?? {}).map(([day, texts]) => [
        day,
        openRanges(texts, faults, [...path, day]),
      ]),
    )
    checkCalendar(name, words, faults)
    if (own.has('holidays') && !calendar.holidays?.length)
      faults.add(
        'word_without_effect',
        [...path, 'holidays'],
        'No date is a holiday: list them under “holidays:” beside “hours:”, or name each date here.',
      )
    const onHolidays = own.get('holidays') ?? []
    const weekly = [...own].filter(([day]) => !isDate(day) && day !== 'holidays')
    const together = calendar['any-of']
    calendars.set(name, {
      name,
      zone: calendar.zone ?? words.zone,
      hours: Object.fromEntries(
        weekly.flatMap(([days, ranges]) => daysOf(days).map((day) => [day, ranges])),
      ),
      // A date goes before the holidays that it is one of.
      dates: Object.fromEntries([
        ...(calendar.holidays ?? []).map(
          (date) => [date, own.get(date.replace(/^\d{4}-/, '')) ?? onHolidays] as const,
        ),
        ...[...own].filter(([day]) => isDate(day)),
      ]),
      ...([...own.values()].flat().some(({ until }) => until > dayMinutes) && {
        isOvernight: true,
      }),
      ...(together && {
        anyOf: () => together.flatMap((one) => calendars.get(one) ?? []),
      }),
    })
  }
  return calendars
}

/** Hours of its own, or those of others, which have hours of their own. */
function checkCalendar(name: string, { calendars = {} }: OfferingWords, faults: Faults): void {
  const { hours, holidays, 'any-of': together } = calendars[name] ?? {}
  const path = ['calendars', name]
  if ((hours === undefined) === (together === undefined))
    faults.add(
      'word_missing',
      path,
      'Say “hours:”, or “any-of:” with calendars that are one together: one of the two.',
    )
  if (together && holidays)
    faults.add(
      'word_without_effect',
      [...path, 'holidays'],
      'Each of the calendars under “any-of” has holidays of its own: list them there.',
    )
  for (const [place, one] of (together ?? []).entries())
    if (calendars[one]?.hours === undefined)
      faults.add(
        'name_unknown',
        [...path, 'any-of', place],
        `“${one}” is no calendar with hours of its own.${didYouMean(
          one,
          Object.keys(calendars).filter((other) => calendars[other]?.hours),
        )}`,
      )
}

/** A date, or a day of every year. */
const isDate = (day: string) =>
  parseDate(/^\d\d-\d\d$/.test(day) ? `2000-${day}` : day) !== undefined

/** The ranges of one day, in order. A weekday is closed where it is not named, and so are holidays: only a date says it. */
function openRanges(texts: readonly string[], faults: Faults, path: Path): readonly OpenRange[] {
  const day = String(path.at(-1))
  if (texts.includes('closed')) {
    if (texts.length > 1)
      faults.add('words_exclude_each_other', path, 'Say “closed” or hours, not both.')
    else if (!isDate(day))
      faults.add(
        'word_without_effect',
        path,
        day === 'holidays'
          ? 'Holidays are closed anyway: leave “holidays: closed” out.'
          : `A weekday that is not named is closed anyway: leave “${day}” out.`,
      )
    return []
  }
  const ranges = texts
    .map((one) => openRange(one, faults, path))
    .sort((left, right) => left.from - right.from)
  if (ranges.some((range, at) => at > 0 && range.from < (ranges[at - 1]?.until ?? 0)))
    faults.add('bands_overlap', path.slice(0, -1), 'Two ranges of one day overlap.')
  return ranges
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
  if (from === until)
    faults.add(
      'period_misordered',
      path,
      `“${text}” is over as it begins; a whole day is 00:00-24:00.`,
    )
  // What ends before it begins lasts into the next day.
  return { from, until: until < from ? until + dayMinutes : until }
}
