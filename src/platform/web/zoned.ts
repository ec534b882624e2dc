/**
 * Local time of a zone without `Temporal`, which not every browser of our readers has yet. Fields of forms speak local
 * time (`2026-05-14T18:05`), everything else UTC.
 */

export const toLocal = (instant: string, zone: string): string =>
  new Date(Date.parse(instant) + offsetAt(Date.parse(instant), zone)).toISOString().slice(0, 16)

/** In the hour that a change of clocks skips or repeats: the earlier reading. */
export function fromLocal(local: string, zone: string): string | undefined {
  const asUtc = /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(local)
    ? Date.parse(`${local.slice(0, 16)}:00Z`)
    : Number.NaN
  if (Number.isNaN(asUtc)) return undefined
  const earlier = asUtc - offsetAt(asUtc - dayMilliseconds, zone)
  const later = asUtc - offsetAt(asUtc + dayMilliseconds, zone)
  const fits = [earlier, later].filter((one) => one + offsetAt(one, zone) === asUtc)
  return new Date(Math.min(...(fits.length > 0 ? fits : [earlier]))).toISOString()
}

/** What an address or a sender wrote: a date or a time without an offset is the zone's own. */
export function instantOf(text: string, zone: string): string | undefined {
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return fromLocal(`${text}T00:00`, zone)
  if (/^\d{4}-\d\d-\d\dT[\d:.]+$/.test(text)) return fromLocal(text, zone)
  return Number.isNaN(Date.parse(text)) ? undefined : text
}

const dayMilliseconds = 86_400_000

export type Tick = { readonly at: number; readonly label: string }

/** Some four to eight round moments between two, in local time: hours, days, weeks or months. */
export function ticksBetween(from: number, until: number, zone: string): Tick[] {
  const length = until - from
  const step = steps.find(({ every }) => length / every <= ticksMax) ?? lastStep
  const ticks: Tick[] = []
  const start = new Date(from + offsetAt(from, zone))
  const first = step.isMonths
    ? Date.UTC(start.getUTCFullYear(), 0, 1)
    : Math.floor(start.getTime() / step.every) * step.every
  for (let index = 0; index < 400; index += 1) {
    const local = step.isMonths
      ? monthAfter(first, index * step.isMonths)
      : first + index * step.every
    const at = Date.parse(fromLocal(new Date(local).toISOString(), zone) ?? '')
    if (at >= until) break
    if (at >= from) ticks.push({ at, label: label(new Date(local), step) })
  }
  return ticks
}

type Step = {
  readonly every: number
  readonly isMonths?: number
  readonly format: Intl.DateTimeFormatOptions
}

const ticksMax = 8
const hourMilliseconds = 3_600_000
const clockFormat = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
const dayFormat = { day: 'numeric', month: 'short' } as const
const lastStep: Step = {
  every: 365 * dayMilliseconds,
  isMonths: 12,
  format: { year: 'numeric' },
}
const steps: readonly Step[] = [
  { every: hourMilliseconds / 4, format: clockFormat },
  { every: hourMilliseconds, format: clockFormat },
  { every: 3 * hourMilliseconds, format: clockFormat },
  { every: 6 * hourMilliseconds, format: clockFormat },
  { every: dayMilliseconds, format: dayFormat },
  { every: 2 * dayMilliseconds, format: dayFormat },
  { every: 7 * dayMilliseconds, format: dayFormat },
  { every: 30 * dayMilliseconds, isMonths: 1, format: { month: 'short', year: 'numeric' } },
  { every: 91 * dayMilliseconds, isMonths: 3, format: { month: 'short', year: 'numeric' } },
  { every: 182 * dayMilliseconds, isMonths: 6, format: { month: 'short', year: 'numeric' } },
  lastStep,
]

const monthAfter = (first: number, months: number) =>
  Date.UTC(new Date(first).getUTCFullYear(), months, 1)

// At midnight a scale of hours says which day begins.
function label(local: Date, { format }: Step): string {
  const isMidnight = 'hour' in format && local.getUTCHours() === 0 && local.getUTCMinutes() === 0
  return new Intl.DateTimeFormat('en-GB', {
    ...(isMidnight ? dayFormat : format),
    timeZone: 'UTC',
  }).format(local)
}

const zoneFormats = new Map<string, Intl.DateTimeFormat>()

/** Milliseconds that the zone's clocks are ahead of UTC. */
function offsetAt(instant: number, zone: string): number {
  const known = zoneFormats.get(zone)
  const format =
    known ??
    new Intl.DateTimeFormat('en-GB', {
      ...{ timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit' },
      ...{ hour: '2-digit', minute: '2-digit', second: '2-digit' },
    })
  if (!known) zoneFormats.set(zone, format)
  const part = Object.fromEntries(
    format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]),
  )
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part
  const whole = Math.floor(instant / 1000) * 1000
  return Date.UTC(year, month - 1, day, hour, minute, second) - whole
}
