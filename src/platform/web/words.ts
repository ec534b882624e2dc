/** How numbers, dates and the words of the field are written everywhere on the pages. */

export type Kind = 'good' | 'access' | 'action'
export type Side = 'provider' | 'consumer'

/** One component of a kind, and a heading over many. */
export const kindWords: Record<Kind, { readonly one: string; readonly many: string }> = {
  good: { one: 'Good', many: 'Goods' },
  access: { one: 'Access', many: 'Access' },
  action: { one: 'Action', many: 'Actions' },
}

/** `1204.5` → `1,204.50`. From text to text: an amount is exact and never passes through a float. */
export function shownAmount(amount: string): string {
  const [, sign = '', whole = '0', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(amount) ?? []
  if (!/^-?\d+(\.\d+)?$/.test(amount)) return amount
  const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, ',')
  return `${sign && '−'}${grouped}.${fraction.padEnd(2, '0')}`
}

export const readerZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone

/** `Europe/Lisbon` → `Lisbon`. */
export const cityOf = (zone: string) => zone.split('/').at(-1)?.replaceAll('_', ' ') ?? zone

/** `2026-05-14T17:05:00Z` → `14 May 2026, 18:05`. */
export const shownInstant = (instant: string, zone: string) =>
  `${shownDay(instant, zone)}, ${shownTime(instant, zone)}`

/** `14 May 2026`; of a plain date the zone changes nothing. */
export const shownDay = (instant: string, zone: string) =>
  written(instant, zone, { day: 'numeric', month: 'long', year: 'numeric' })

/** `Thu 14 May`, where the year is plain from what stands around. */
export const shownWeekday = (instant: string, zone: string) =>
  written(instant, zone, { weekday: 'short', day: 'numeric', month: 'short' }).replace(',', '')

/** `18:05`. */
export const shownTime = (instant: string, zone: string) =>
  written(instant, zone, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })

/** `12 May 2026, 15:00 to 15 May 2026, 13:00`, saying the shared day once; whole days without their midnights. */
export function shownPeriod(from: string, until: string, zone: string): string {
  const last = new Date(Date.parse(until) - 1).toISOString()
  const [first, end] = [shownDay(from, zone), shownDay(last, zone)]
  if ([from, until].every((at) => shownTime(at, zone) === '00:00'))
    return first === end ? first : `${first} to ${end}`
  if (shownDay(from, zone) === shownDay(until, zone))
    return `${shownInstant(from, zone)} to ${shownTime(until, zone)}`
  return `${shownInstant(from, zone)} to ${shownInstant(until, zone)}`
}

const formats = new Map<string, Intl.DateTimeFormat>()

// Making a format costs about a hundred times what using it does.
function written(instant: string, zone: string, options: Intl.DateTimeFormatOptions): string {
  const isDate = /^\d{4}-\d\d-\d\d$/.test(instant)
  const timeZone = isDate ? 'UTC' : zone
  const key = JSON.stringify([timeZone, options])
  const known = formats.get(key)
  const format = known ?? new Intl.DateTimeFormat('en-GB', { ...options, timeZone })
  if (!known) formats.set(key, format)
  return format.format(new Date(instant))
}

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** `6 minutes`, `1 hour 45 minutes`, `3 days 2 hours`: the two largest parts, of which the second is not nought. */
export function shownDuration(milliseconds: number): string {
  const length = Math.abs(milliseconds)
  if (length < minute) return 'less than a minute'
  const parts =
    length < hour
      ? [counted(Math.floor(length / minute), 'minute')]
      : length < day
        ? [
            counted(Math.floor(length / hour), 'hour'),
            counted(Math.floor((length % hour) / minute), 'minute'),
          ]
        : [
            counted(Math.floor(length / day), 'day'),
            length < 7 * day ? counted(Math.floor((length % day) / hour), 'hour') : '',
          ]
  return parts.filter(Boolean).join(' ')
}

/** `1 minute`, `2 minutes`, and nothing for none. */
const counted = (count: number, unit: string) =>
  count === 0 ? '' : `${count} ${unit}${count === 1 ? '' : 's'}`

/** A list as one says it: `customer, user and sponsor`. */
export function listed(words: readonly string[]): string {
  if (words.length < 2) return words.join('')
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}

/** `Ana’s`, and `James’` where an s is there already. */
export const possessive = (name: string) => `${name}’${/s$/i.test(name) ? '' : 's'}`

/** `late_check_out` → `Late check out`, for what has no title of its own. */
export const titleOf = (name: string) => {
  const words = name.replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
