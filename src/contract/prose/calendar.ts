import type { z } from 'zod'
import { parseDate, spokenDate } from '../../kernel/time.ts'
import { weekdays } from '../calendar.ts'
import type { CalendarWords } from '../language/fact.ts'
import { minuteOfDay } from '../words.ts'
import { definitionSentences as english } from './definitions-english.ts'

/** When a calendar is open: by weekday, on holidays and on dates with hours of their own. */
export function calendarProse(
  words: z.output<typeof CalendarWords>,
  zone: string,
): { text: string; lines: string[] } {
  const named = Object.entries(words.hours)
  const hours = named.flatMap(([day, ranges]) =>
    isClosed(ranges) ? [] : english.hours(daysNamed(day), ranges.map(openSpan)),
  )
  const holidays = (words.holidays ?? []).filter((date) => words.hours[date] === undefined)
  const areOpen = words.hours['holidays'] !== undefined
  const closed = named.filter(([, ranges]) => isClosed(ranges)).map(([day]) => day)
  return {
    text: english.calendar({
      hours,
      closed: [...(areOpen ? [] : holidays), ...closed].sort().map(dateText),
      holidays: areOpen ? holidays.map(dateText) : [],
      zone: words.zone ?? zone,
    }),
    lines: [],
  }
}

/** What hours are said of: weekdays by their number, a date, or all holidays. */
function daysNamed(day: string): Parameters<typeof english.hours>[0] {
  if (day === 'holidays') return { holidays: true }
  if (parseDate(day)) return { date: dateText(day) }
  const [first = '', last] = day.split('-')
  return { from: dayNumber(first), ...(last !== undefined && { to: dayNumber(last) }) }
}

const isClosed = (ranges: readonly string[]) => ranges.includes('closed')

function openSpan(range: string) {
  const [from = '', until = ''] = range.split('-')
  return { from, until, wholeDay: minuteOfDay(from) === 0 && minuteOfDay(until) === 1440 }
}

function dateText(text: string): string {
  const date = parseDate(text)
  return date ? spokenDate(date) : text
}

const dayNumber = (day: string) => Math.max(0, (weekdays as readonly string[]).indexOf(day))
