import { expect, test } from 'vitest'
import { plain } from '../contract.test-support.ts'
import type { PlainMap } from '../document/document.ts'
import { holidaysEndingIn } from './holidays.ts'

/** Holidays of one year in an agreement of several: in the others the calendar is open on them. */

test.for([
  ['2026-01-01T00:00, 2027-01-01T00:00', '2026-12-25', []],
  ['2026-01-01, 2028-01-01', '2026-12-25', [2027]],
  ['2026-01-01T00:00, 2027-01-01T09:00', '2026-12-25', [2027]],
  ['2025-06-01T00:00, 2027-06-01T00:00', '2026-12-25, 2025-12-25', [2027]],
  ['2025-06-01T00:00, 2027-06-01T00:00', '12-25, 01-01', []],
  ['2025-06-01T00:00, 2027-06-01T00:00', '12-25, 2027-03-26', [2025, 2026]],
  // Of one without an end nobody can list them all.
  ['2026-01-01T00:00, 2999-01-01T00:00', '2026-12-25', []],
] as const)('an agreement of %s with %s lacks %j', ([period, holidays, missing]) => {
  const offering = plain(
    `calendars: { desk: { hours: { mon-fri: 09:00-17:00 }, holidays: [ ${holidays} ] }, all: { hours: { mon: 09:00-17:00 } } }`,
  ) as PlainMap
  const found = holidaysEndingIn(offering, plain(`period: [ ${period} ]`))
  expect(found.flatMap((one) => one.missing)).toEqual(missing)
})
