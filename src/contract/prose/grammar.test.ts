import { expect, test } from 'vitest'
import { a } from './grammar.ts'

test.each([
  ['an umbrella', 'umbrella'],
  ['an unintended outage', 'unintended outage'],
  ['an urgent request', 'urgent request'],
  ['an Uber ride', 'Uber ride'],
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
