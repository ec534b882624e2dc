import { expect, test } from 'vitest'
import { inForceAt } from '../agreement/contract.ts'
import { offeringOf, soFarOf } from '../agreement/so-far.test-support.ts'
import { recorders } from './own-facts.ts'

/** Which side may record what, where neither a command of its own nor the offering says so. */

const facts = {
  check_out_seen: { shape: 'event' },
  door_opened: { shape: 'event' },
  complaint: { shape: 'event' },
  agreed_by_both: { shape: 'event', 'measured-by': 'both' },
  left_early: { shape: 'event', 'measured-by': 'consumer' },
  rain: { shape: 'event' },
}
const terms = {
  seen_price: { charge: { each: 'check_out_seen', amount: '5.00' } },
  both_price: { charge: { each: 'agreed_by_both', amount: '5.00' } },
  room_gone: { transition: { of: 'room', on: ['left_early'], right: 'ended' } },
  doors_price: { charge: { every: 'night', measure: 'doors', rate: '1.00' } },
  complaints_answered: {
    target: {
      ...{ of: 'front_desk', start: 'complaint', stop: 'responded' },
      ...{ within: '1 hour', clock: 'always' },
    },
  },
}

function contract() {
  const hotel = JSON.parse(offeringOf('hotel'))
  const doors = { count: 'door_opened', per: 'night' }
  const document = JSON.stringify({
    ...hotel,
    facts: { ...hotel.facts, ...facts },
    measures: { ...hotel.measures, doors },
    terms: { ...hotel.terms, ...terms },
  })
  const period = ['2026-05-12T15:00', '2026-05-15T13:00'] as const
  const soFar = soFarOf({ document, period, now: '2026-05-14T18:00' })
  return inForceAt(soFar, soFar.now)
}

test.for([
  ['check_out_seen', 'provider', 'a charge reads it'],
  ['door_opened', 'provider', 'a charge reads a measure of it'],
  ['complaint', 'both', 'neither money nor rights follow from it'],
  ['rain', 'both', 'nothing reads it'],
  ['agreed_by_both', 'both', 'the offering says so'],
  ['left_early', 'consumer', 'the offering says so'],
  ['notice_given', 'both', 'the vocabulary says so'],
  ['suspended', 'provider', 'the vocabulary says so'],
  ['kept', 'by a command', 'more than a fact follows from it'],
])('%s is recorded by: %s, because %s', ([name, by]) => {
  expect(recorders({ name: name ?? '' }, contract())).toBe(by)
})
