import { expect, test } from 'vitest'
import { Faults } from '../document/fault.ts'
import { factKinds } from './fact-kind.ts'
import { Facts } from './facts.ts'
import { type PlacedFact, readFacts } from './read.ts'
import { retagged } from './retagged.ts'

/** A mistyped tag is corrected by another fact. */

let ids = 0
function placed(kind: string, about: string, was?: string): PlacedFact {
  ids += 1
  const values = { about, ...(was !== undefined && { was }) }
  const fact = { id: `fact_${ids}`, kind, shape: 'event' as const, at: ids, recorded: ids }
  return { fact: { ...fact, about, values }, path: ['facts', ids] }
}
const tagsOf = (facts: readonly PlacedFact[]) => facts.map(({ fact }) => fact.about)

test('facts that are read from a file are read so too', () => {
  const kinds = factKinds({}, [], new Faults())
  const written = [
    { granted: { about: 'pass_71', at: '2026-05-01T10:00' } },
    { retagged: { about: 'pass_17', was: 'pass_71', at: '2026-05-02T10:00' } },
  ]
  const faults = new Faults()
  const facts = readFacts(written, kinds, { zone: 'UTC', faults, under: ['facts'] })
  expect(faults.list).toEqual([])
  expect(facts.map(({ about }) => about)).toEqual(['pass_17', 'pass_17'])
})

test('what was recorded under a wrong tag is about the tag that was meant', () => {
  const facts = [
    placed('granted', 'pass_71'),
    placed('granted', 'pass_30'),
    placed('retagged', 'pass_17', 'pass_71'),
    placed('kept', 'pass_17'),
  ]
  const read = retagged(facts)
  expect(tagsOf(read)).toEqual(['pass_17', 'pass_30', 'pass_17', 'pass_17'])
  expect(read[0]?.fact.values['about']).toBe('pass_17')
})

test('what is recorded under it later is about another thing, which may be corrected too', () => {
  const facts = [
    placed('granted', 'pass_71'),
    placed('retagged', 'pass_17', 'pass_71'),
    placed('granted', 'pass_71'),
    placed('retagged', 'pass_75', 'pass_71'),
    placed('granted', 'pass_71'),
  ]
  expect(tagsOf(retagged(facts))).toEqual(['pass_17', 'pass_17', 'pass_75', 'pass_75', 'pass_71'])
})

test('a correction may be corrected, also back to what it was', () => {
  const facts = [
    placed('granted', 'pass_71'),
    placed('retagged', 'pass_17', 'pass_71'),
    placed('kept', 'pass_17'),
    placed('retagged', 'pass_71', 'pass_17'),
  ]
  expect(tagsOf(retagged(facts))).toEqual(['pass_71', 'pass_71', 'pass_71', 'pass_71'])
})

test('read again with more facts, those that were read before stay as they are', () => {
  const facts = [
    placed('granted', 'pass_71'),
    placed('retagged', 'pass_17', 'pass_71'),
    placed('granted', 'pass_71'),
    placed('retagged', 'pass_71', 'pass_17'),
  ]
  const some = retagged(facts.slice(0, 3))
  expect(tagsOf(retagged([...some, ...facts.slice(3)]))).toEqual(tagsOf(retagged(facts)))
})

test('what says another component was never about the thing: an order that is called so stays what it is', () => {
  const of = (component: string, { fact, path }: PlacedFact) => ({
    ...{ path, fact: { ...fact, component, values: { ...fact.values, component } } },
  })
  const facts = [
    of('reception', placed('requested', 'pass_71')),
    of('pass', placed('granted', 'pass_71')),
    placed('reported', 'pass_71'),
    of('pass', placed('retagged', 'pass_17', 'pass_71')),
  ]
  expect(tagsOf(retagged(facts))).toEqual(['pass_71', 'pass_17', 'pass_17', 'pass_17'])
})

test('what gave a thing says what it is of, whatever was said by its name before', () => {
  const said = { at: '2026-05-01T10:00', about: 'pass_71' }
  const written = [
    { reported: { ...said, component: 'room' } },
    { granted: { ...said, at: '2026-05-02T10:00', component: 'pass' } },
    { reported: { ...said, about: 'her_bag', component: 'room' } },
  ]
  const kinds = factKinds({}, [], new Faults())
  const read = readFacts(written, kinds, { zone: 'UTC', faults: new Faults(), under: ['facts'] })
  const facts = new Facts(read)
  expect(facts.componentOfItem('pass_71')).toBe('pass')
  expect(facts.componentOfItem('her_bag')).toBe('room')
})
