import { expect, test } from 'vitest'
import { plain } from '../contract.test-support.ts'
import type { PlainMap } from '../document/document.ts'
import { strangePartsIn, strangeSubjectsIn } from './part.ts'

const shop = (parts: string, more = '') =>
  plain(
    `{ components: [ { access: web }, { access: database } ], structures: { shop: { all-of: [ ${parts} ] }, site: { any-of: [ shop, web ] } },
       measures: { down: { time: outage, through: site, per: month, in: minutes } } ${more} }`,
  ) as PlainMap

test.for([
  ['web, database', '[]', []],
  ['web, databse', '[]', ['databse, near database, at structures/shop/all-of/1']],
  [
    'web, { any-of: [ database, qeue ] }',
    '[]',
    ['qeue, near undefined, at structures/shop/all-of/1/any-of/1'],
  ],
  // Items are declared nowhere; what a fact is about is one.
  ['left, right', '[]', []],
  ['web, left', '[ { outage: { about: left } } ]', []],
  ['site_b, web', '[]', ['site_b, near site, at structures/shop/all-of/0']],
] as const)(
  'of parts %s, with facts %s, those that nothing else names: %j',
  ([parts, facts, expected]) => {
    const found = strangePartsIn(shop(parts), [plain(facts)])
    expect(
      found.map(({ name, near, path }) => `${name}, near ${near}, at ${path.join('/')}`),
    ).toEqual(expected)
  },
)

test.for([
  ['outage: { about: database }', []],
  ['outage: { about: databse }', ['databse, near database of site, at 0/outage/about']],
  ['outage: { about: elsewhere }', []],
  ['outage: {}', []],
  ['repair: { about: databse }', []],
] as const)('{ %s } is said to be about what is nearly a part: %j', ([fact, expected]) => {
  const found = strangeSubjectsIn(shop('web, database'), plain(`[ { ${fact} } ]`))
  expect(
    found.map(
      ({ subject, near, structure, path }) =>
        `${subject}, near ${near} of ${structure}, at ${path.join('/')}`,
    ),
  ).toEqual(expected)
})
