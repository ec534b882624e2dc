import { dayMinutes, type Weekday, weekdays } from '../../kernel/time.ts'
import { didYouMean, type Faults, type Path } from '../document/fault.ts'
import { isDay } from '../language/fact.ts'
import type { OfferingWords } from '../language/offering.ts'
import { minuteOfDay } from '../language/words.ts'
import type { Calendar, OpenRange } from './calendar.ts'

export function calendarsOf(words: OfferingWords, faults: Faults): Map<string, Calendar> {
  const calendars = new Map<string, Calendar>()
  for (const [name, calendar] of Object.entries(words.calendars ?? {})) {
    const path = ['calendars', name, 'hours']
    const own = new Map(
      Object.entries(calendar.hours ?? {}).map(([day, texts]) => [
        day,
        openRanges(day, texts, { faults, path: [...path, day] }),
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
    const weekly = [...own].filter(([day]) => !isDay(day) && day !== 'holidays')
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
        ...[...own].filter(([day]) => isDay(day)),
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

/** The ranges of one day, in order. A weekday is closed where it is not named, and so are holidays: only a date says it. */
function openRanges(
  day: string,
  texts: readonly string[],
  { faults, path }: { faults: Faults; path: Path },
): readonly OpenRange[] {
  if (texts.includes('closed')) {
    if (texts.length > 1)
      faults.add('words_exclude_each_other', path, 'Say “closed” or hours, not both.')
    else if (!isDay(day))
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
