import type { z } from 'zod'
import { dayMinutes, spokenDay } from '../../kernel/time.ts'
import type { CalendarWords } from '../language/fact.ts'
import { minuteOfDay } from '../language/words.ts'
import { glossary } from './english-definitions.ts'

/** When a calendar is open: by weekday, on holidays and on dates with hours of their own. */
export function calendarProse(
  words: z.output<typeof CalendarWords>,
  zone: string,
  titleOf: (name: string) => string,
): { text: string; lines: string[] } {
  const together = words['any-of']
  if (together) return { text: glossary.calendarsTogether(together.map(titleOf)), lines: [] }
  const own = words.hours ?? {}
  const named = Object.entries(own)
  const hours = named.flatMap(([day, ranges]) =>
    isClosed(ranges) ? [] : glossary.hours(daysNamed(day), ranges.map(openSpan)),
  )
  const holidays = (words.holidays ?? []).filter((date) => own[date] === undefined)
  const areOpen = own['holidays'] !== undefined
  const closed = named.filter(([, ranges]) => isClosed(ranges)).map(([day]) => day)
  return {
    text: glossary.calendar({
      hours,
      closed: [...(areOpen ? [] : holidays), ...closed].sort().map(dateText),
      holidays: areOpen ? holidays.map(dateText) : [],
      zone: words.zone ?? zone,
    }),
    lines: [],
  }
}

/** What hours are said of: weekdays, a date, or all holidays. */
function daysNamed(day: string): Parameters<typeof glossary.hours>[0] {
  if (day === 'holidays') return { holidays: true }
  if (/\d/.test(day)) return { date: dateText(day) }
  const [first = '', last] = day.split('-')
  return { from: first, ...(last !== undefined && { to: last }) }
}

const isClosed = (ranges: readonly string[]) => ranges.includes('closed')

function openSpan(range: string) {
  const [from = '', until = ''] = range.split('-')
  const [first = 0, last = 0] = [minuteOfDay(from), minuteOfDay(until)]
  return { from, until, wholeDay: first === 0 && last === dayMinutes, isOvernight: last < first }
}

const dateText = (text: string) =>
  /^\d\d-\d\d$/.test(text) ? glossary.everyYear(spokenDay(`2000-${text}`)) : spokenDay(text)
