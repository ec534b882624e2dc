import { expect, test } from 'vitest'
import type { OrderRow } from '../consumption/store.ts'
import type { Fact } from '../contract/fact/fact.ts'
import { latestOf } from './latest.ts'

/** A long agreement is read in pages, each as of the instant that the one after it names, and nothing is left out. */

const begin = Date.parse('2026-01-01T00:00:00.000Z')
const minute = 60_000
const timed = (number: number) => begin + number * minute
const instant = (number: number) => new Date(timed(number)).toISOString()
const facts = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ id: `fct_${at}`, at: timed(at) }) as Fact)
const orders = (count: number, status: (number: number) => OrderRow['status']) =>
  Array.from(
    { length: count },
    (_, at) => ({ id: `ord_${at}`, status: status(at), requested_at: instant(at) }) as OrderRow,
  )

test('what is short is shown as a whole', () => {
  const latest = latestOf(
    facts(3),
    orders(3, () => 'performed'),
    timed(9),
  )
  expect([latest.facts.length, latest.orders.length]).toEqual([3, 3])
  expect(latest).not.toHaveProperty('earlier')
})

test('every fact and every order is on one of the pages, and what waits on the first', () => {
  const allFacts = facts(2500)
  const allOrders = orders(900, (number) => (number % 100 === 0 ? 'requested' : 'performed'))
  const seen = { facts: new Set<string>(), orders: new Set<string>() }
  let at: number | undefined = timed(9999)
  let pages = 0
  while (at !== undefined) {
    const now: number = at
    const by = allOrders.filter((order) => Date.parse(order.requested_at) <= now)
    const latest = latestOf(allFacts, by, now)
    expect(latest.facts.length).toBeLessThanOrEqual(1000)
    for (const { id } of latest.facts) seen.facts.add(id)
    for (const { id } of latest.orders) seen.orders.add(id)
    if (pages === 0)
      expect(latest.orders.filter(({ status }) => status === 'requested')).toHaveLength(9)
    at = latest.earlier === undefined ? undefined : Date.parse(latest.earlier)
    pages += 1
  }
  expect([seen.facts.size, seen.orders.size]).toEqual([2500, 900])
  expect(pages).toBeGreaterThan(3)
})
