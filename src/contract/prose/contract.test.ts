import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { beginningOfTime, endOfTime, type Period, parseInstant } from '../../kernel/time.ts'
import { compileAgreement } from '../agreement/agreement.ts'
import type { Revision } from '../agreement/revision.ts'
import { triesIn } from '../case/tries.ts'
import { clauseSentence, signed } from '../contract.test-support.ts'
import { at, type PlainMap, readDocuments } from '../document/document.ts'
import type { Deviation } from '../language/term.ts'
import { clausesOf } from './clause.ts'
import { type Parties, printedClauses, printedContract } from './contract.ts'

const parties: Parties = { provider: 'Meridian Hotels', consumer: 'Ana Costa' }
const period = { start: instant('2026-01-01T00:00'), end: instant('2028-01-01T00:00') }

const head = `
language: 1
id: serviced_flat
title: Serviced flat
currency: EUR
zone: Europe/Lisbon
rounding: { to: 0.01, mode: half-up }
policies: { prorate: { by: days, of: actual }, billed: in-advance, ends: with-the-day }
users: [ guest, house_keeper ]
tax-categories: { reduced: { title: reduced rate of 6% } }
facts:
  reading: { shape: event, title: meter reading, has: { kwh: { number: kWh } }, measured-by: both }
  ticket: { shape: event, has: { priority: [ urgent, normal_one ], order: text } }
  solved: { shape: event, has: { order: text } }
  on_hold: { shape: interval, has: { order: text } }
  repair: { shape: interval, has: { order: text } }
  stay: { shape: interval, has: { guests: number, pets: truth } }
  visit: { shape: event, title: visit, has: { rating: number, guest: text } }
  price_index: { shape: state, has: { value: number } }
  balance: { shape: state, has: { amount: money } }
  deposit: { shape: event, has: { amount: money, type: [ payroll, benefits, other ] } }
  check_out: { shape: event, title: check-out, has: { status: [ present, missing ] } }
agreed:
  rent: { type: money, title: rent }
  growing_rent: { type: money, title: growing rent }
  last_day: { type: date, title: last day }
  seats: { type: number, title: seats, default: 3 }
  power: { type: { number: kW }, title: power, default: 3 }
  plan: { type: [ basic_plan, full ], title: plan, default: basic_plan }
periods:
  night: { day-from: "15:00", until: "12:00" }
  fiscal: year from 04-01
  season: half-year from 04-01
  billing: 2 months from 02-01
  fortnight: 2 weeks from 2026-01-05
  four_weeks: 4 weeks from 2026-01-05
calendars:
  office: { title: office hours, hours: { mon-fri: [ 09:00-12:00, 13:00-17:00 ], sat: 00:00-24:00 }, holidays: [ 2026-12-25 ] }
  shop: { title: shop hours, hours: { mon-sat: 09:00-18:00, holidays: 12:00-18:00, 2026-12-24: 09:00-14:00, 2026-12-25: closed }, holidays: [ 2026-05-01, 2026-12-25, 2026-12-26 ] }
components:
  - { good: toiletries, of: hotel_secret.toiletries_item, title: toiletries }
  - { access: robe, title: bath robe, for: guest, says: It hangs behind the door. }
  - { access: gym, title: gym, for: [ guest, house_keeper ], serialised: yes }
  - { action: cleaning, title: cleaning, for: guest }
measures:
  energy: { sum: reading, per: month, title: energy used, rounded: { to: 0.1, mode: down } }
  guests_then: { max: stay, value: stay.guests, per: month, title: guests at a time, missing: 0 }
  cleanings: { count: requested, per: so-far-month, title: cleanings requested so far }
  average_rating: { average: visit, value: visit.rating, per: quarter, missing: leave-out, title: average rating }
  visitors: { unique: visit, value: visit.guest, per: past 30 days, title: visitors }
  closing_balance: { last: balance, per: day, title: balance at the end of the day }
  lowest_balance: { min: closing_balance, per: month, title: lowest daily balance }
  qualifying_deposits: { sum: deposit, per: month, where: 'deposit.type in ["payroll", "benefits"]', title: qualifying deposits }
  first_index: { first: price_index, per: year, title: index at the start of the year }
  repairs: { time: repair, per: month, in: hours, calendar: office, except: { facts: [ on_hold, maintenance ] }, each: { longer-than: 15 minutes, rounded: up, to: 1 hour }, title: time of repairs }
  month_hours: { time: period, per: month, in: hours, title: hours of the month }
  stay_days: { time: period, per: this, in: days, title: days of the stay }
  all_days: { time: period, per: agreement, in: days, title: days in all }
  available: { formula: 1 - repairs / month_hours, per: month, title: availability }
  left_over: { formula: "min(10, max(0, 10 + carried - repairs))", per: month, title: hours left over }
  carried: { previous: left_over, per: month, initially: 0, title: hours carried over }
  days_since_check_out: { since: check_out, in: days, title: days since check-out }
  days_late: { time: pay, per: month, in: days, title: days late }
  loan_time: { formula: days(21 + seats), title: time of the loan }
  in_hours: { open: office }
  in_shop: { open: shop }
  prompt: { met: pay }
  charged: { sum: rent_charge, per: year, title: rent charged }
tables:
  fix_within: { by: [ ticket.priority, plan ], title: time for repairs, rows: [ { when: [ urgent, any ], then: 4 hours }, { when: [ any, full ], then: 8 hours }, { when: [ any, any ], then: not-agreed } ] }
  guest_price: { by: stay.guests, title: price by guests, rows: [ { when: { up-to: 2 }, then: 80 }, { when: { above: 2, below: 5 }, then: 95.5 }, { when: any, then: not-agreed } ] }
terms:
  rent_charge: { title: Rent, charge: { every: month, pays-for: robe, amount: rent, prorate: no } }
  pay: { title: Payment, duty: { who: consumer, start: invoiced, stop: paid, within: 14 days } }
  robe_kept: { title: Robe kept, transition: { of: robe, on: kept, title: consumer } }
  robe_price: { title: Robe price, charge: { each: robe_kept, amount: 60 } }
  toiletries_pass: { title: Hand-over, transition: { of: toiletries, on: handed_over, title: consumer } }
`

const arrears = 'prorate: no, billed: in-arrears'

/** A term as its author writes it, and how the parties read it. */
const rows: readonly [string, string][] = [
  [
    'charge: { every: month, amount: 10, prorate: no, billed: in-arrears }',
    'Every month, Ana Costa pays Meridian Hotels 10.00. A part of a month costs as much as a whole one. It is billed in arrears.',
  ],
  [
    'charge: { every: half-year, amount: 10, prorate: no, billed: in-arrears }',
    'Every half-year, Ana Costa pays Meridian Hotels 10.00. A part of a half-year costs as much as a whole one. It is billed in arrears.',
  ],
  [
    'charge: { every: 2 months, amount: 10, prorate: no, billed: in-arrears }',
    'For each period of 2 months counted from 1 January, Ana Costa pays Meridian Hotels 10.00. A part of such a period costs as much as a whole one. It is billed in arrears.',
  ],
  [
    'charge: { every: 2 months from agreement, amount: 10, prorate: no, billed: in-arrears }',
    'For each period of 2 months of the agreement, Ana Costa pays Meridian Hotels 10.00. A part of such a period costs as much as a whole one. It is billed in arrears.',
  ],
  [
    'charge: { every: once, amount: 10 }',
    'Once, at the start of the agreement, Ana Costa pays Meridian Hotels 10.00.',
  ],
  [
    'charge: { every: month, pays-for: robe, amount: rent, prorate: no, billed: in-advance, tax: reduced }',
    'Every month, Ana Costa pays Meridian Hotels 700.00 for the bath robe. A part of a month costs as much as a whole one. It is billed in advance. Tax category: reduced rate of 6%.',
  ],
  [
    'charge: { every: month, amount: growing_rent }',
    'Every month, Ana Costa pays Meridian Hotels 10.00 from 1 January 2026 on, and 20.50 from 1 January 2027 on. A part of a month is charged by the day, out of its actual days. It is billed in advance.',
  ],
  [
    'charge: { every: month, amount: 30, billed: in-advance, until: handed_over, pays-for: robe, prorate: { by: days, of: actual, change-day: new } }',
    'Every month, Ana Costa pays Meridian Hotels 30.00 for the bath robe. This applies only until the first time that the bath robe is handed over. A part of a month is charged by the day, out of its actual days. The day in the course of which it ends is not counted. It is billed in advance.',
  ],
  [
    'charge: { every: month, amount: 30, billed: in-advance, from: 36 hours, prorate: { by: days, of: actual, change-day: old } }',
    'Every month, Ana Costa pays Meridian Hotels 30.00. This applies only after the first 36 hours of the agreement. A part of a month is charged by the day, out of its actual days. The day in the course of which it begins is not counted. It is billed in advance.',
  ],
  [
    'charge: { every: month, amount: 30, prorate: { by: days, of: 30 } }',
    'Every month, Ana Costa pays Meridian Hotels 30.00. A part of a month is charged by the day, out of 30 days. It is billed in advance.',
  ],
  [
    'charge: { every: fiscal, amount: 99, prorate: { by: time, of: actual } }',
    'For each fiscal year, Ana Costa pays Meridian Hotels 99.00. A part of a fiscal year is charged by its time, out of its actual time. It is billed in advance.',
  ],
  [
    'charge: { every: month, amount: 30, prorate: { by: time, of: 30 } }',
    'Every month, Ana Costa pays Meridian Hotels 30.00. A part of a month is charged by its time, out of 30 days of 24 hours. It is billed in advance.',
  ],
  [
    'charge: { every: night, amount: 12.5, prorate: no }',
    'Every night, Ana Costa pays Meridian Hotels 12.50. A part of a night costs as much as a whole one. It is billed in advance.',
  ],
  [
    'charge: { every: agreement-month, amount: 1, prorate: no }',
    'For each month of the agreement, Ana Costa pays Meridian Hotels 1.00. A part of such a month costs as much as a whole one. It is billed in advance.',
  ],
  [
    'charge: { every: hour, amount: 1, prorate: no }',
    'For each hour of the clock, Ana Costa pays Meridian Hotels 1.00. A part of such an hour costs as much as a whole one. It is billed in advance.',
  ],
  [
    'charge: { every: month from 10, amount: 1, prorate: no }',
    'For each month that begins on the 10th, Ana Costa pays Meridian Hotels 1.00. A part of such a month costs as much as a whole one. It is billed in advance.',
  ],
  [
    'charge: { every: agreement, amount: 1, prorate: no }',
    'Once, for the whole agreement, Ana Costa pays Meridian Hotels 1.00. An agreement that ends early costs as much as a whole one. It is billed in advance.',
  ],
  [
    `charge: { every: month, measure: energy, rate: 0.19, ${arrears} }`,
    'Every month, Ana Costa pays Meridian Hotels 0.19 for each kWh of the energy used. A part of a month costs as much as a whole one. It is billed in arrears.',
  ],
  [
    `charge: { every: month, pays-for: gym, measure: energy, included: 100, quantity-at-most: 1000, counted: { in: 50, rounded: up }, quantity-at-least: 2, rate: 4, minimum: 5, maximum: 300, ${arrears} }`,
    'Every month, Ana Costa pays Meridian Hotels, for the gym, 4.00 for every started 50 kWh of the energy used. The first 100 kWh are included; only what is beyond is priced. No more than 1000 kWh are counted. At least 2 such steps are counted. The charge is at least 5.00 and at most 300.00. A part of a month costs as much as a whole one. It is billed in arrears.',
  ],
  [
    `charge: { every: month, measure: repairs, included: 10 + carried, rate: 1, ${arrears} }`,
    'Every month, Ana Costa pays Meridian Hotels 1.00 for each hour of the time of repairs. Of this, 10 plus the hours carried over are included; only what is beyond is priced. A part of a month costs as much as a whole one. It is billed in arrears.',
  ],
  [
    `charge: { every: month, measure: energy, quantity-at-least: 10, rate: 1, ${arrears} }`,
    'Every month, Ana Costa pays Meridian Hotels 1.00 for each kWh of the energy used. At least 10 kWh are counted. A part of a month costs as much as a whole one. It is billed in arrears.',
  ],
  [
    `charge: { every: month, measure: energy, counted: { in: 1, rounded: down }, rate: 4, ${arrears} }`,
    'Every month, Ana Costa pays Meridian Hotels 4.00 for every full kWh of the energy used. A part of a month costs as much as a whole one. It is billed in arrears.',
  ],
  [
    `charge: { every: month, measure: energy, counted: { in: 50, rounded: nearest }, rate: 4, ${arrears} }`,
    'Every month, Ana Costa pays Meridian Hotels 4.00 for every 50 kWh of the energy used, to the nearest whole step. A part of a month costs as much as a whole one. It is billed in arrears.',
  ],
  [
    `charge: { every: month, measure: days_late, counted: { in: 1, rounded: up }, rate: 0.25, maximum: 5, ${arrears} }`,
    'Every month, Ana Costa pays Meridian Hotels 0.25 for every started day late. The charge is at most 5.00. A part of a month costs as much as a whole one. It is billed in arrears.',
  ],
  [
    `charge: { every: month, measure: seats, rate: 7, ${arrears} }`,
    'Every month, Ana Costa pays Meridian Hotels 7.00 for each seat (agreed: 3). A part of a month costs as much as a whole one. It is billed in arrears.',
  ],
  [
    `charge: { every: month, measure: power, rate: 3, ${arrears} }`,
    'Every month, Ana Costa pays Meridian Hotels 3.00 for each kW of the power of 3 kW. A part of a month costs as much as a whole one. It is billed in arrears.',
  ],
  [
    `charge: { every: month, measure: energy, mode: graduated, tiers: [ { up-to: 100, rate: 0.2 }, { up-to: 500, rate: 0.15, amount: 1 }, { rate: 0.1 } ], ${arrears} }`,
    'Every month, Ana Costa pays Meridian Hotels, by the energy used, each part at the price of its own tier: 0.20 for each kWh up to and including 100 kWh; 0.15 for each kWh plus 1.00 for more than 100 up to and including 500 kWh; 0.10 for each kWh for more than 500 kWh. A part of a month costs as much as a whole one. It is billed in arrears.',
  ],
  [
    `charge: { every: month, measure: energy, mode: volume, tiers: [ { up-to: 100, amount: 10 }, { rate: 0.1 } ], ${arrears} }`,
    'Every month, Ana Costa pays Meridian Hotels, by the energy used, all of it at the price of the tier that is reached: 10.00 for more than 0 up to and including 100 kWh; 0.10 for each kWh for more than 100 kWh. A part of a month costs as much as a whole one. It is billed in arrears.',
  ],
  [
    'charge: { each: deposit, measure: deposit.amount, gaps: nothing-due, bands: [ { up-to: 100, amount: 1 }, { above: 100, up-to: 500, rate: 1% }, { above: 600, below: 900, amount: 5 } ] }',
    'For each deposit, Ana Costa pays Meridian Hotels, depending on the amount of the deposit: 1.00 up to and including 100.00; 1% of it for more than 100.00 up to and including 500.00; 5.00 for more than 600.00 but less than 900.00. Between these bands and beyond them nothing is due.',
  ],
  [
    'charge: { each: check_out, pays-for: robe, measure: check_out.time, of: rent, bands: [ { above: "12:00", up-to: "18:00", share: 50% }, { above: "18:00", share: 100% } ] }',
    'For each check-out, Ana Costa pays Meridian Hotels for the bath robe, depending on the time of day of the check-out, a share of the rent of 700.00: 50% after 12:00 up to and including 18:00; 100% after 18:00. In every other case nothing is due.',
  ],
  [
    'charge: { each: deposit, measure: deposit.amount, rate: 1.2%, amount: 0.1 }',
    'For each deposit, Ana Costa pays Meridian Hotels 1.2% of the amount of the deposit plus 0.10.',
  ],
  [
    'charge: { each: deposit, payer: provider, amount: 1, from: 2026-02-01, until: 2027-01-01, dated-by: event }',
    'For each deposit, Meridian Hotels pays Ana Costa 1.00. This applies where the deposit falls on or after 1 February 2026 and before 1 January 2027.',
  ],
  [
    `charge: { every: month, amount: 1, from: 2026-02-01, dated-by: period, ${arrears} }`,
    'Every month, Ana Costa pays Meridian Hotels 1.00. This applies where the month begins on or after 1 February 2026. A part of a month costs as much as a whole one. It is billed in arrears.',
  ],
  [
    `charge: { every: month, pays-for: robe, amount: 1, from: handed_over, until: 3 months, prorate: no, billed: in-advance }`,
    'Every month, Ana Costa pays Meridian Hotels 1.00 for the bath robe. This applies only from the first time that the bath robe is handed over and in the first 3 months of the agreement. A part of a month costs as much as a whole one. It is billed in advance.',
  ],
  [
    'charge: { every: once, amount: 1, from: 1 month, until: 2026-02-01, dated-by: agreement }',
    'Once, Ana Costa pays Meridian Hotels 1.00. This applies where the agreement begins before 1 February 2026. This applies only after the first month of the agreement.',
  ],
  [
    'charge: { every: once, amount: 1, until: 2026-02-01, dated-by: agreement }',
    'Once, at the start of the agreement, Ana Costa pays Meridian Hotels 1.00. This applies where the agreement begins before 1 February 2026.',
  ],
  [
    'charge: { each: stay, measure: stay.minutes, counted: { in: 15, rounded: up }, rate: 10 }',
    'For each stay, Ana Costa pays Meridian Hotels 10.00 for every started 15 minutes.',
  ],
  [
    'charge: { each: stay, when: "!in_hours", amount: 20 }',
    'For each stay, unless it falls within the office hours, Ana Costa pays Meridian Hotels 20.00.',
  ],
  [
    'charge: { each: stay, when: "!stay.pets && stay.guests > 1", amount: guest_price }',
    'For each stay, if the stay is not marked “pets” and the guests of the stay are more than 1, Ana Costa pays Meridian Hotels the price by guests.',
  ],
  [
    'charge: { each: stay, when: "stay.pets || stay.guests >= 2 && stay.guests <= 4", amount: "stay.pets ? 20 : max(10, 0.5 * rent)" }',
    'For each stay, if the stay is marked “pets” or (the guests of the stay are at least 2 and at most 4), Ana Costa pays Meridian Hotels 20.00 if the stay is marked “pets”, otherwise 0.5 times the rent of 700.00, but at least 10.00.',
  ],
  [
    'charge: { each: returned, pays-for: robe, amount: 1 }',
    'Each time the bath robe is returned, Ana Costa pays Meridian Hotels 1.00.',
  ],
  [
    'charge: { each: pay.missed, amount: 5 }',
    'Each time clause 6 (Payment) is not kept in time, Ana Costa pays Meridian Hotels 5.00.',
  ],
  [
    'charge: { each: robe_kept, amount: 60 }',
    'Each time clause 3.2 (Robe kept) takes effect, Ana Costa pays Meridian Hotels 60.00.',
  ],
  [
    `charge: { every: month, amount: 10, waived-when: { any-of: [ { id: low, if: lowest_balance >= 500 }, { id: young, title: the young, if: seats >= 17 && seats <= 24 } ] }, ${arrears} }`,
    'Every month, Ana Costa pays Meridian Hotels 10.00. Nothing is due if any of these holds: (a) the lowest daily balance is at least 500.00; (b) the seats (agreed: 3) are at least 17 and at most 24 (the young). A part of a month costs as much as a whole one. It is billed in arrears.',
  ],
  [
    `charge: { every: month, amount: 10, waived-when: { any-of: [ { id: kept, if: qualifying_deposits >= 500 } ] }, ${arrears} }`,
    'Every month, Ana Costa pays Meridian Hotels 10.00. Nothing is due if the qualifying deposits are at least 500.00. A part of a month costs as much as a whole one. It is billed in arrears.',
  ],
  [
    `charge: { every: month, amount: 10, rounded: { to: 0.05, mode: half-down }, ${arrears} }`,
    'Every month, Ana Costa pays Meridian Hotels 10.00. A part of a month costs as much as a whole one. It is billed in arrears. The amount is rounded to the nearest 0.05, halves towards zero.',
  ],
  [
    `charge: { every: month, measure: energy, rate: 4, maximum: 300.50, rounded: { to: 1, mode: up }, ${arrears} }`,
    'Every month, Ana Costa pays Meridian Hotels 4.00 for each kWh of the energy used. The charge is at most 300.50. A part of a month costs as much as a whole one. It is billed in arrears. The amount is rounded up to a whole multiple of 1, but to no more than its bounds allow.',
  ],
  [
    'charge: { each: robe_kept, amount: 3.40, limit: { amount: 10.50, per: month }, rounded: { to: 1, mode: up } }',
    'Each time clause 3.2 (Robe kept) takes effect, Ana Costa pays Meridian Hotels 3.40. Together no more than 10.50 is due in each month; what goes beyond it is not charged. The amount is rounded up to a whole multiple of 1, but to no more than its bounds allow.',
  ],
  [
    'credit: { each: robe_kept, share: 100%, of: robe_price, rounded: { to: 1, mode: up } }',
    'Each time clause 3.2 (Robe kept) takes effect, Meridian Hotels credits Ana Costa the whole of the amount under clause 3.3 (Robe price) for the same bath robe. The amount is rounded up to a whole multiple of 1, but to no more than was charged.',
  ],
  [
    `charge: { every: quarter, when: average_rating < 3 && last_day > "2026-05-01" && plan == "full", amount: 3, ${arrears} }`,
    'Every quarter, if the average rating is less than 3 and the last day (agreed: 31 December 2027) is after 1 May 2026 and the plan (agreed: “basic plan”) is “full”, Ana Costa pays Meridian Hotels 3.00. A part of a quarter costs as much as a whole one. It is billed in arrears.',
  ],
  [
    `charge: { every: year, amount: charged * first_index + 100, ${arrears} }`,
    'Every year, Ana Costa pays Meridian Hotels the rent charged times the index at the start of the year, plus 100.00. A part of a year costs as much as a whole one. It is billed in arrears.',
  ],
  [
    'charge: { each: check_out, share: 25%, of: rent_charge }',
    'For each check-out, Ana Costa pays Meridian Hotels 25% of the amount under clause 3.1 (Rent) for the month in which it falls.',
  ],
  [
    'credit: { each: robe_kept, share: 100%, of: robe_price }',
    'Each time clause 3.2 (Robe kept) takes effect, Meridian Hotels credits Ana Costa the whole of the amount under clause 3.3 (Robe price) for the same bath robe.',
  ],
  [
    'credit: { per: month, measure: available, of: rent_charge, bands: [ { from: 99.0%, below: 99.99%, share: 10% }, { below: 99.0%, share: 100% } ] }',
    'Every month, Meridian Hotels credits Ana Costa, depending on the availability, a share of the amount under clause 3.1 (Rent): 10% from 99.0% to less than 99.99%; 100% for less than 99.0%. In every other case nothing is due.',
  ],
  [
    'credit: { per: month, measure: repairs, included: 1, counted: { in: 1, rounded: up }, rate: 5%, of: rent_charge, maximum: 50%, minimum: 2, issued-above: 1 }',
    'Every month, Meridian Hotels credits Ana Costa 5% of the amount under clause 3.1 (Rent) for every started hour of the time of repairs. The first hour does not count; only what is beyond counts. The share is at most 50%. The credit is at least 2.00. A credit of 1.00 or less is not issued.',
  ],
  [
    'total: { of: [ rent_charge, robe_price ], minus: charged, minimum: 0, maximum: 2000 }',
    'The printed is the sum of the amount under clause 3.1 (Rent) and the amount under clause 3.3 (Robe price), less the rent charged. It shows what the parts come to and is not charged as well. It is at least 0.00 and at most 2,000.00.',
  ],
  [
    'total: { of: rent_charge }',
    'The printed is the amount under clause 3.1 (Rent). It shows what the parts come to and is not charged as well.',
  ],
  [
    'target: { start: ticket, stop: solved, within: fix_within, clock: office, pauses: { facts: on_hold, counted: in-hours }, paired-by: order }',
    'After each ticket, Meridian Hotels sees to it that it is solved within the time for repairs. Only time within the office hours counts. During an “on hold” time the time stands still, as far as this falls into the hours that count. What belongs together has the same order.',
  ],
  [
    'target: { start: ticket, stop: solved, within: 4 hours, clock: office, pauses: { facts: [ on_hold, maintenance ], counted: around-the-clock } }',
    'After each ticket, Meridian Hotels sees to it that it is solved within 4 hours. Only time within the office hours counts. The time is up later by as long as an “on hold” time or a maintenance lasts, also outside the hours that count.',
  ],
  [
    'target: { of: robe, start: requested, stop: handed_over, within: 90 minutes, clock: always }',
    'Each time the bath robe is requested, Meridian Hotels hands over the bath robe within 90 minutes. The time runs around the clock.',
  ],
  [
    'target: { of: cleaning, start: requested, stop: performed, by: { business-days: 2, at: "12:00", cutoff: "15:00" }, clock: office }',
    'Each time the cleaning is requested, Meridian Hotels performs the cleaning by 12:00 on the second business day after it, by the office hours. What comes at or after 15:00 counts as of the next business day.',
  ],
  [
    'target: { start: ticket, stop: solved, by: { business-days: 1 }, clock: office }',
    'After each ticket, Meridian Hotels sees to it that it is solved by the close of the first business day after it, by the office hours.',
  ],
  [
    'target: { start: outage, by: { end-of: month, after: 2 } }',
    'After each outage, there is time until the end of the second month after the one in which it falls.',
  ],
  [
    'target: { measure: available, at-least: 99.5%, per: month }',
    'Meridian Hotels keeps the availability at 99.5% or more in each month.',
  ],
  [
    'target: { of: gym, measure: repairs, at-least: 1, at-most: 5, per: month }',
    'Meridian Hotels keeps the time of repairs of the gym at 1 hour or more and 5 hours or less in each month.',
  ],
  [
    'duty: { who: consumer, start: invoiced, stop: paid, within: 14 days }',
    'After each invoice, Ana Costa pays within 14 days. The time is up with the end of its last day.',
  ],
  [
    'duty: { who: consumer, start: check_out, stop: returned, within: loan_time, ends: at-the-hour }',
    'After each check-out, Ana Costa returns it within the time of the loan. The time is up at the same time of day at which it began.',
  ],
  [
    'duty: { who: consumer, of: robe, start: handed_over, stop: returned, by: { end-of: week } }',
    'Each time the bath robe is handed over, Ana Costa returns the bath robe by the end of the week in which it falls.',
  ],
  [
    'duty: { who: provider, start: performed, stop: accepted, within: 3 business days, clock: office, ends: with-the-day }',
    'After each performance, Meridian Hotels accepts it within 3 business days. Business days are those of the office hours. The time is up with the end of its last day.',
  ],
  [
    'duty: { who: provider, start: check_out, stop: visit, by: { end-of: month, after: 1 } }',
    'After each check-out, Meridian Hotels brings about a visit by the end of the month after the one in which it falls.',
  ],
  [
    'transition: { of: toiletries, on: handed_over, title: consumer, custody: consumer }',
    'When the toiletries are handed over, they become the property, and pass into the custody, of Ana Costa.',
  ],
  [
    'transition: { of: robe, on: check_out, when: check_out.status == "missing", title: consumer, right: ended }',
    'Upon a check-out, if the status of the check-out is “missing”, the bath robe becomes the property of Ana Costa and the right of the guest to use the bath robe ends.',
  ],
  [
    'transition: { of: robe, on: check_out, when: days_since_check_out <= 14, title: provider, custody: consumer }',
    'Upon a check-out, if the days since check-out are at most 14, the bath robe becomes the property of Meridian Hotels and it passes into the custody of Ana Costa.',
  ],
  [
    'transition: { of: robe, on: [ returned, missing ], custody: provider }',
    'When the bath robe is returned or the bath robe is found missing, it passes into the custody of Meridian Hotels.',
  ],
  [
    'transition: { of: gym, on: pay.missed, right: suspended }',
    'When clause 6 (Payment) is not kept in time, the right of the guest and the house keeper to use the gym is suspended.',
  ],
  [
    'transition: { of: gym, on: paid, right: restored }',
    'When a payment is made, the right of the guest and the house keeper to use the gym is restored.',
  ],
  [
    'transition: { of: gym, on: granted, right: given }',
    'When access to the gym is granted, the right of the guest and the house keeper to use the gym begins.',
  ],
  [
    'transition: { of: cleaning, on: notice_given, right: ended, takes-effect: { within: 2 months, ends: with-the-day } }',
    'When notice is given, the right of the guest to ask for the cleaning ends, with effect 2 months later. The time is up with the end of its last day.',
  ],
  [
    'transition: { of: agreement, on: notice_given, right: ended, takes-effect: { by: { end-of: month, after: 1 } } }',
    'Upon a notice, the agreement ends, and with it the rights and the charges for periods, with effect from the end of the month after the one in which it falls.',
  ],
  [
    'transition: { of: agreement, on: [ notice_given, pay.missed ], when: prompt, right: ended }',
    'When there is a notice or clause 6 (Payment) is not kept in time, if clause 6 (Payment) was kept, the agreement ends, and with it the rights and the charges for periods.',
  ],
  [
    'limit: { of: robe, measure: cleanings, at-most: 4, on: requested, if-exceeded: refuse }',
    'The guest may use the bath robe only while the cleanings requested so far are at most 4, counting the request then asked for.',
  ],
  [
    'limit: { of: gym, measure: repairs, at-least: 1, at-most: 10, if-exceeded: warn }',
    'While the time of repairs is less than 1 hour or more than 10 hours, a warning is given; the gym may still be used.',
  ],
  [
    "limit: { of: gym, measure: 'prompt ? 1 : 0', at-least: 1, if-exceeded: refuse }",
    'The guest and the house keeper may use the gym only while clause 6 (Payment) was kept.',
  ],
  [
    'limit: { of: cleaning, measure: cleanings, at-most: 4, if-exceeded: refuse }',
    'The guest may ask for the cleaning only while the cleanings requested so far are at most 4.',
  ],
  [
    'text: { says: Neither party answers for what it could not foresee }',
    'Neither party answers for what it could not foresee.',
  ],
]

describe('a term is printed as its sentence', () => {
  test.each(rows)('%s', (term, sentence) => {
    const { revision } = agreed(`${head}  printed: { title: Printed, ${term} }\n`)
    expect(clauseSentence('printed', revision, period, parties)).toBe(sentence)
  })
})

const definitions: readonly [string, string, string][] = [
  [
    'a sum of a kind',
    `charge: { every: month, measure: energy, rate: 1, ${arrears} }`,
    'Energy used: the sum of the kWh of meter readings in a month. Meridian Hotels and Ana Costa measure it. It is rounded down to a whole multiple of 0.1.',
  ],
  [
    'the largest',
    `charge: { every: month, measure: guests_then, rate: 1, ${arrears} }`,
    'Guests at a time: the highest number of guests of any stay in a month. Where nothing is recorded it counts as 0.',
  ],
  [
    'a count so far',
    'limit: { of: cleaning, measure: cleanings, at-most: 4, if-exceeded: refuse }',
    'Cleanings requested so far: the number of requests in the month so far.',
  ],
  [
    'the time of a period itself',
    `charge: { every: month, measure: month_hours, rate: 1, ${arrears} }`,
    'Hours of the month: the part of a month that the agreement covers, in hours.',
  ],
  [
    'the time of an interval itself',
    'charge: { each: maintenance, measure: stay_days, rate: 1 }',
    'Days of the stay: the part of the interval that the agreement covers, in days.',
  ],
  [
    'the time of the agreement itself',
    'charge: { each: maintenance, measure: all_days, rate: 1 }',
    'Days in all: the length of the whole agreement, in days.',
  ],
  [
    'an average',
    `charge: { every: quarter, measure: average_rating, rate: 1, ${arrears} }`,
    'Average rating: the average rating of visits in a quarter. Where nothing is recorded it is left out.',
  ],
  [
    'different ones',
    'charge: { each: visit, measure: visitors, rate: 1 }',
    'Visitors: the number of different guests among the visits in the past 30 days.',
  ],
  [
    'the lowest of a finer measure',
    `charge: { every: month, when: lowest_balance < 500, amount: 1, ${arrears} }`,
    'Lowest daily balance: the lowest of the balance at the end of the day, taken for each day, in a month.',
  ],
  [
    'and that finer measure',
    `charge: { every: month, when: lowest_balance < 500, amount: 1, ${arrears} }`,
    'Balance at the end of the day: the amount of the balance at the end of a day.',
  ],
  [
    'where',
    `charge: { every: month, measure: qualifying_deposits, rate: 1%, ${arrears} }`,
    'Qualifying deposits: the sum of the amounts of deposits in a month where the type is “payroll” or “benefits”.',
  ],
  [
    'the value that a period begins with',
    `charge: { every: year, measure: first_index, rate: 1, ${arrears} }`,
    'Index at the start of the year: the value of the price index at the start of a year, or where there was none yet, the first in it.',
  ],
  [
    'time with what does not count',
    'target: { measure: repairs, at-most: 5, per: month }',
    'Time of repairs: the time of repairs in a month, in hours. What overlaps counts once. The time of “on hold” times and maintenance does not count. Only time within the office hours counts. Only what lasts longer than 15 minutes counts. Each single time is rounded up to whole hours.',
  ],
  [
    'a formula',
    'target: { measure: available, at-least: 99%, per: month }',
    'Availability: 1 less (the time of repairs divided by the hours of the month), in a month.',
  ],
  [
    'bounds on both sides',
    `charge: { every: month, measure: left_over, rate: 1, ${arrears} }`,
    'Hours left over: 10 plus the hours carried over less the time of repairs, but at least 0 and at most 10, in a month.',
  ],
  [
    'the period before',
    `charge: { every: month, measure: carried, rate: 1, ${arrears} }`,
    'Hours carried over: the hours left over of the month before; 0 in the first.',
  ],
  [
    'since',
    'charge: { each: stay, when: days_since_check_out > 3, amount: 1 }',
    'Days since check-out: the days since the last check-out about the same thing.',
  ],
  [
    'time of a duty unmet',
    `charge: { every: month, measure: days_late, rate: 1, ${arrears} }`,
    'Days late: the time in which clause 6 (Payment) stood open after its deadline in a month, in days.',
  ],
  [
    'what was charged',
    `charge: { every: year, amount: charged, ${arrears} }`,
    'Rent charged: the sum of the amount under clause 3.1 (Rent) in a year.',
  ],
  [
    'open hours',
    'charge: { each: stay, when: in_hours, amount: 1 }',
    'Office hours: Monday to Friday 09:00 to 12:00 and 13:00 to 17:00; Saturday all day, in the time of Europe/Lisbon; closed on 25 December 2026.',
  ],
  [
    'open hours of holidays and dates',
    'charge: { each: stay, when: in_shop, amount: 1 }',
    'Shop hours: Monday to Saturday 09:00 to 18:00; on holidays 12:00 to 18:00; on 24 December 2026 09:00 to 14:00, in the time of Europe/Lisbon; closed on 25 December 2026. Holidays are 1 May 2026 and 26 December 2026.',
  ],
  [
    'a half-year from a day',
    `charge: { every: season, amount: 1, ${arrears} }`,
    'Season half-year: each half-year that begins on 1 April or 1 October.',
  ],
  [
    'several months together',
    `charge: { every: billing, amount: 1, ${arrears} }`,
    'Billing period: each period of 2 months counted from 1 February.',
  ],
  [
    'weeks from a date',
    `charge: { every: fortnight, amount: 1, ${arrears} }`,
    'Fortnight period: each period of 2 weeks counted from 5 January 2026.',
  ],
  [
    'a named window',
    `charge: { every: night, amount: 1, ${arrears} }`,
    'Night: each day from 15:00 to 12:00 of the next day.',
  ],
  [
    'a named period',
    `charge: { every: fiscal, amount: 1, ${arrears} }`,
    'Fiscal year: each year that begins on 1 April.',
  ],
  [
    'a period called by its length',
    `charge: { every: four_weeks, amount: 1, ${arrears} }`,
    'Four-week period: each period of 4 weeks counted from 5 January 2026.',
  ],
  [
    'a table of words',
    'target: { start: ticket, stop: solved, within: fix_within, clock: office }',
    'Time for repairs: by the priority of the ticket and the plan (agreed: “basic plan”); the first line that fits holds: urgent, any: 4 hours any, full: 8 hours in every other case: not agreed',
  ],
  [
    'a table of ranges',
    'charge: { each: stay, amount: guest_price }',
    'Price by guests: by the guests of the stay; the first line that fits holds: up to and including 2: 80.00 more than 2 but less than 5: 95.50 in every other case: not agreed',
  ],
]

describe('what a clause uses is defined', () => {
  test.each(definitions)('%s', (_name, term, entry) => {
    const { revision } = agreed(`${head}  printed: { title: Printed, ${term} }\n`)
    const text = printedContract(revision, period, parties)
    expect(text.slice(text.indexOf('Definitions')).replaceAll(/\n +/g, ' ')).toContain(entry)
  })

  test('a definition that no clause uses is not printed', () => {
    const { revision } = agreed(head)
    expect(printedContract(revision, period, parties)).not.toContain('Definitions')
  })

  test('each definition stands once, however many clauses use it', () => {
    const twice = `${head}  one: { charge: { every: month, measure: energy, rate: 1, prorate: no } }\n  two: { charge: { every: month, measure: energy, rate: 2, prorate: no } }\n`
    expect(
      printedContract(agreed(twice).revision, period, parties).split('\nEnergy used:'),
    ).toHaveLength(2)
  })
})

describe('components', () => {
  const text = printedContract(agreed(head).revision, period, parties)

  test('each says who owns it, who may use it and what its author explains', () => {
    expect(text.replaceAll(/\s+/g, ' ')).toContain(
      '3 Bath robe, to be used by the guest during the agreement. It belongs to Meridian Hotels; clause 3.2 (Robe kept) says when this changes. Note: It hangs behind the door.',
    )
    expect(text.replaceAll(/\s+/g, ' ')).toContain(
      '4 Gym, to be used by the guest and the house keeper during the agreement. It remains the property of Meridian Hotels. Ownership, custody and the right of use are kept for each item by itself.',
    )
    const attic = head.replace('components:\n', 'components:\n  - { access: attic }\n')
    const withAttic = printedContract(agreed(attic).revision, period, parties)
    expect(withAttic.replaceAll(/\s+/g, ' ')).toContain(
      'Attic, provided during the agreement; nobody is named who may use it. It remains the property of Meridian Hotels.',
    )
    expect(text).toContain('Cleaning, performed by Meridian Hotels for the guest.')
    expect(text).toContain('Toiletries, supplied by Meridian Hotels. They belong to')
  })

  test('what it is made of stays with the provider', () => {
    expect(text).not.toMatch(/secret|toiletries.item/)
  })

  test('headings stand in their order, those without clauses not at all', () => {
    const places = [
      '\nPeriod\n',
      '\nYours to keep\n',
      '\nYours to use\n',
      '\nDone for you\n',
      '\nTerms\n',
    ].map((heading) => text.indexOf(heading))
    expect(places).toEqual([...places].sort((left, right) => left - right))
    expect(places[0]).toBeGreaterThan(0)
    const small = agreed(
      `${head.slice(0, head.indexOf('users:'))}terms: { liability: { text: { says: Nobody is liable. } } }\n`,
    )
    expect(printedContract(small.revision, period, parties)).not.toContain('Yours to')
  })
})

describe('the printed contract', () => {
  const sample = agreed(
    `${head}${rows.map(([term], place) => `  row_${place}: { title: Row ${place}, says: Beside it., ${term} }\n`).join('')}`,
  )

  test('no line is longer than 88 columns', () => {
    for (const line of printedContract(sample.revision, period, parties).split('\n'))
      expect(line.length).toBeLessThanOrEqual(88)
  })

  test('numbers are those that answers cite', () => {
    const { revision } = sample
    expect(printedClauses(revision, period, parties).map(({ id, number }) => [id, number])).toEqual(
      clausesOf(revision.contract, revision.deviations).map(({ id, number }) => [id, number]),
    )
  })

  test('nothing technical is printed', () => {
    const printed = [sample, ...cases()].map(({ name, revision, period: own, base }) => ({
      name,
      text: printedContract(revision, own, { ...parties, base }),
    }))
    for (const { name, text } of printed)
      expect(
        `${name}: ${/_|undefined|NaN|\[object|[=!<>]=|&&|\|\||\bnull\b|\(\)/.exec(text)?.[0] ?? 'plain'}`,
      ).toBe(`${name}: plain`)
    expect(printed.length).toBeGreaterThan(5)
  })

  test('parties, period, currency and rounding stand in its head', () => {
    const text = printedContract(agreed(head).revision, period, parties)
    expect(text.replaceAll(/\s+/g, ' ')).toMatch(
      /^Serviced flat between Meridian Hotels \(provider\) and Ana Costa \(consumer\) Amounts in EUR\. Each amount is rounded to the nearest 0\.01, halves away from zero\. Times are those of Europe\/Lisbon\. Period 1 The agreement runs from 1 January 2026 to 31 December 2027\./,
    )
  })

  test.each([
    [
      { start: instant('2026-05-12T15:00'), end: instant('2026-05-15T13:00') },
      'The agreement runs from 12 May 2026, 15:00 to 15 May 2026, 13:00. Its clauses apply to what happens in this time, unless one says that it also applies afterwards.',
    ],
    [
      { start: instant('2026-05-12T00:00'), end: endOfTime },
      'The agreement runs from 12 May 2026 on, without an agreed end.',
    ],
    [
      { start: beginningOfTime, end: instant('2026-06-01T00:00') },
      'The agreement runs until 31 May 2026.',
    ],
    [
      { start: beginningOfTime, end: endOfTime },
      'The agreement runs without an agreed start or end.',
    ],
  ])('a period is printed with its last day, or with its hours: %j', (of, sentence) => {
    expect(clauseSentence('agreement_period', agreed(head).revision, of, parties)).toBe(sentence)
  })

  test.for([
    [true, 'share: { between: [ period_start, period_end ], in: days }'],
    [false, 'share: { formula: period_start.day, per: month }'],
    [false, 'share: { time: period, in: days }'],
  ] as const)('says %s of which part of a period its start and end are: %s', ([says, measure]) => {
    const { agreement } = signed(
      `{ policies: { prorate: no, billed: in-arrears }, measures: { ${measure} },
         terms: { fee: { charge: { every: month, measure: share, rate: 1.00 } } } }`,
    )
    const [revision] = agreement.revisions
    const sentence =
      revision && clauseSentence('agreement_period', revision, agreement.frame.agreed, parties)
    expect(sentence?.includes('those of the part that lies in the agreement')).toBe(says)
  })

  test('an explanation stands beside the sentence, never instead of it', () => {
    const [clause] = printedClauses(
      agreed(`${head}  printed: { says: So that all sleep., text: { says: Quiet at night } }\n`)
        .revision,
      period,
      parties,
    ).slice(-1)
    expect(clause).toMatchObject({
      text: 'Quiet at night.',
      says: 'So that all sleep.',
      title: 'Printed',
    })
  })

  test('what survives the end says so', () => {
    const [clause] = printedClauses(
      agreed(`${head}  printed: { survives: end, text: { says: Silence } }\n`).revision,
      period,
      parties,
    ).slice(-1)
    expect(clause).toMatchObject({
      text: 'Silence. This clause also applies after the agreement has ended.',
      survives: true,
    })
  })
})

describe('what was tailored is marked', () => {
  const deviations: readonly Deviation[] = [
    { clause: 'robe_price', path: 'charge.amount', to: '45', because: 'a frame contract exists' },
    { clause: 'pay', path: 'duty.within', to: '30 days' },
    { clause: 'energy', path: 'rounded.to', to: '0.5', because: 'of the new meter' },
    { clause: 'robe_kept', path: 'transition.title', to: 'provider' },
    { clause: 'keys', add: { title: 'Lost keys', charge: { each: 'missing', amount: '45' } } },
    { clause: 'gone', remove: 'yes', because: 'nobody needs it' },
  ]
  const { revision, base } = agreed(
    `${head}  gone: { title: Old rule, text: { says: Gone } }\n  use: { title: Use, charge: { every: month, measure: energy, rate: 1, ${arrears} } }\n`,
    deviations,
  )
  const text = printedContract(revision, period, { ...parties, base }).replaceAll(/\s+/g, ' ')

  test('a clause says what it was and what it has become', () => {
    expect(text).toContain('3.3 * Robe price. Each time clause 3.2 (Robe kept) takes effect')
    expect(text).toContain('tailored: 60.00 becomes 45.00, because a frame contract exists')
    expect(text).toContain('tailored: 14 days becomes 30 days')
    expect(text).toContain('tailored: added for this agreement')
    expect(text).toContain('tailored: Ana Costa becomes Meridian Hotels')
  })

  test('a definition says it too, and what was removed is named', () => {
    expect(text).toContain('* Energy used: ')
    expect(text).toContain('tailored: 0.1 becomes 0.5, because of the new meter')
    expect(text).toContain('* Left out: Old rule, because nobody needs it.')
  })

  test('what met a need and was taken out is not named beside it', () => {
    const needed = signed(
      `{ title: Room, utility: [ { need: sleep, supported-by: [ room, quiet ] }, { need: peace, supported-by: [ quiet ] } ],
         components: [ { access: room, for: guest } ], users: [ guest ], terms: { quiet: { title: Quiet, text: { says: Still. } } } }`,
      { deviations: [{ clause: 'quiet', remove: 'yes' }] },
    )
    const [only] = needed.agreement.revisions
    const said = only ? printedContract(only, period, parties).replaceAll(/\s+/g, ' ') : ''
    expect(said).toContain('What the consumer needs: sleep, supported by the room; peace. Amounts')
  })

  test('without the base it says what holds now', () => {
    const clause = printedClauses(revision, period, parties).find(({ id }) => id === 'robe_price')
    expect(clause?.deviations).toEqual([
      { words: 'it is now 45.00', is: '45.00', because: 'a frame contract exists' },
    ])
  })

  test('clauses that were not changed bear no mark', () => {
    const changed = printedClauses(revision, period, { ...parties, base }).filter(
      (clause) => clause.deviations.length > 0,
    )
    expect(changed.map(({ id }) => id)).toEqual(['robe_kept', 'robe_price', 'pay', 'keys'])
  })
})

function instant(text: string): number {
  return parseInstant(text, 'Europe/Lisbon') ?? Number.NaN
}

type Sample = { name: string; revision: Revision; period: Period; base: PlainMap }

function agreed(yaml: string, deviations: readonly Deviation[] = []): Sample {
  const { documents, faults } = readDocuments(yaml, 'sample.yaml')
  const base = documents[0]?.data as PlainMap
  const values =
    base['agreed'] === undefined
      ? {}
      : {
          rent: '700',
          growing_rent: [
            { from: '2026-01-01', value: '10' },
            { from: '2027-01-01', value: '20.5' },
          ],
          last_day: '2027-12-31',
        }
  const made = compileAgreement(period, [
    { from: period.start, offering: base, agreed: values, deviations },
  ])
  const revision = made.agreement?.revisions[0]
  if (!revision) throw new Error(JSON.stringify([...faults, ...made.faults]))
  return { name: 'sample', revision, period, base }
}

/** The first agreement of each case. */
function cases(): Sample[] {
  const root = join(import.meta.dirname, '../../..')
  return globSync('cases/**/*.yaml', { cwd: root }).flatMap((file) =>
    readDocuments(readFileSync(join(root, file), 'utf8'), file).documents.flatMap(
      ({ data }): Sample[] => {
        const { offering, invoice } = data as PlainMap
        if (invoice !== undefined) return []
        const first = triesIn(data, () => undefined).tries.find(({ made }) => 'agreement' in made)
        if (!first || !('agreement' in first.made)) return []
        const { frame, revisions } = first.made.agreement
        const [revision] = revisions
        const base = (at(data, [...first.path, 'offering']) ?? offering) as PlainMap
        return revision ? [{ name: file, revision, period: frame.agreed, base }] : []
      },
    ),
  )
}
