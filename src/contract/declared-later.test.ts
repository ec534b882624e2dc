import { expect, test } from 'vitest'
import { faultsOf, signed } from './contract.test-support.ts'

/** Names may be used before they are declared: the order in which terms of a kind stand decides nothing. */

const fee = 'fee: { charge: { every: month, amount: 100.00 } }'
const facts = '[ { asked: { id: a, about: a, at: 2024-02-03T10:00 } } ]'
const head =
  'policies: { prorate: no, billed: in-arrears, ends: with-the-day }, facts: { asked: { shape: event }, answered: { shape: event } }'
const both = (...terms: string[]) => [terms, terms.toReversed()]

test.for<[name: string, read: string, reader: string, is: string]>([
  [
    'a credit',
    'monthly: { credit: { per: month, amount: 5.00 } }',
    'x: { credit: { each: asked, when: monthly > 0, amount: 70.00 } }',
    '70',
  ],
  [
    'a charge',
    'monthly: { charge: { every: month, amount: 5.00 } }',
    'x: { charge: { each: asked, amount: monthly } }',
    '5',
  ],
  [
    'a duty',
    'reply: { duty: { who: provider, start: asked, stop: answered, within: 2 days } }',
    'x: { charge: { each: asked, when: "!reply", amount: 9.00 } }',
    '9',
  ],
])('of %s that is read by another term', ([_name, read, reader, is]) => {
  for (const terms of both(read, reader))
    expect(
      signed(`{ ${head}, terms: { ${[fee, ...terms].join(', ')} } }`, { facts }).told({
        value: 'x',
        for: 'a',
      }),
    ).toBe(is)
})

test('what is declared later has its type', () => {
  for (const terms of both(
    'monthly: { charge: { every: month, amount: 5.00 } }',
    'x: { charge: { each: asked, when: monthly, amount: 1.00 } }',
  ))
    expect(faultsOf(`{ ${head}, terms: { ${terms.join(', ')} } }`)).toEqual([
      'types_do_not_fit /terms/x/charge/when',
    ])
})
