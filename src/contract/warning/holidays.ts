import { asMap, type Plain, type PlainMap } from '../document/document.ts'

/** A calendar that lists the holidays of some years of an agreement: in the others it is open on theirs. */
export type HolidaysEnd = {
  readonly calendar: string
  readonly listed: readonly number[]
  readonly missing: readonly number[]
  readonly pointer: string
}

/** Of an agreement of a few years; nobody lists those of one without an end. Days of every year have no year of their own. */
export function holidaysEndingIn(offering: PlainMap, agree: Plain | undefined): HolidaysEnd[] {
  const years = yearsOf(asMap(agree)['period'])
  if (years.length < 2) return []
  return Object.entries(asMap(offering['calendars'])).flatMap(([calendar, words]) => {
    const { holidays } = asMap(words)
    const dated = (Array.isArray(holidays) ? holidays : [])
      .map((day) => Number(/^(\d{4})-\d\d-\d\d$/.exec(String(day))?.[1]))
      .filter((year) => year > 0)
    const listed = [...new Set(dated)].sort((left, right) => left - right)
    const missing = years.filter((year) => !listed.includes(year))
    const pointer = `/calendars/${calendar}/holidays`
    return listed.length > 0 && missing.length > 0 ? [{ calendar, listed, missing, pointer }] : []
  })
}

const yearsMax = 20

/** The years in which it runs; the first instant of a year that it no longer holds is none of them. */
function yearsOf(period: Plain | undefined): number[] {
  const [from, until] = (Array.isArray(period) ? period : []).map(String)
  const first = Number(from?.slice(0, 4))
  const last = Number(until?.slice(0, 4)) - (/^\d{4}-01-01(T00:00)?$/.test(until ?? '') ? 1 : 0)
  const count = last - first + 1
  return count > 0 && count <= yearsMax ? Array.from({ length: count }, (_, at) => first + at) : []
}
