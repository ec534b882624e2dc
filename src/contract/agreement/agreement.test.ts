import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Exact } from '../../kernel/exact.ts'
import { localText, parseInstant } from '../../kernel/time.ts'
import { answering, faultText, offering, type Signed, signed } from '../contract.test-support.ts'
import { type PlainMap, readDocuments } from '../document/document.ts'
import { Faults } from '../document/fault.ts'
import type { Fact } from '../fact/fact.ts'
import type { Deviation } from '../language/term.ts'
import { compileRevision } from './agreement.ts'
import { tailored } from './tailor.ts'

describe('an agreement has three times', () => {
  const rooms = `{ components: [ { access: room } ], facts: { balance: { shape: state, has: { amount: money } } },
    measures: { visits: { count: used, per: month }, held: { last: balance, per: month },
      downtime: { time: outage, per: month, in: minutes } },
    terms: { fee: { charge: { each: used, amount: 2.00 } }, dark_hours: { charge: { each: outage, measure: outage.minutes, rate: 1.00 } } } }`
  const facts = `
    - used: { id: first, at: 2024-03-01T10:00 }
    - used: { id: late, at: 2024-03-05T10:00, recorded: 2024-04-02T09:00 }
    - outage: { id: dark, from: 2024-03-10T10:00, to: 2024-03-10T12:00 }
    - balance: { at: 2024-03-01T00:00, amount: 5.00 }
    - balance: { at: 2024-03-20T00:00, amount: 9.00, recorded: 2024-04-02T09:00 }`
  const { told, ask } = signed(rooms, { facts })

  test.for([
    [{ value: 'visits', in: '2024-03' }, '2'],
    [{ value: 'visits', in: '2024-03', 'known-by': '2024-04-02T09:00' }, '2'],
    [{ value: 'visits', in: '2024-03', 'known-by': '2024-04-02T08:59' }, '1'],
    [{ bill: '2024-03', 'known-by': '2024-04-01' }, '122'],
    [{ bill: '2024-03' }, '124'],
    [{ value: 'held', in: '2024-03', 'known-by': '2024-04-01' }, '5'],
    [{ value: 'held', in: '2024-03' }, '9'],
  ] as const)('%j is %s: what is recorded later is not known before', ([question, expected]) => {
    expect(told(question)).toBe(expected)
  })

  test.for([
    [{ value: 'visits', in: '2024-03', at: '2024-03-01T09:59' }, '0'],
    [{ value: 'visits', in: '2024-03', at: '2024-03-01T10:00' }, '1'],
    [{ value: 'visits', in: '2024-03', at: '2024-03-04' }, '1'],
    [{ bill: '2024-03', at: '2024-03-04' }, '2'],
  ] as const)('%j is %s: what happens later has not happened yet', ([question, expected]) => {
    expect(told(question)).toBe(expected)
  })

  test('as of and known by are asked together', () => {
    const both = (at: string, by: string) =>
      told({ value: 'visits', in: '2024-03', at, 'known-by': by })
    expect(both('2024-03-06', '2024-03-06')).toBe('1')
    expect(both('2024-03-06', '2024-04-03')).toBe('2')
    expect(both('2024-03-04', '2024-04-03')).toBe('1')
  })

  test('an interval that ends later is still open as of then, and in no bill', () => {
    const during = { bill: '2024-03', at: '2024-03-10T11:00' } as const
    expect(told(during)).toBe('4')
    expect(told({ ...during, at: '2024-03-10T12:00' })).toBe('124')
    expect(told({ value: 'dark_hours', for: 'dark', at: '2024-03-10T11:00' })).toBe('unknown')
    expect(told({ value: 'dark_hours', for: 'dark', at: '2024-03-10T12:00' })).toBe('120')
  })

  test('an open interval lasts until the instant that is asked about, not beyond it', () => {
    expect(told({ value: 'downtime', in: '2024-03', at: '2024-03-10T11:00' })).toBe('60')
    expect(told({ value: 'downtime', in: '2024-03' })).toBe('120')
  })

  test('an answer over a period that is not over is not final', () => {
    expect(ask({ value: 'visits', in: '2024-03', at: '2024-03-15' }).final).toBe(false)
    expect(ask({ value: 'visits', in: '2024-03', at: '2024-04-01' }).final).toBe(true)
    expect(ask({ bill: '2024-03', at: '2024-03-31T23:59' }).final).toBe(false)
    expect(ask({ bill: '2024-03', at: '2024-04-01' }).final).toBe(true)
  })

  test('what has the same instant goes by when it was recorded, then by its id', () => {
    const club = `{ components: [ { access: locker } ], terms: {
      back: { transition: { of: locker, on: returned, title: provider } },
      away: { transition: { of: locker, on: kept, title: consumer } } } }`
    const owner = (kept: string, returned: string) =>
      signed(club, {
        facts: `
          - kept: { id: ${kept.split(' ')[0]}, at: 2024-02-01T10:00, recorded: ${kept.split(' ')[1]} }
          - returned: { id: ${returned.split(' ')[0]}, at: 2024-02-01T10:00, recorded: ${returned.split(' ')[1]} }`,
      }).told({ whose: 'locker', at: '2024-03-01' })
    expect(owner('a 2024-02-02', 'b 2024-02-03')).toBe('provider')
    expect(owner('a 2024-02-03', 'b 2024-02-02')).toBe('consumer')
    expect(owner('a 2024-02-02', 'b 2024-02-02')).toBe('provider')
    expect(owner('b 2024-02-02', 'a 2024-02-02')).toBe('consumer')
  })
})

describe('a revision', () => {
  const fee = `{ policies: { prorate: no, billed: in-arrears, on-change: next-period }, agreed: { price: { type: money, default: 10.00 } },
    terms: { fee: { charge: { every: month, amount: price } }, visit: { charge: { each: used, amount: 1.00 } },
      leave: { text: { says: Anybody may leave. } } } }`
  const prices = (made: Signed) =>
    ['2024-03', '2024-04', '2024-05'].map((month) => made.told({ value: 'fee', in: month }))

  test('with agreed values replaces those before from its instant on', () => {
    const made = signed(fee, { revisions: [{ from: '2024-04-01', agreed: { price: '12.00' } }] })
    expect(prices(made)).toEqual(['10', '12', '12'])
  })

  test('that cuts a period leaves it to the contract in force at the period’s start', () => {
    const made = signed(fee, { revisions: [{ from: '2024-04-02', agreed: { price: '12.00' } }] })
    expect(prices(made)).toEqual(['10', '10', '12'])
  })

  test('that starts one instant before a period decides it', () => {
    const made = signed(fee, {
      revisions: [{ from: '2024-03-31T23:59', agreed: { price: '12.00' } }],
    })
    expect(prices(made)).toEqual(['10', '12', '12'])
  })

  test('that removes a clause leaves the lines before it, and later it is not agreed', () => {
    const made = signed(fee, {
      revisions: [
        { from: '2024-04-01', deviations: [{ clause: 'fee', remove: true as never }] },
      ].map((revision) => ({ ...revision, deviations: [{ clause: 'fee', remove: 'yes' }] })),
    })
    expect(made.told({ value: 'fee', in: '2024-03' })).toBe('10')
    expect(made.told({ value: 'fee', in: '2024-04' })).toBe('not-agreed')
    expect(made.told({ bill: '2024' })).toBe('30')
  })

  test('that adds a clause says nothing of what was before', () => {
    const add = { charge: { each: 'used', amount: '5.00' } } as never
    const made = signed(fee, {
      revisions: [{ from: '2024-04-01', deviations: [{ clause: 'extra', add }] }],
      facts: '[ used: { id: one, at: 2024-03-31T23:59 }, used: { id: two, at: 2024-04-01T00:00 } ]',
    })
    expect(made.bill('2024-03')).toEqual({ fee: '10', visit: '1' })
    expect(made.bill('2024-04')).toEqual({ fee: '10', visit: '1', extra: '5' })
  })

  test('cannot change the currency', () => {
    expect(() =>
      signed(fee, { revisions: [{ from: '2024-04-01', offering: offering(`{ currency: CHF }`) }] }),
    ).toThrow(/currency_mixed/)
  })

  test('has lines of its own, of periods that began together with those before it', () => {
    const fee = (words: string) =>
      offering(`{ policies: { prorate: no }, terms: { fee: { charge: { ${words} } } } }`)
    const second = fee('every: quarter, amount: 5.00, billed: in-advance, from: 40 days')
    const made = signed(fee('every: day, amount: 1.00, billed: in-arrears'), {
      revisions: [{ from: '2024-01-03', offering: second }],
    })
    expect(made.bill('2024-01-01 to 2024-03-31')).toEqual({ fee: '1 1 5' })
    expect(made.bill('2024-02')).toEqual({ fee: '5' })
  })

  test.for([
    ['{ count: used, per: month }', '{ count: used, where: used.quantity > 3, per: month }', '2 1'],
    [
      '{ sum: used, value: used.quantity, per: month }',
      '{ sum: used, value: used.quantity * 2, per: month }',
      '6 12',
    ],
    ['{ formula: used.quantity }', '{ formula: used.quantity * 2 }', '1 10'],
  ])(
    'means by a name what it says itself, in the month that it cuts too: %s, then %s',
    ([first = '', then = '', lines]) => {
      const read = (measure: string) =>
        offering(
          `{ measures: { n: ${measure} }, terms: { fee: { charge: { each: used, measure: n, rate: 1.00 } } } }`,
        )
      const made = signed(read(first), {
        revisions: [{ from: '2024-03-10', offering: read(then) }],
        facts:
          '[ used: { id: a, at: 2024-03-02, quantity: 1 }, used: { id: b, at: 2024-03-20, quantity: 5 } ]',
      })
      expect(made.bill('2024-03')).toEqual({ fee: lines })
    },
  )

  test('an agreed value may change from a date without a revision', () => {
    const made = signed(fee, {
      agreed: { price: [{ value: '10.00' }, { from: '2024-04-01', value: '12.00' }] },
    })
    expect(prices(made)).toEqual(['10', '12', '12'])
    const cut = signed(fee, {
      agreed: { price: [{ value: '10.00' }, { from: '2024-04-16', value: '12.00' }] },
    })
    expect(prices(cut)).toEqual(['10', '10', '12'])
  })
})

describe('a deviation', () => {
  const base =
    offering(`{ policies: { prorate: no, billed: in-arrears }, agreed: { plan: { type: [ basic, plus ], default: basic }, units: { type: number, default: 1500 } },
    tables: { price: { by: plan, rows: [ { when: basic, then: 5.00 }, { when: plus, then: 8.00 } ] } },
    components: [ { access: desk, title: desk, terms: { desk_fee: { charge: { every: month, amount: 3.00 } } } } ],
    terms: {
      calls: { charge: { every: month, measure: units, mode: graduated, tiers: [ { up-to: 1000, rate: 0.10 }, { rate: 0.01 } ] } },
      plan_fee: { charge: { every: month, amount: price, waived-when: { any-of: [ { id: gift, if: 2 < 1 } ] } } },
      late: { charge: { each: used, measure: used.time, of: units_price, bands: [ { above: "12:00", up-to: "18:00", share: 50% }, { above: "18:00", share: 100% } ] } },
      notice: { text: { says: One month. } } },
    measures: { units_price: { scale: { measure: units, rate: 0.10 } } } }`)
  const bill = (...deviations: Deviation[]) => signed(base, { deviations }).bill('2024-01')
  const plain = { calls: '105', plan_fee: '5', desk_fee: '3' }

  test.for<[string, Deviation, Record<string, string>]>([
    [
      'a rate of a row that is addressed by its edge',
      { clause: 'calls', path: 'charge.tiers[up-to: 1000].rate', to: '0.20' },
      { ...plain, calls: '205' },
    ],
    [
      'a result of a table row that is addressed by its when',
      { clause: 'price', path: 'rows[when: basic].then', to: '6.00' },
      { ...plain, plan_fee: '6' },
    ],
    [
      'a waiver that is addressed by its id',
      { clause: 'plan_fee', path: 'charge.waived-when.any-of[id: gift].if', to: '1 < 2' },
      { calls: '105', desk_fee: '3' },
    ],
    [
      'a term that stands inside a component',
      { clause: 'desk_fee', path: 'charge.amount', to: '4.00' },
      { ...plain, desk_fee: '4' },
    ],
    ['a whole term, removed', { clause: 'calls', remove: 'yes' }, { plan_fee: '5', desk_fee: '3' }],
    [
      'a whole term, added',
      { clause: 'gift', add: { credit: { per: 'month', amount: '1.00' } } as never },
      { ...plain, gift: '-1' },
    ],
  ])('changes %s', ([, deviation, expected]) => {
    expect(bill()).toEqual(plain)
    expect(bill(deviation)).toEqual(expected)
  })

  test.for<[string, Deviation, string]>([
    [
      'a clause that is not there',
      { clause: 'kalls', path: 'charge.rate', to: '1' },
      'deviation_finds_nothing /deviations/0/clause',
    ],
    [
      'a word that is not there',
      { clause: 'calls', path: 'charge.rate', to: '1' },
      'deviation_finds_nothing /deviations/0/path',
    ],
    [
      'a row that is not there',
      { clause: 'calls', path: 'charge.tiers[up-to: 2000].rate', to: '1' },
      'deviation_finds_nothing /deviations/0/path',
    ],
    [
      'a row by its place',
      { clause: 'calls', path: 'charge.tiers.0.rate', to: '1' },
      'deviation_finds_nothing /deviations/0/path',
    ],
    [
      'the form of a price',
      { clause: 'calls', path: 'charge.tiers', to: '1' },
      'deviation_changes_the_form /deviations/0/path',
    ],
    [
      'a removal of what is no term',
      { clause: 'price', remove: 'yes' },
      'deviation_changes_the_form /deviations/0',
    ],
    [
      'a term that is there already',
      { clause: 'calls', add: { text: { says: 'Again.' } } as never },
      'name_doubled /deviations/0/clause',
    ],
    [
      'a clause that a term still reads',
      { clause: 'units', remove: 'yes' },
      'deviation_changes_the_form /deviations/0',
    ],
  ])('is refused: %s', ([, deviation, fault]) => {
    const { contract, faults } = compileRevision({
      offering: base,
      agreed: {},
      deviations: [deviation],
    })
    expect(contract).toBeUndefined()
    expect(faults.map(({ name, pointer }) => `${name} ${pointer}`)).toContain(fault)
    expect(faults.every(({ words }) => words.length > 10)).toBe(true)
  })

  test('is checked as the author’s own words are: a value that does not fit is refused where it is written', () => {
    const { faults } = compileRevision({
      offering: base,
      agreed: {},
      deviations: [{ clause: 'calls', path: 'charge.tiers[up-to: 1000].rate', to: 'cheap' }],
    })
    expect(faults.map(faultText).join()).toContain('name_unknown /deviations/0/to')
  })

  test('applied twice gives what it gives once, and the base stays as it was', () => {
    const deviations: Deviation[] = [
      { clause: 'calls', path: 'charge.tiers[up-to: 1000].rate', to: '0.20' },
      { clause: 'price', path: 'rows[when: plus].then', to: '6.00' },
    ]
    const before = structuredClone(base)
    const apply = (words: PlainMap) =>
      tailored(words, deviations, { faults: new Faults(), path: [] })
    const once = apply(base)
    expect(apply(once)).toEqual(once)
    expect(once).not.toEqual(base)
    expect(base).toEqual(before)
  })

  test('on other places may stand in any order', () => {
    const deviations: Deviation[] = [
      { clause: 'calls', path: 'charge.tiers[up-to: 1000].rate', to: '0.20' },
      { clause: 'plan_fee', remove: 'yes' },
      { clause: 'desk_fee', path: 'charge.amount', to: '4.00' },
    ]
    expect(bill(...deviations)).toEqual(bill(...deviations.toReversed()))
    expect(bill(...deviations)).toEqual({ calls: '205', desk_fee: '4' })
  })

  const faultsOf = (...deviations: Deviation[]) =>
    compileRevision({ offering: base, agreed: {}, deviations }).faults.map(
      ({ name, pointer }) => `${name} ${pointer}`,
    )
  const tier = (at: string, to: string): Deviation => ({
    ...{ clause: 'calls', path: `charge.tiers[up-to:${at}`, to },
  })

  test('is one of a place, however that is written', () => {
    const doubled = ['deviation_doubled /deviations/1']
    const [spaced, close] = [tier(' 1000].rate', '0.20'), tier('1000].rate', '0.30')]
    expect(faultsOf(spaced, close)).toEqual(doubled)
    expect(faultsOf(tier(' 1000 ].rate', '0.20'), close)).toEqual(doubled)
    const removal: Deviation = { clause: 'calls', remove: 'yes' }
    expect(faultsOf(spaced, removal)).toEqual(doubled)
    expect(faultsOf(removal, spaced)).toEqual(doubled)
  })

  test('is read of the offering, not of what another made of it', () => {
    const [edge, byOld, byNew] = [
      ...[tier(' 1000].up-to', '1200'), tier(' 1000].rate', '0.20'), tier(' 1200].rate', '0.20')],
    ]
    if (!edge || !byOld || !byNew) throw new Error('three deviations')
    expect(faultsOf(edge, byNew)).toEqual(['deviation_finds_nothing /deviations/1/path'])
    expect(faultsOf(byNew, edge)).toEqual(['deviation_finds_nothing /deviations/0/path'])
    for (const both of [
      [edge, byOld],
      [byOld, edge],
    ])
      expect(bill(...both)).toEqual({ ...plain, calls: '243' })
    const gift: Deviation = {
      ...{ clause: 'gift', add: { credit: { per: 'month', amount: '1.00' } } as never },
    }
    const change: Deviation = { clause: 'gift', path: 'credit.amount', to: '2.00' }
    expect(faultsOf(gift, change)).toEqual(['deviation_finds_nothing /deviations/1/clause'])
  })
})

describe('with a clause that is taken out goes', () => {
  const monthly = (words: string) => `{ charge: { every: month, ${words} } }`
  const level = '{ target: { measure: up_share, at-least: 99%, per: month } }'
  const made = (words: string, ...deviations: readonly Deviation[]) =>
    compileRevision({
      offering: offering(
        `{ policies: { prorate: no, billed: in-arrears }, facts: { down: { shape: interval, measured-by: provider } }, ${words} }`,
      ),
      ...{ agreed: {}, deviations },
    })
  const remove = (clause: string): Deviation => ({ clause, remove: 'yes' })
  const left = (words: string, ...deviations: readonly Deviation[]) => {
    const { contract, faults } = made(words, ...deviations)
    expect(faults).toEqual([])
    const { measures = {}, prices = {}, structures = {}, terms = {} } = contract?.words ?? {}
    return [measures, prices, structures, terms].flatMap(Object.keys).join(' ')
  }
  const priced = `measures: { m: { sum: floor, per: month } }, prices: { p: { amount: m } },
    terms: { floor: ${monthly('amount: 5.00')}, top: ${monthly('price: p')}, other: ${monthly('amount: 7.00')} }`
  const resting = `structures: { shop: { all-of: [ first_up, second_up ] } },
    measures: { d: { time: down, per: month, in: minutes }, t: { time: period, per: month, in: minutes }, up_share: { formula: 1 - d / t }, both: { forecast: shop } },
    terms: { first_up: ${level}, second_up: ${level} }`

  test('the named price that reads it, and the structure that it is a part of', () => {
    expect(left(priced, remove('top'), remove('floor'))).toBe('other')
    expect(left(priced, remove('floor'), remove('top'))).toBe('other')
    expect(left(resting, remove('first_up'))).toBe('d t up_share second_up')
  })

  test('no named price of which a word is only spelt as its name', () => {
    const words = `prices: { p: { counted: { in: 5, rounded: up }, rate: 1.00 } },
      terms: { up: ${monthly('amount: 5.00')}, calls: { charge: { each: used, measure: used.quantity, price: p } } }`
    expect(left(words, remove('up'))).toBe('p calls')
  })

  test('nothing that another deviation changed so as not to read it', () => {
    const summed: Deviation = { clause: 'm', path: 'sum', to: 'other' }
    for (const both of [
      [remove('floor'), summed],
      [summed, remove('floor')],
    ])
      expect(left(priced, ...both)).toBe('m p top other')
  })

  test('no term: what lacks it is at fault in the deviation', () => {
    const { faults } = made(
      priced,
      { clause: 'other', path: 'charge.amount', to: '8.00' },
      remove('floor'),
    )
    expect(faults.map(faultText)).toEqual([
      'name_unknown /deviations/1/clause: “p”, which goes with “floor”, is read by what stays, at /terms/top/charge/price: take that out or change it as well.',
    ])
  })
})

/** The robes of the hotel: goods that were access, over random lives. */
const hotel = ((): PlainMap => {
  const file = join(import.meta.dirname, '../../../examples/hotel/offerings/city_stay.yaml')
  return readDocuments(readFileSync(file, 'utf8'), file).documents[0]?.data as PlainMap
})()
const zone = 'Europe/Lisbon'
const start = parseInstant('2026-05-12T15:00', zone) ?? 0
const end = parseInstant('2026-05-15T12:00', zone) ?? 0
const day = 86_400_000
const stay = signed(hotel, { period: '2026-05-12T15:00 to 2026-05-15T12:00' }).agreement

type Deed = {
  readonly robe: number
  readonly kind: 'granted' | 'kept' | 'missing' | 'returned'
  readonly minute: number
}
const anyDeed = fc.record<Deed>({
  robe: fc.integer({ min: 1, max: 3 }),
  kind: fc.constantFrom('granted', 'kept', 'missing', 'returned'),
  minute: fc.integer({ min: -600, max: 40 * 24 * 60 }),
})
const anyDeeds = fc.uniqueArray(anyDeed, { maxLength: 12, selector: ({ minute }) => minute })
const anyMinute = fc.integer({ min: -1000, max: 45 * 24 * 60 })
const anySinceStart = fc.integer({ min: 0, max: 45 * 24 * 60 })
const instantOf = (minute: number) => start + minute * 60_000
const factOf = ({ robe, kind, minute }: Deed, place: number): Fact => ({
  id: `deed_${place}`,
  kind,
  shape: 'event',
  at: instantOf(minute),
  recorded: instantOf(minute),
  about: `robe_${robe}`,
  component: 'robe',
  values: { about: `robe_${robe}`, component: 'robe' },
})

/** What the contract’s sentences say, told a second time by other means. */
class Robe {
  title = 'provider'
  custody = 'provider'
  isRightEnded = false
  private keptAt: number | undefined

  happens({ kind, minute }: Deed): void {
    const at = instantOf(minute)
    if (at < start) return
    if (kind === 'granted' && at < end) this.custody = 'consumer'
    if (kind === 'kept' || kind === 'missing') {
      // What is the guest's already is not kept a second time: the 14 days run from when it became so.
      if (this.title !== 'consumer') this.keptAt = at
      this.title = 'consumer'
      this.custody = 'consumer'
      this.isRightEnded = true
    }
    if (kind !== 'returned') return
    this.custody = 'provider'
    if (this.keptAt !== undefined && at <= this.keptAt + 14 * day) this.title = 'provider'
  }

  mayBeUsed(at: number): boolean {
    return this.title === 'consumer' || (at >= start && at < end && !this.isRightEnded)
  }
}

function robeAt(deeds: readonly Deed[], robe: number, minute: number): Robe {
  const found = new Robe()
  for (const deed of deeds.toSorted((one, other) => one.minute - other.minute))
    if (deed.robe === robe && deed.minute <= minute) found.happens(deed)
  return found
}

describe('the robes of the hotel, over random lives', () => {
  const asked = (deeds: readonly Deed[]) => answering(stay, deeds.map(factOf))
  const instantText = (minute: number) => localText(instantOf(minute), zone)

  test('a robe has exactly one owner and one holder at every instant, and they are whom the contract names', () => {
    fc.assert(
      fc.property(anyDeeds, anyMinute, (deeds, random) => {
        const { ask } = asked(deeds)
        const moments = [random, ...deeds.flatMap(({ minute }) => [minute - 1, minute])]
        for (const minute of moments)
          for (const robe of [1, 2, 3]) {
            if (!deeds.some((deed) => deed.robe === robe && deed.minute <= minute)) continue
            const { standing } = ask({ whose: `robe_${robe}`, at: instantText(minute) })
            const expected = robeAt(deeds, robe, minute)
            expect([standing?.title.value.value, standing?.custody.value.value]).toEqual([
              expected.title,
              expected.custody,
            ])
          }
      }),
      { numRuns: 60 },
    )
  })

  test('a robe may be used within the agreed period while the right stands, and else only by its owner', () => {
    fc.assert(
      fc.property(anyDeeds, anyMinute, (deeds, random) => {
        const { told } = asked(deeds)
        const edges = [(end - start) / 60_000, (end - start) / 60_000 - 1, 0, -1]
        for (const minute of [
          random,
          ...edges,
          ...deeds.flatMap((deed) => [deed.minute - 1, deed.minute]),
        ])
          for (const robe of [1, 2, 3]) {
            const isKnown = deeds.some((deed) => deed.robe === robe && deed.minute <= minute)
            if (!isKnown) {
              expect(() =>
                told({
                  may: 'robe',
                  user: 'guest',
                  item: `robe_${robe}`,
                  at: instantText(minute),
                }),
              ).toThrow(/is no item/)
              continue
            }
            const may = told({
              may: 'robe',
              user: 'guest',
              item: `robe_${robe}`,
              at: instantText(minute),
            })
            expect(may).toBe(
              robeAt(deeds, robe, minute).mayBeUsed(instantOf(minute)) ? 'yes' : 'no',
            )
          }
      }),
      { numRuns: 60 },
    )
  })

  test('nobody else uses it: another kind of user is refused by name', () => {
    const { told } = asked([])
    expect(() => told({ may: 'robe', user: 'visitor', at: '2026-05-13' })).toThrow(/visitor/)
  })

  test('keeping converts it at one instant: access and no title before, title and no right after', () => {
    fc.assert(
      fc.property(anySinceStart, fc.constantFrom('kept', 'missing'), (minute, kind) => {
        const deeds: Deed[] = [
          { robe: 1, kind: 'granted', minute: -900 },
          { robe: 1, kind, minute },
        ]
        const { ask } = asked(deeds)
        const standing = (at: number) => {
          const found = ask({ whose: 'robe_1', at: localText(at, zone) }).standing
          return [found?.title.value.value, found?.right.value.value]
        }
        expect(standing(instantOf(minute) - 1)).toEqual(['provider', 'given'])
        expect(standing(instantOf(minute))).toEqual(['consumer', 'ended'])
      }),
      { numRuns: 40 },
    )
  })

  const robeMoney = (deeds: readonly Deed[]) => {
    const { lines = [] } = asked(deeds).ask({ bill: '2026-01-01 to 2027-01-01' })
    return lines
      .filter(({ clause }) => clause !== 'room_price')
      .map(({ posted }) => posted.value)
      .reduce<Exact>((sum, value) => (value instanceof Exact ? sum.plus(value) : sum), Exact.zero)
      .text
  }

  test('a return within 14 days restores title and money exactly; one minute later nothing', () => {
    fc.assert(
      fc.property(anySinceStart, fc.integer({ min: 1, max: 14 * 24 * 60 }), (minute, later) => {
        const keeping: Deed = { robe: 1, kind: 'kept', minute }
        const back = (after: number): Deed => ({
          robe: 1,
          kind: 'returned',
          minute: minute + after,
        })
        const inTime = [keeping, back(later)]
        expect(robeMoney([keeping])).toBe('60')
        expect(robeMoney(inTime)).toBe('0')
        expect(asked(inTime).told({ whose: 'robe_1', at: '2026-12-31' })).toBe('provider')
        const tooLate = [keeping, back(14 * 24 * 60 + 1)]
        expect(robeMoney(tooLate)).toBe('60')
        expect(asked(tooLate).told({ whose: 'robe_1', at: '2026-12-31' })).toBe('consumer')
      }),
      { numRuns: 40 },
    )
  })

  test('robes that are kept and brought back in turn leave no money behind', () => {
    const anyTurns = fc.array(
      fc.tuple(
        fc.constantFrom('kept' as const, 'missing' as const),
        fc.integer({ min: 1, max: 10_000 }),
        fc.integer({ min: 1, max: 20_000 }),
      ),
      { maxLength: 4 },
    )
    fc.assert(
      fc.property(fc.array(anyTurns, { minLength: 1, maxLength: 3 }), (lives) => {
        const deeds = lives.flatMap((turns, robe) => {
          let minute = 0
          return turns.flatMap(([kind, away, home]): Deed[] => {
            const kept = minute + away
            minute = kept + home
            return [
              { robe, kind, minute: kept },
              { robe, kind: 'returned', minute },
            ]
          })
        })
        expect(robeMoney(deeds)).toBe('0')
      }),
      { numRuns: 40 },
    )
  })

  test('a robe is paid once and refunded once, however often it is reported kept, missing or returned', () => {
    const kept: Deed = { robe: 1, kind: 'kept', minute: 100 }
    const missing: Deed = { robe: 1, kind: 'missing', minute: 200 }
    const back: Deed = { robe: 1, kind: 'returned', minute: 300 }
    expect(robeMoney([kept, missing])).toBe('60')
    expect(robeMoney([kept, back, { ...back, minute: 400 }])).toBe('0')
    expect(robeMoney([kept, missing, back])).toBe('0')
  })

  test('who owns a robe has paid for it once, and who does not has paid nothing', () => {
    fc.assert(
      fc.property(anyDeeds, (deeds) => {
        const owned = [1, 2, 3].filter((robe) => robeAt(deeds, robe, 60_000).title === 'consumer')
        expect(robeMoney(deeds)).toBe(String(60 * owned.length))
      }),
      { numRuns: 100 },
    )
  })

  test('who handed in its own robe too late and takes it again pays nothing more', () => {
    const late = 15 * 24 * 60
    const deeds: Deed[] = [
      { robe: 1, kind: 'kept', minute: 100 },
      { robe: 1, kind: 'returned', minute: 100 + late },
      { robe: 1, kind: 'kept', minute: 200 + late },
    ]
    expect(robeMoney(deeds)).toBe('60')
  })
})
