import { expect, test } from 'vitest'
import { signed } from '../contract.test-support.ts'
import { printedContract } from './contract.ts'
import { glossary } from './english-definitions.ts'

/** How measures beyond sums are printed: each row is a definition that a customer would sign. */

const facts = `facts: {
  sample: { shape: event, has: { rate: { number: Mbit/s } }, measured-by: provider },
  check: { shape: event, has: { failed: truth } },
  incident: { shape: interval, has: { affected: number } },
  asked: { shape: event }, answered: { shape: event }, ordered: { shape: event, title: order, has: { wanted: date } } }`

/** The definition of `printed`, as the contract prints it. */
function definition(words: string, more = ''): string {
  const made = signed(
    `{ ${facts}, policies: { prorate: no, billed: in-arrears }, agreed: { pool: { type: money, title: monthly cost } },
       calendars: { office: { hours: { mon-fri: 09:00-17:00 } } },
       ${words.includes('site') ? 'structures: { site: { any-of: [ north, south ], title: site } },' : ''}
       measures: { printed: { ${words} }, uptime: { formula: 99.5% }, a_day: { time: outage, per: day, in: minutes, title: down time of a day },
         of_subject: { time: incident, about: same, per: month, in: minutes, title: down time of a subject } ${more} },
       terms: { answering: { duty: { who: consumer, start: asked, stop: answered, within: 2 hours, clock: always } },
         read: { charge: { each: ordered, amount: 1.00, when: printed > 0 } } } }`,
    { agreed: { pool: '1000' } },
  )
  const [revision] = made.agreement.revisions
  const text = revision
    ? printedContract(revision, made.agreement.frame.agreed, { provider: 'Acme', consumer: 'Bolt' })
    : ''
  const entry = /\nPrinted: ([\s\S]*?)\n(?=\S|$)/.exec(text)?.[1] ?? text
  return entry.replace(/\s+/g, ' ').trim()
}

test.for([
  [
    'percentile: sample, rank: 95%, per: month',
    'the 95th percentile of the rate of the samples in a month. The values are put in order and the highest 5% of them, rounded down to whole values, are dropped; the next highest is it. Acme measures it.',
  ],
  [
    'percentile: a_day, rank: 99.5%, per: month',
    'the 99.5th percentile of the down time of a day, taken for each day, in a month. The values are put in order and the highest 0.5% of them, rounded down to whole values, are dropped; the next highest is it.',
  ],
  [
    'longest-run: check, where: check.failed, per: month',
    'the largest number of checks one after another in a month where it is marked “failed”.',
  ],
  [
    'count: a_day, where: a_day > 60, per: month',
    'the number of days in a month where the down time of a day is more than 60 minutes.',
  ],
  [
    'max: of_subject, for-each: incident, per: month',
    'the highest of the down time of a subject, taken for each thing that incidents are about, in a month.',
  ],
  [
    'time: incident, weight: 1, per: month, in: minutes',
    'the time of incidents in a month, in minutes. What overlaps counts each time.',
  ],
  [
    'time: incident, weight: incident.affected, per: month, in: minutes, missing: unknown',
    'the time of incidents in a month, in minutes. Each single time is multiplied by the “affected”; what overlaps counts each time. Where nothing is recorded it is not known.',
  ],
  [
    'time: outage, through: site, except: { facts: [ maintenance, answering ] }, per: month, in: minutes',
    'the time of outages in a month, in minutes. It counts as long as the site is down because of them, each stopping the part that it concerns, or all parts where it names none. The time of maintenance and the time in which clause 2 (Answering) stood open after its deadline do not count.',
  ],
  [
    'time: outage, through: site, per: month, in: stretches',
    'the number of separate stretches of the time of outages in a month. It counts as long as the site is down because of them, each stopping the part that it concerns, or all parts where it names none.',
  ],
  [
    'time: outage, per: hour, in: minutes, take: longest',
    'the longest stretch of the time of outages in an hour of the clock, in minutes. What overlaps counts once.',
  ],
  [
    'months: remaining, parts: daily',
    'the months of the agreement that are left from then to its agreed end, counted from its start. The days of an unfinished month count as a share of the days that it has; a day that has begun is used.',
  ],
  [
    'months: completed, parts: whole',
    'the months of the agreement that are over by then, counted from its start. Only whole months count.',
  ],
  [
    'between: [ ordered.date, ordered.wanted ], in: days, calendar: office',
    'the days from the date of the order to the “wanted” of the order, none where the second comes first. Only time within the hours of “office” counts.',
  ],
  [
    'between: [ ordered.date, ordered.wanted ], in: years',
    'the years from the date of the order to the “wanted” of the order, none where the second comes first. Only whole years count.',
  ],
  [
    'months: remaining, parts: whole, from: ordered.wanted, until: agreement_end',
    'the months that are left from then to the end of the agreement, counted from the “wanted” of the order. Only whole months count.',
  ],
  [
    'months: completed, parts: whole, from: ordered.wanted',
    'the months that are over by then, counted from the “wanted” of the order. Only whole months count.',
  ],
  [
    'min: outage, value: outage.minutes, highest: 5, per: month',
    'the lowest number of minutes of any outage in a month. Only the 5 highest count, or all where there are fewer.',
  ],
  [
    'time: period, per: since asked, in: hours',
    'the part of the time since the last “asked” record about the same thing that the agreement covers, in hours.',
  ],
  [
    'forecast: site',
    'the share of time in which the site is up, if each of its parts is up as promised and fails independently of the others.',
    ', north: { formula: 99% }, south: { formula: 99% }',
  ],
  [
    'split: { of: pool, among: { a: 1, b: 2 }, remainder: largest }',
    'the monthly cost of 1,000.00, shared among a and b in proportion to 1 and 2. Each share is rounded to the nearest 0.01, halves away from zero. What rounding leaves goes, one step each, to the shares that it moved the other way: the largest first, of equal ones in this order.',
  ],
  [
    'split: { of: 100.00, evenly: [ x, y ], remainder: first }, rounded: { to: 1, mode: half-even }',
    '100.00, shared among x and y in equal parts. What rounding leaves goes, one step each, to the shares that it moved the other way: in this order. It is rounded to the nearest 1, halves to the even neighbour.',
  ],
  [
    'scale: { measure: late, included: 5, mode: volume, tiers: [ { up-to: 10, rate: 1.00 }, { rate: 2.00 } ], maximum: 500.00 }, per: month',
    'an amount in a month, by the late, all of it at the price of the tier that is reached: 1.00 each up to and including 10; 2.00 each for more than 10. The first 5 are included; only what is beyond is priced, and counted from there. It is at most 500.00.',
    ', late: { count: reported, per: month }',
  ],
] as const)('%s', ([words, expected, more]) => {
  expect(definition(words, more)).toBe(expected)
})

test('several things are down and up, one is', () => {
  const { through, forecast } = glossary
  expect(through('the two regions')).toContain('the two regions are down')
  expect(forecast('the two regions')).toContain('the two regions are up, if each of their parts')
  expect(forecast('the site')).toContain('the site is up, if each of its parts')
})

test('a structure is a definition, and a share is read by its name', () => {
  const made = signed(
    `{ policies: { prorate: no, billed: in-arrears }, agreed: { web: number },
       structures: { shop: { all-of: [ web, uptime_target, { any-of: [ one, { at-least: 2, of: [ two, three, four ] } ] } ], title: web shop } },
       measures: { one: { formula: 99% }, two: { formula: 98% }, three: { formula: 97% }, four: { formula: 96% }, checks: { count: reported, per: month }, uptime: { formula: 1 - checks / 1000 },
         promised: { forecast: shop, title: promised availability }, shared: { split: { of: 10.00, evenly: [ a, b ], remainder: first }, title: shared cost } },
       terms: { uptime_target: { target: { who: provider, measure: uptime, at-least: 99.5%, per: month } },
         part: { charge: { every: month, amount: shared.a, when: promised > 0.9 } } } }`,
    { agreed: { web: '99.9%' } },
  )
  const [revision] = made.agreement.revisions
  const text = revision
    ? printedContract(revision, made.agreement.frame.agreed, { provider: 'Acme', consumer: 'Bolt' })
    : ''
  const line = text.replace(/\s+/g, ' ')
  expect(line).toContain('Bolt pays Acme the share of a in the shared cost.')
  expect(line).toContain(
    'Web shop: it is up while the web (99.9% promised), clause 2 (Uptime target) and (any one of the one and (at least 2 of the two, the three and the four)) are up.',
  )
})
