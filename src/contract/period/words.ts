import { dayMinutes, Length, parseDate } from '../../kernel/time.ts'
import type { CalendarUnit, NamedPeriods, PeriodRule, Step } from './period.ts'

/** How periods are written. */

const calendarUnits: readonly CalendarUnit[] = ['day', 'week', 'month', 'quarter', 'year']

/** Those of one word. */
export const periodWords = [
  ...calendarUnits,
  ...['hour', 'half-year', 'agreement', 'agreement-month', 'agreement-year', 'so-far-month'],
]

/** What an author may write, for those who wrote something else. */
export const periodForms =
  'hour (of the clock), day, week (from Monday), month, quarter, half-year, year, month from 10, year from 04-01, 2 months, 2 months from 02-01, 2 weeks from 2026-01-05, agreement-month, agreement-year, 2 months from agreement, month from 14 days (after the start of the agreement), month from a kind of fact or an agreed date, agreement or 5 minutes'

/** Reads a period as an author writes it; undefined when it is none. `named` holds the offering's own. */
export function parsePeriodRule(
  text: string,
  named: NamedPeriods = new Map(),
): PeriodRule | undefined {
  if (named.has(text)) return named.get(text)
  if (text === 'agreement') return { is: 'agreement' }
  if (text === 'hour') return { is: 'part-of-day', minutes: 60 }
  const unit = calendarUnits.find((candidate) => candidate === text)
  if (unit) return { is: 'calendar', unit, day: 1, month: 1 }
  const ofAgreement = /^agreement-(month|quarter|half-year|year)$/.exec(text)?.[1]
  if (ofAgreement !== undefined) return countedRule(ofAgreement, 'agreement')
  const soFar = /^so-far-([a-z0-9_-]+)$/.exec(text)?.[1]
  if (soFar !== undefined) {
    const of = parsePeriodRule(soFar, named)
    return of && ['calendar', 'steps', 'agreement-step', 'agreement', 'window'].includes(of.is)
      ? { is: 'so-far', of }
      : undefined
  }
  const since = /^since ([a-z][a-z0-9_]*)$/.exec(text)?.[1]
  if (since !== undefined) return { is: 'since', kind: since }
  const [, step = text, from = '01-01'] = /^(.+) from (.+)$/.exec(text) ?? []
  return countedRule(step, from) ?? lengthRule(text)
}

/** A name whose period cannot be read: what is at fault is said where it is declared, and once. */
export function isUnreadable(text: string, named: NamedPeriods): boolean {
  const name = text.replace(/^so-far-/, '')
  return named.has(name) && named.get(name) === undefined
}

/** `month from 10`, `2 months from 02-01`, `week from 2026-01-02`, `2 weeks from agreement`, `month from 14 days`. */
function countedRule(step: string, from: string): PeriodRule | undefined {
  const named = stepsNamed.get(step)
  const length = named ?? stepOf(step)
  if (!length) return undefined
  const unit = named ? step : length.count === 1 ? length.unit.slice(0, -1) : 'period'
  if (from === 'agreement') return { is: 'agreement-step', length, unit }
  if (parseDate(from)) return { is: 'steps', length, from, everyYear: false, unit }
  if (/^(\d\d-)?\d\d?$/.test(from)) return ofYearRule(step, { length, from, unit })
  const after = /^\d+ [a-z]+$/.test(from) ? Length.parse(from) : undefined
  // Whether there is such a kind of fact, or such a date, is known where it is compiled.
  const isName = /^[a-z][a-z0-9_]*$/.test(from) && !stepsNamed.has(from)
  const counted = after ?? (isName ? from : undefined)
  return counted === undefined ? undefined : { is: 'agreement-step', length, unit, from: counted }
}

/** From a day of every month, or of every year. */
function ofYearRule(
  step: string,
  { length, from, unit }: { readonly length: Step; readonly from: string; readonly unit: string },
): PeriodRule | undefined {
  const ofDay = from.includes('-') ? 'year' : 'month'
  if (step === ofDay) return anchoredRule(ofDay, from)
  // Only what a year is made of: 2, 3, 4 or 6 months.
  const isPartOfYear = length.unit === 'months' && [2, 3, 4, 6].includes(length.count)
  const date = `${leapYear}-${from}`
  return isPartOfYear && parseDate(date)
    ? { is: 'steps', length, from: date, everyYear: true, unit }
    : undefined
}

function anchoredRule(unit: CalendarUnit, from: string): PeriodRule | undefined {
  const [day = 0, month = 1] = from.split('-').map(Number).reverse()
  if (day < 1 || day > 31 || month < 1 || month > 12) return undefined
  return { is: 'calendar', unit, day, month }
}

const leapYear = 2000
const stepsNamed: ReadonlyMap<string, Step> = new Map([
  ['day', { count: 1, unit: 'days' }],
  ['week', { count: 1, unit: 'weeks' }],
  ['month', { count: 1, unit: 'months' }],
  ['quarter', { count: 3, unit: 'months' }],
  ['half-year', { count: 6, unit: 'months' }],
  ['year', { count: 12, unit: 'months' }],
])

function stepOf(text: string): Step | undefined {
  const length = Length.parse(text)
  const count = Number(length?.count.text)
  const unit = (['days', 'weeks', 'months', 'years'] as const).find((one) => one === length?.unit)
  return unit && Number.isInteger(count) && count > 0 ? { count, unit } : undefined
}

/** `past 30 days`, `5 minutes`. */
function lengthRule(text: string): PeriodRule | undefined {
  const length = Length.parse(text.replace(/^past /, ''))
  if (!length) return undefined
  if (text.startsWith('past ')) return { is: 'past', length }
  const minutes = Number(length.minutes?.text ?? Number.NaN)
  return Number.isInteger(minutes) && minutes > 0 && dayMinutes % minutes === 0
    ? { is: 'part-of-day', minutes }
    : undefined
}
