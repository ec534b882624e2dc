import { expect, test } from 'vitest'
import { plain } from '../contract.test-support.ts'
import type { PlainMap } from '../document/document.ts'
import { forNobodyIn } from './nobody.ts'

test.for([
  ['{ access: gym }', 'pays-for: gym', ['gym at /components/0']],
  ['{ access: gym, for: guest }', 'pays-for: gym', []],
  [
    '{ access: gym, for: guest }, { action: repair }',
    'pays-for: repair',
    ['repair at /components/1'],
  ],
  // One that nothing is paid for may be there to be measured.
  ['{ access: gym }', 'amount: 1', []],
  [
    '{ access: gym }, { access: pool }',
    'pays-for: [ gym, pool ]',
    ['gym at /components/0', 'pool at /components/1'],
  ],
  // A good is owned.
  ['{ good: robe }', 'pays-for: robe', []],
  ['{ good: robe }', 'amount: 1', []],
  [
    '{ access: gym, terms: { rent: { charge: { every: month } } } }',
    'amount: 1',
    ['gym at /components/0'],
  ],
] as const)(
  'of %s with a charge that says %s, for nobody are: %j',
  ([components, charge, found]) => {
    const offering = `{ users: [ guest ], components: [ ${components} ], terms: { price: { charge: { ${charge} } } } }`
    const all = forNobodyIn(plain(offering) as PlainMap)
    expect(all.map(({ component, pointer }) => `${component} at ${pointer}`)).toEqual(found)
  },
)
