import { expect, test } from 'vitest'
import { a, capital, groupedAmount, groupedNumber, plural, singular } from './grammar.ts'

test.each([
  ['an umbrella', 'umbrella'],
  ['an unintended outage', 'unintended outage'],
  ['an urgent request', 'urgent request'],
  ['an Umbrian inn', 'Umbrian inn'],
  ['an hour', 'hour'],
  ['an honorary member', 'honorary member'],
  ['an e-bike', 'e-bike'],
  ['an SLA report', 'SLA report'],
  ['an X-ray', 'X-ray'],
  ['an 8-hour shift', '8-hour shift'],
  ['an 11 kW charger', '11 kW charger'],
  ['an “inspected” record', '“inspected” record'],
  ['a unit', 'unit'],
  ['a user', 'user'],
  ['a utility', 'utility'],
  ['a European plug', 'European plug'],
  ['a one-time code', 'one-time code'],
  ['a UPS', 'UPS'],
  ['a SIM card', 'SIM card'],
  ['a house', 'house'],
  ['a 12-hour shift', '12-hour shift'],
  ['a robe', 'robe'],
  ['toiletries', 'toiletries'],
  ['the robe', 'the robe'],
])('%s: the sound decides which article', (said, noun) => expect(a(noun)).toBe(said))

test.each([
  ['Mbps', 'Mbps'],
  ['kbps', 'kbps'],
  ['miles', 'mile'],
  ['kWh', 'kWh'],
  ['GBs', 'GB'],
  ['weekdays booked', 'weekday booked'],
  ['hours of use', 'hour of use'],
])('one of %s is a %s', (many, one) => expect(singular(many)).toBe(one))

test.each([
  ['reading of the meter', 'readings of the meter'],
  ['parking of a car', 'cases of parking of a car'],
])('several of %s are %s', (one, many) => expect(plural(one)).toBe(many))

test.each([
  ['250000.00', '250,000.00', '250,000.00'],
  ['1000.00', '1,000.00', '1000.00'],
  ['-1234567.5', '-1,234,567.5', '-1,234,567.5'],
  ['999.99', '999.99', '999.99'],
  ['2024', '2,024', '2024'],
  ['1/3', '1/3', '1/3'],
  ['12345.67890123…', '12,345.67890123…', '12,345.67890123…'],
])('%s is printed %s as an amount and %s as a number', (text, amount, number) => {
  expect(groupedAmount(text)).toBe(amount)
  expect(groupedNumber(text)).toBe(number)
})

test('what begins small inside itself stays small at the beginning of a sentence', () => {
  expect(['vCPU available', 'memory', 'mWh'].map(capital)).toEqual([
    'vCPU available',
    'Memory',
    'mWh',
  ])
})
