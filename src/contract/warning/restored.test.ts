import { expect, test } from 'vitest'
import { plain } from '../contract.test-support.ts'
import type { PlainMap } from '../document/document.ts'
import { neverRestoredIn } from './restored.ts'

const transition = (of: string, right: string) =>
  `{ transition: { of: ${of}, on: used, right: ${right} } }`

test.for([
  [`back: ${transition('gym', 'restored')}`, ['back']],
  [`stop: ${transition('pool', 'suspended')}, back: ${transition('gym', 'restored')}`, ['back']],
  [`stop: ${transition('gym', 'suspended')}, back: ${transition('gym', 'restored')}`, []],
  [`open: ${transition('gym', 'given')}`, []],
] as const)('what { %s } restores and nothing suspends is named: %j', ([terms, expected]) => {
  const found = neverRestoredIn(plain(`{ terms: { ${terms} } }`) as PlainMap)
  expect(found.map(({ name }) => name)).toEqual(expected)
})

test('where the suspending term stands with its component, too', () => {
  const components = `[ { access: gym, terms: { stop: ${transition('gym', 'suspended')} } } ]`
  const offering = plain(
    `{ components: ${components}, terms: { back: ${transition('gym', 'restored')} } }`,
  )
  expect(neverRestoredIn(offering as PlainMap)).toEqual([])
})
