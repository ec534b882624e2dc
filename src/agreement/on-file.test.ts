import { expect, test } from 'vitest'
import { keptOf, onFile, placedOn } from './on-file.store.ts'
import { offeringOf, soFarOf } from './so-far.test-support.ts'

type Told = readonly [id: string, kind: string, said: Readonly<Record<string, string>>]

const found = (version: number, told: readonly Told[], continues = false) => ({
  ...{ version, hash: String(version), continues },
  facts: JSON.stringify(told.map((one) => [...one, '2026-05-13T10:00:00.000000Z'])),
})
const at = '2026-05-13T10:00:00Z'

test('what an agreement holds is added to, and what was known before stays as it was', () => {
  const first = onFile('agr_added', undefined, found(4, [['one', 'requested', { at }]]))
  const second = onFile('agr_added', first, found(5, [['two', 'requested', { at }]], true))
  expect(first.facts.map(({ id }) => id)).toEqual(['one'])
  expect(second.facts.map(({ id }) => id)).toEqual(['one', 'two'])
  expect(keptOf('agr_added')).toBe(second)
  expect(() => onFile('agr_added', undefined, found(6, [], true))).toThrow('are not here')
  const anew = onFile('agr_added', second, found(5, [['other', 'requested', { at }]]))
  expect(anew.facts).toEqual([
    { id: 'other', kind: 'requested', said: { at }, recorded_at: '2026-05-13T10:00:00.000Z' },
  ])
})

test('a contract reads each fact once, and another contract reads them all by its own words', () => {
  const document = offeringOf('hotel')
  const period = ['2026-05-12T15:00', '2026-05-15T13:00'] as const
  const { agreement } = soFarOf({ document, period, now: '2026-05-14T10:00' })
  // As one in another zone would be: what says no offset happened at another instant.
  const revised = { ...agreement, frame: { ...agreement.frame, zone: 'UTC' } }
  const said = { about: 'one', component: 'front_desk', at: '2026-05-13T10:00' }
  const file = onFile('agr_revised', undefined, found(4, [['one', 'requested', said]]))
  const [first] = placedOn(file, agreement)
  const more = onFile('agr_revised', file, found(5, [['two', 'requested', said]], true))
  const placed = placedOn(more, agreement)
  expect(placed[0]).toBe(first)
  expect(placed.map(({ fact }) => fact.id)).toEqual(['one', 'two'])
  const otherwise = placedOn(more, revised)
  expect(otherwise.map(({ fact }) => fact.id)).toEqual(['one', 'two'])
  expect(otherwise.map(({ fact }) => fact.at)).toEqual([
    ...[Date.parse('2026-05-13T10:00Z'), Date.parse('2026-05-13T10:00Z')],
  ])
  expect(first?.fact.at).not.toBe(otherwise[0]?.fact.at)
})

test('what is kept has a bound: what nobody asked for longest goes, and one beyond it takes no room', () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, place): Told => [`fact_${place}`, 'requested', { at }])
  const lot = found(1, many(20_000))
  for (const id of ['agr_a', 'agr_b', 'agr_a', 'agr_c']) onFile(id, undefined, lot)
  expect(['agr_a', 'agr_b', 'agr_c'].map((id) => keptOf(id)?.facts.length)).toEqual([
    ...[20_000, undefined, 20_000],
  ])
  expect(onFile('agr_huge', undefined, found(1, many(60_000))).facts).toHaveLength(60_000)
  expect(['agr_c', 'agr_huge'].map((id) => keptOf(id)?.facts.length)).toEqual([20_000, undefined])
})
