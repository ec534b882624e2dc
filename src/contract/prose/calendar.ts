import type { z } from 'zod'
import { parseDate, spokenDate } from '../../kernel/time.ts'
import { dayMinutes, weekdays } from '../calendar/calendar.ts'
import type { CalendarWords } from '../language/fact.ts'
import { minuteOfDay } from '../language/words.ts'
import { definitionSentences as english } from './definitions-english.ts'

/** When a calendar is open: by weekday, on holidays and on dates with hours of their own. */
export function calendarProse(
  words: z.output<typeof CalendarWords>,
  zone: string,
  titleOf: (name: string) => string,
): { text: string; lines: string[] } {
  const together = words['any-of']
  if (together) return { text: english.calendarsTogether(together.map(titleOf)), lines: [] }
  const own = words.hours ?? {}
  const named = Object.entries(own)
  const hours = named.flatMap(([day, ranges]) =>
    isClosed(ranges) ? [] : english.hours(daysNamed(day), ranges.map(openSpan)),
  )
  const holidays = (words.holidays ?? []).filter((date) => own[date] === undefined)
  const areOpen = own['holidays'] !== undefined
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
  if (/\d/.test(day)) return { date: dateText(day) }
  const [first = '', last] = day.split('-')
  return { from: dayNumber(first), ...(last !== undefined && { to: dayNumber(last) }) }
}

const isClosed = (ranges: readonly string[]) => ranges.includes('closed')

function openSpan(range: string) {
  const [from = '', until = ''] = range.split('-')
  const [first = 0, last = 0] = [minuteOfDay(from), minuteOfDay(until)]
  return { from, until, wholeDay: first === 0 && last === dayMinutes, isOvernight: last < first }
}

function dateText(text: string): string {
  const date = parseDate(/^\d\d-/.test(text) && text.length === 5 ? `2000-${text}` : text)
  if (!date) return text
  return text.length === 5 ? english.everyYear(spokenDate(date)) : spokenDate(date)
}

const dayNumber = (day: string) => Math.max(0, (weekdays as readonly string[]).indexOf(day))
