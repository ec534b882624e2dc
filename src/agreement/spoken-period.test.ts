import { expect, test } from 'vitest'
import { spokenPeriod } from './spoken-period.ts'

test.each([
  ['2026-05-12T14:00:00Z', '2026-05-15T12:00:00Z', 'Europe/Lisbon', '12 – 15 May 2026'],
  ['2026-02-09T23:00:00Z', '2028-01-31T23:00:00Z', 'Europe/Oslo', '10 Feb 2026 – 31 Jan 2028'],
  ['2026-05-11T22:00:00Z', '2026-05-12T22:00:00Z', 'Europe/Oslo', '12 May 2026'],
  ['2026-05-11T22:00:00Z', '2026-05-12T22:00:01Z', 'Europe/Oslo', '12 – 13 May 2026'],
])('%s to %s in %s is spoken as %s', (valid_from, valid_until, zone, words) => {
  const spoken = spokenPeriod({ valid_from, valid_until }, zone)
  expect(spoken.replaceAll(/[\u2009\u202f\u00a0]/g, ' ')).toBe(words)
})
