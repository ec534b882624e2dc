import { describe, expect, test } from 'vitest'
import { signed } from '../contract.test-support.ts'
import { nodes } from '../derivation.ts'
import type { Question } from '../question/form.ts'
import { valueText } from '../value.ts'
import { reasonsOf } from './reason.ts'
import { tierTexts } from './tier.ts'

/** The steps of an answer: each figure in it, and whose it is where several events or periods stand in one clause. */

const speaking = { zone: 'Europe/Lisbon', currency: 'EUR', decimals: 2 }

const { ask } = signed(
  `{ policies: { prorate: no, billed: in-arrears, ends: with-the-day }, agreed: { second: money },
     facts: { call: { shape: event, has: { units: { number: units } } }, fine: { shape: event, has: { size: number } },
              claimed: { shape: event, has: { month_of: date } } },
     measures: { units: { sum: call, per: month } },
     terms: {
       fee: { charge: { every: month, amount: 62.00 } },
       by_parts: { charge: { every: month, measure: units, mode: graduated, tiers: [ { up-to: 0, amount: 7.00 }, { up-to: 10, rate: 1.00, amount: 5.00 }, { up-to: 20, rate: second }, { rate: 0.25 } ] } },
       by_whole: { charge: { every: month, measure: units, mode: volume, tiers: [ { up-to: 10, rate: 1.00 }, { rate: 0.25 } ] } },
       fined: { charge: { each: fine, measure: fine.size, rate: 1.00, limit: { amount: 20.00, per: day } } },
       back: { credit: { per: month, of: fee, share: 10%, claim: { fact: claimed, within: 30 days, concerning: claimed.month_of } } } } }`,
  {
    agreed: { second: '0.50' },
    facts: `
      - call: { at: 2024-01-05T10:00, units: 10 }
      - call: { at: 2024-02-05T10:00, units: 21 }
      - fine: { id: first, at: 2024-05-04T09:00, size: 5 }
      - fine: { id: one, at: 2024-05-04T12:00, size: 12 }
      - fine: { id: other, at: 2024-05-04T12:00, size: 12 }
      - claimed: { at: 2024-03-31T00:00, month_of: 2024-02-10 }`,
  },
)

const steps = (question: Question, clause: string) =>
  reasonsOf(ask(question), speaking, (id) => ({ number: '1', text: id })).find(
    (reason) => reason.clause === clause,
  )?.steps

describe('a price by tiers', () => {
  test.for<[clause: string, month: string, says: readonly string[]]>([
    [
      'by_parts',
      '2024-02',
      [
        'up to 0: 7.00 EUR',
        'up to 10: 10 units × 1.00 EUR + 5.00 EUR = 15.00 EUR',
        'above 10 up to 20: 10 units × second 0.50 EUR = 5.00 EUR',
        'above 20: 1 unit × 0.25 EUR = 0.25 EUR',
        'units 21 units priced by tiers (graduated): 27.25 EUR',
      ],
    ],
    [
      'by_parts',
      '2024-03',
      ['up to 0: 7.00 EUR', 'units 0 units priced by tiers (graduated): 7.00 EUR'],
    ],
    [
      'by_whole',
      '2024-02',
      [
        'above 10: 21 units × 0.25 EUR = 5.25 EUR',
        'units 21 units priced by tiers (volume): 5.25 EUR',
      ],
    ],
  ])('of %s in %s tells each tier that took part', ([clause, month, says]) => {
    const told = steps({ value: clause, in: month }, clause)
    for (const step of says) expect(told).toContain(step)
    expect(told?.filter((step) => / up to | above |^up to|^above/.test(step))).toEqual(
      says.slice(0, -1),
    )
  })

  test('tells tiers that add up to what was computed', () => {
    const priced = nodes(ask({ value: 'by_parts', in: '2024' }).derivation).filter(
      ({ operation }) => operation === 'tiers',
    )
    expect(priced).toHaveLength(12)
    for (const node of priced) {
      const came = tierTexts(node, speaking).map((text) => Number(/([\d.]+) EUR$/.exec(text)?.[1]))
      expect(came.reduce((sum, amount) => sum + amount, 0)).toBe(Number(valueText(node.value)))
    }
  })
})

describe('a step', () => {
  test('says of which event it is, by its id where two are of one time', () => {
    const told = steps({ value: 'fined', for: 'other' }, 'fined')
    expect(told).toContain('4 May 2024, 09:00: 5 × 1: 5.00 EUR')
    expect(told).toContain('4 May 2024, 12:00 (one); 4 May 2024, 12:00 (other): 12 × 1: 12.00 EUR')
    expect(told).toContain('4 May 2024, 12:00 (other): 20 less 17.00 EUR: 3.00 EUR')
  })

  test('says of which periods it is, so that equal ones are told once and none is lost', () => {
    const told = steps({ value: 'by_whole', in: '2024-Q2' }, 'by_whole')
    expect(told).toContain(
      'April 2024; May 2024; June 2024: units 0 units priced by tiers (volume): 0.00 EUR',
    )
    expect(steps({ value: 'by_whole', in: '2024' }, 'by_whole')).toContain(
      'March 2024; April 2024; May 2024 and 7 more: units 0 units priced by tiers (volume): 0.00 EUR',
    )
  })

  test('of the only event or period of its clause says nothing of it', () => {
    expect(steps({ value: 'fined', for: 'first' }, 'fined')?.join()).not.toContain('May')
    expect(steps({ value: 'by_whole', in: '2024-02' }, 'by_whole')?.join()).not.toContain('Feb')
  })

  test('of several lines says how many come to the sum', () => {
    expect(steps({ value: 'fee', at: '2024-07-10' }, 'fee')).toEqual(['6 lines of fee: 372.00 EUR'])
  })

  test('says days where days were promised', () => {
    const told = steps({ value: 'back', in: '2024-02' }, 'back')
    expect(told).toContain('30 days after the end of 29 February 2024: the end of 30 March 2024')
    expect(told).toContain(
      'done on 31 March 2024, 00:00, too late: due by the end of 30 March 2024',
    )
  })
})

describe('a condition', () => {
  const { ask } = signed(
    `{ zone: UTC, policies: { prorate: no, billed: in-arrears, on-change: next-period }, agreed: { fee: money },
       facts: { trip: { shape: event, has: { zone: [ a, b, c ], promised: date, wanted: date } }, load: { shape: state, has: { n: number } },
                ticket: { shape: event }, solved: { shape: event }, withdrawn: { shape: event } },
       measures: { most: { last: load, value: load.n, per: month } },
       terms: {
         toll: { charge: { each: trip, amount: 5.00, when: 'trip.zone in ["a", "b"]' } },
         early: { charge: { each: trip, amount: 5.00, when: trip.promised > trip.wanted } },
         base: { charge: { every: month, amount: fee, rise: { at-most: 5% } } },
         spared: { charge: { every: month, amount: 9.00, waived-when: { any-of: [ { id: high, if: most >= 5 }, { id: low, if: most < 2 } ] } } },
         solve: { target: { start: ticket, stop: solved, within: 4 hours, clock: always, lifted-by: withdrawn } },
         back: { credit: { each: solve.missed, amount: 3.00 } } } }`,
    {
      agreed: {
        fee: [{ value: '100.00' }, { from: '2024-05-01', value: '200.00' }],
      },
      facts: `
        - trip: { id: near, zone: a, promised: 2024-05-02, wanted: 2024-05-01, at: 2024-04-30 }
        - trip: { id: far, zone: c, promised: 2024-05-01, wanted: 2024-05-01, at: 2024-04-30 }
        - load: { n: 3, at: 2024-06-01 }
        - ticket: { id: dropped, about: a, at: 2024-05-06T09:00 }
        - withdrawn: { about: a, at: 2024-05-06T11:00 }
        - ticket: { id: late, about: b, at: 2024-05-06T09:00 }
        - withdrawn: { about: b, at: 2024-05-06T14:00 }`,
    },
  )
  const told = (question: Question) =>
    reasonsOf(ask(question), { ...speaking, zone: 'UTC' }, (id) => ({ number: '1', text: id }))
      .flatMap((reason) => reason.steps)
      .filter((step) => !step.startsWith('4 hours'))
  const lifted = 'it was lifted on 6 May 2024,'

  test.for<[question: Question, steps: readonly string[]]>([
    [{ value: 'toll', for: 'near' }, ['due, as zone a is one of a and b']],
    [{ value: 'toll', for: 'far' }, ['nothing due, as zone c is none of a and b']],
    [{ value: 'early', for: 'near' }, ['due, as promised 2 May 2024 is after wanted 1 May 2024']],
    [
      { value: 'early', for: 'far' },
      ['nothing due, as promised 1 May 2024 is not after wanted 1 May 2024'],
    ],
    [{ met: 'solve', for: 'dropped' }, [`nothing due, as ${lifted} 11:00, in time`]],
    [
      { met: 'solve', for: 'late' },
      ['not done by 6 May 2024, 13:00', `due, as ${lifted} 14:00, too late`],
    ],
    [
      { value: 'back', for: 'dropped' },
      ['nothing due: no missed “solve” that counts', `${lifted} 11:00, in time`],
    ],
    // What is not known is said once, above the steps.
    [{ value: 'spared', in: '2024-05' }, []],
    [
      { value: 'spared', in: '2024-06' },
      ['most: 3', 'not waived by high (most 3 is 2 short of 5), low (most 3 is not less than 2)'],
    ],
    [
      { value: 'base', in: '2024-05' },
      [
        '1 + 5%: 1.05',
        '100.00 EUR × 1.05: 105.00 EUR',
        'fee 100.00 EUR, which may rise to 105.00 EUR: 100.00 EUR',
        'fee 200.00 EUR, which may rise to 105.00 EUR: 105.00 EUR',
      ],
    ],
  ])('of %j is told once, as it was: %j', ([question, steps]) => {
    expect(told(question)).toEqual(steps)
  })

  test('that lifts a deadline has a name of its own', () => {
    const met = nodes(ask({ met: 'solve', for: 'dropped' }).derivation).filter(
      ({ operation }) => operation === 'met',
    )
    expect(met.map(({ name }) => name).sort()).toEqual(['solve.lifted', 'solve.met'])
  })
})
