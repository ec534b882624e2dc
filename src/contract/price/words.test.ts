import { describe, expect, test } from 'vitest'
import { runTries } from '../case/case.ts'
import { type Try, triesIn } from '../case/tries.ts'
import { plain } from '../contract.test-support.ts'
import type { Plain, PlainMap } from '../document/document.ts'
import { ChargeWords, CreditWords } from '../language/posting.ts'
import { ScaleWords } from '../language/price.ts'
import { printedContract } from '../prose/contract.ts'
import { type Beside, besideForms, type FormOfPrice } from './check.ts'

// No word is without effect: beside every form of price each is refused, or noticed; what belongs to the price is both printed and computed.

/** Each form as an author writes it, of a quantity and a base where it has them. */
const forms: Readonly<Record<string, { form: FormOfPrice; says: string }>> = {
  'an amount': { form: 'amount', says: '{ amount: 7.00 }' },
  'an amount of what happened': { form: 'amount', says: '{ amount: @money }' },
  'an amount bounded by its base': {
    form: 'amount',
    says: '{ amount: 7.00, of: fee, maximum: 90% }',
  },
  'a rate': { form: 'rate', says: '{ measure: @number, rate: 0.30 }' },
  'a rate and an amount': { form: 'rate', says: '{ measure: @number, rate: 0.30, amount: 2.00 }' },
  'a rate of money': { form: 'rate', says: '{ measure: @money, rate: 3% }' },
  'a rate of the base': { form: 'rate', says: '{ of: fee, measure: @number, rate: 1% }' },
  'a rate of the base once': { form: 'rate', says: '{ of: fee, rate: 10% }' },
  'a rate of the base and an amount': {
    form: 'rate',
    says: '{ of: fee, measure: @number, rate: 1%, amount: 2.00 }',
  },
  'a share': { form: 'share', says: '{ of: fee, share: 10% }' },
  'graduated tiers': {
    form: 'tiers',
    says: '{ measure: @number, mode: graduated, tiers: [ { up-to: 10, rate: 0.50 }, { rate: 0.20 } ] }',
  },
  'tiers by volume': {
    form: 'tiers',
    says: '{ measure: @number, mode: volume, tiers: [ { up-to: 10, rate: 0.50, amount: 1.00 }, { rate: 0.20 } ] }',
  },
  'tiers of the base': {
    form: 'tiers',
    says: '{ of: fee, mode: graduated, tiers: [ { up-to: 50, rate: 10% }, { rate: 5% } ] }',
  },
  'tiers of money and shares': {
    form: 'tiers',
    says: '{ of: fee, measure: @number, mode: volume, tiers: [ { up-to: 10, amount: 3.00 }, { rate: 1% } ] }',
  },
  'bands of amounts': {
    form: 'bands',
    says: '{ measure: @number, bands: [ { below: 10, amount: 3.00 }, { from: 10, amount: 7.00 } ] }',
  },
  'bands of shares with a gap': {
    form: 'bands',
    says: '{ of: fee, measure: @number, gaps: nothing-due, bands: [ { below: 10, share: 5% }, { above: 10, share: 9% } ] }',
  },
  'bands of money and shares': {
    form: 'bands',
    says: '{ of: fee, measure: @number, bands: [ { below: 10, share: 5% }, { from: 10, rate: 0.40 } ] }',
  },
  'a true-up': { form: 'true-up', says: '{ true-up: { of: @posted, to: 90.00 } }' },
}

/** Where a price stands: a term of the contract below that is asked, and what happened as it reads it. */
type Position = {
  readonly at: readonly ['terms' | 'measures', ...string[]]
  readonly own: string
  readonly reads: Readonly<Record<'number' | 'money' | 'posted' | 'other', string>>
  readonly words: { readonly shape: Readonly<Record<string, unknown>> }
}
const ofPeriod = { number: 'km', money: 'prices_paid', posted: 'fare', other: 'provider' }
const ofEvent = { number: 'trip.km', money: 'trip.price', posted: 'fare', other: 'provider' }
const positions: Readonly<Record<string, Position>> = {
  'a charge for periods': {
    at: ['terms', 'tried', 'charge'],
    own: '{ every: month }',
    reads: ofPeriod,
    words: ChargeWords,
  },
  'a charge for events': {
    at: ['terms', 'tried', 'charge'],
    own: '{ each: trip }',
    reads: ofEvent,
    words: ChargeWords,
  },
  'a credit for periods': {
    at: ['terms', 'tried', 'credit'],
    own: '{ per: month }',
    reads: { ...ofPeriod, other: 'consumer' },
    words: CreditWords,
  },
  'a credit for events': {
    at: ['terms', 'tried', 'credit'],
    own: '{ each: trip }',
    reads: { ...ofEvent, other: 'consumer' },
    words: CreditWords,
  },
  'a scale': { at: ['measures', 'scaled', 'scale'], own: '{}', reads: ofPeriod, words: ScaleWords },
}

/** Values of each word that are not what holds without it. */
const samples: Readonly<Record<string, readonly string[]>> = {
  measure: ['12', '@number', '@money'],
  included: ['13'],
  'quantity-at-most': ['9'],
  counted: ['{ in: 4, rounded: up }'],
  'quantity-at-least': ['25'],
  amount: ['1.50'],
  rate: ['0.50', '5%'],
  share: ['20%'],
  mode: ['volume', 'graduated'],
  tiers: ['[ { up-to: 5, rate: 2.00 }, { rate: 1.00 } ]'],
  bands: ['[ { below: 20, amount: 2.00 }, { from: 20, amount: 1.00 } ]'],
  gaps: ['nothing-due'],
  'true-up': ['{ of: fare, to: 60.00 }'],
  minimum: ['200.00', '300%'],
  maximum: ['0.50', '0.1%'],
  of: ['fare', 'fee'],
  price: ['by_km'],
  discounts: ['[ { id: friends, share: 10% } ]'],
  'in-parts-of': ['5 hours', 'day'],
  cumulative: ['month'],
  limit: ['{ times: 1, per: year }', '{ amount: 3.00, per: year }'],
  'for-each': ['trip', 'trip.line'],
  each: ['trip', 'stay'],
  every: ['month', 'year'],
  per: ['month', 'year'],
  when: ['km > 100'],
  'waived-when': ['{ any-of: [ { id: quiet, if: km < 100 } ] }'],
  'pays-for': ['bus'],
  payer: ['@other'],
  tax: ['reduced'],
  rounded: ['{ to: 5, mode: up }'],
  from: ['40 days', 'stay'],
  until: ['40 days', 'stay'],
  'dated-by': ['event', 'period', 'agreement'],
  rise: ['{ at-most: 0% }', '{ at-least: 5% }'],
  prorate: ['{ by: days, of: actual }'],
  'on-change': ['next-period', '{ old: keep, new: in-full }'],
  'on-end': ['{ old: credit-in-full }'],
  billed: ['in-advance'],
  'issued-above': ['500.00'],
  claim: ['{ fact: asked_back, within: 5 days }'],
}

const contract = `
case: words beside a price
offering:
  language: 1
  title: buses
  currency: EUR
  zone: Europe/Lisbon
  rounding: { to: 0.01, mode: half-up }
  tax-categories: { reduced: {} }
  policies: { prorate: no, billed: in-arrears, ends: at-the-hour }
  facts:
    trip: { shape: event, has: { km: number, price: money, line: text } }
    stay: { shape: interval }
    asked_back: { shape: event }
  components: [ { action: bus, for: guest }, { action: boat, for: guest } ]
  users: [ guest ]
  measures:
    km: { sum: trip, value: trip.km, per: month }
    prices_paid: { sum: trip, value: trip.price, per: month }
  prices: { by_km: { rate: 2.00 } }
  terms:
    fee: { charge: { every: month, amount: 100.00 } }
    fare: { charge: { each: trip, amount: 5.00 } }
agree: { period: [ 2026-01-01T00:00, 2026-12-10T00:00 ] }
facts:
  - trip: { id: first, about: anna, at: 2026-03-05T10:00, km: 8, price: 20.00, line: red }
  - trip: { id: second, about: ben, at: 2026-03-06T10:00, km: 14, price: 30.00, line: blue }
  - stay: { id: third, about: ben, from: 2026-06-06T10:00, for: 12 hours }
asks:
  - { value: @asked, in: 2026-01, is: 0 }
  - { value: @asked, in: 2026-03, is: 0 }
  - { value: @asked, for: second, is: 0 }
  - { value: @asked, in: 2026-12, is: 0 }
  - { bill: 2026-03, is: {} }
  - { bill: 2026, is: {} }`

const contractAsking = (asked: string) => plain(contract.replaceAll('@asked', asked)) as PlainMap
const contracts = { terms: contractAsking('tried'), measures: contractAsking('scaled') }

function written(position: Position, price: PlainMap): PlainMap {
  const [section, name = ''] = position.at
  const document = contracts[section]
  const offering = document['offering'] as PlainMap
  const last = position.at.at(-1) ?? ''
  const own = section === 'terms' ? price : { scale: price, per: 'month' }
  const made = section === 'terms' ? { [last]: own } : own
  const shown = { charge: { every: 'month', measure: 'scaled', rate: '100%' } }
  const terms = offering['terms'] as PlainMap
  return {
    ...document,
    offering: {
      ...offering,
      [section]: { ...(offering[section] as PlainMap), [name]: made },
      ...(section === 'measures' && { terms: { ...terms, shown } }),
    },
  }
}

/** Whatever a reader could notice of it; the contract is printed only where somebody looks. */
function noticed(position: Position, price: PlainMap) {
  const made = triesIn(written(position, price), () => undefined)
  const { faults, results } = runTries(made)
  return { faults, printed: () => printed(made.tries[0]), answers: JSON.stringify(results) }
}

function printed(tried: Try | undefined): string {
  const agreement = tried && 'agreement' in tried.made ? tried.made.agreement : undefined
  const told = { provider: 'Acme', consumer: 'Bolt' }
  const revision = agreement?.revisions[0]
  return agreement && revision ? printedContract(revision, agreement.frame.agreed, told) : ''
}

const sampleOf = (text: string, { reads }: Position): Plain => {
  const filled = text.replace(/@(\w+)/g, (_, name: keyof typeof reads) => reads[name])
  return (plain(`{ it: ${filled} }`) as PlainMap)['it'] as Plain
}

/** A credit is a charge the other way round: one of each form shows it. */
const formsIn = (position: Position) =>
  Object.entries(forms).filter(
    ([, { form }], place, all) =>
      position.words !== CreditWords || all.findIndex(([, one]) => one.form === form) === place,
  )

describe.each(Object.entries(positions))('in %s', (_place, position) => {
  test.each(formsIn(position))('%s: no word beside it is without effect', (_name, one) => {
    const own = plain(position.own) as PlainMap
    const price = { ...own, ...(sampleOf(one.says, position) as PlainMap) }
    const before = noticed(position, price)
    expect(before.faults.map(({ words }) => words)).toEqual([])
    const printedBefore = before.printed()
    const ignored = Object.keys(position.words.shape).flatMap((word) =>
      word in price
        ? []
        : (samples[word] ?? [`no sample of ${word}`]).flatMap((sample) => {
            const after = noticed(position, { ...price, [word]: sampleOf(sample, position) })
            if (after.faults.length > 0) return []
            const isComputed = after.answers !== before.answers
            const isPrinted = () => after.printed() !== printedBefore
            const isNoticed =
              word in ScaleWords.shape ? isComputed && isPrinted() : isComputed || isPrinted()
            return isNoticed ? [] : [`${word}: ${sample}`]
          }),
    )
    expect(ignored).toEqual([])
    for (const [word, { not }] of Object.entries(besideForms) as [string, Beside][])
      if (not[one.form] !== undefined && word in position.words.shape) {
        const [sample = ''] = samples[word] ?? []
        const { faults } = noticed(position, { ...price, [word]: sampleOf(sample, position) })
        const pointer = `/offering/${[...position.at, word].join('/')}`
        expect(faults.map((fault) => `${fault.name} ${fault.pointer}`)).toContain(
          `word_without_effect ${pointer}`,
        )
      }
  })
})
