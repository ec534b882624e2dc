import { describe, expect, test } from 'vitest'
import { answerData } from '../answer/data.ts'
import { faultsOf, type Signing, signed } from '../contract.test-support.ts'
import { citedClauses, evaluate } from '../derivation.ts'
import type { Deviation } from '../language/term.ts'
import { sameValue } from '../value.ts'
import type { Question } from './form.ts'

const calm = '{ start: attack, stop: repelled, within: 4 hours, clock: always, when: "!drill" }'
const base = (warranted: string, utility = '[ { need: sell, supported-by: [ shop, help ] } ]') =>
  `{ ${utility === '' ? '' : `utility: ${utility},`}
     facts: { attack: { shape: event, has: { practised: truth } }, repelled: { shape: event } },
     components: [ { access: shop } ],
     measures: { drill: { formula: attack.practised }, busy: { count: used, per: month }, quarterly: { count: used, per: quarter } },
     terms: {
       help: { target: { start: requested, stop: responded, within: 1 hours, clock: always, warrants: availability } },
       load: { target: { measure: busy, at-most: 2, per: month, warrants: capacity } },
       ${warranted} } }`
const all = `calm: { target: ${calm.replace(' }', ', warrants: [ security, continuity ] }')} }`
const facts = `
  - requested: { id: a, about: a, at: 2024-02-05T10:00 }
  - responded: { about: a, at: 2024-02-05T10:30 }
  - used: { at: 2024-03-05T10:00 }
  - used: { at: 2024-03-06T10:00 }
  - used: { at: 2024-03-07T10:00 }
  - attack: { about: x, at: 2024-04-05T10:00, practised: no }
  - attack: { about: y, at: 2024-05-05T10:00, practised: yes }`
const shop = (warranted = all, signing: Signing = {}, utility?: string) =>
  signed(base(warranted, utility), { facts, ...signing })

describe('fit for use', () => {
  test.for<[period: string, is: string, says: Record<string, string>]>([
    ['2024-01', 'yes', { availability: 'yes', capacity: 'yes', security: 'yes' }],
    ['2024-02', 'yes', { availability: 'yes' }],
    ['2024-03', 'no', { availability: 'yes', capacity: 'no' }],
    ['2024-04', 'no', { capacity: 'yes', security: 'no', continuity: 'no' }],
    // What its condition did not let begin is not broken.
    ['2024-05', 'yes', { security: 'yes' }],
    // Each of the months that the level holds in.
    ['2024-Q1', 'no', { capacity: 'no', security: 'yes' }],
  ])('in %s is %s', ([period, is, says]) => {
    const { told, ask } = shop()
    const question = { fit: 'use', in: period } as const
    expect(told(question)).toBe(is)
    expect(figures(ask(question))).toMatchObject(says)
    const { derivation } = ask(question)
    expect(sameValue(evaluate(derivation), derivation.value)).toBe(true)
  })

  test('an area of which nothing is agreed makes it no, and is said to be not agreed', () => {
    const { told, ask } = shop('')
    expect(told({ fit: 'use', in: '2024-01' })).toBe('no')
    expect(figures(ask({ fit: 'use', in: '2024-01' }))).toEqual({
      ...{ availability: 'yes', capacity: 'yes' },
      ...{ security: 'not-agreed', continuity: 'not-agreed' },
    })
  })

  test('what is not decided yet is unknown, unless something else is missed already', () => {
    const open = { facts: '[ { attack: { about: x, at: 2024-04-05T10:00, practised: no } } ]' }
    const use = { fit: 'use', in: '2024-04', at: '2024-04-05T11:00' } as const
    expect(shop(all, open).told(use)).toBe('unknown')
    expect(shop(all, open).ask(use).final).toBe(false)
    expect(shop(all).told({ ...use, in: '2024-03' })).toBe('no')
  })
})

describe('fit for use over several revisions', () => {
  const bound = (most: string) => ({ clause: 'load', path: 'target.at-most', to: most })
  const used = (...days: readonly string[]) =>
    `[ ${days.map((day) => `used: { at: ${day}T10:00 }`).join(', ')} ]`
  const twice = used('2024-02-05', '2024-02-06', '2024-07-05', '2024-07-06')
  test.for<[what: string, deviations: readonly Deviation[], period: string, is: string]>([
    ['a lower bound counts from when it is in force', [bound('1')], '2024', 'no'],
    ['and not before', [bound('1')], '2024-H1', 'yes'],
    ['a level counts as it was when its period began', [bound('1')], '2024-06', 'yes'],
    ['an area loses its only condition', [{ clause: 'load', remove: 'yes' }], '2024', 'no'],
    ['an area had it until then', [{ clause: 'load', remove: 'yes' }], '2024-05', 'yes'],
  ])('%s: %j in %s is %s', ([, deviations, period, is]) => {
    const revisions = [{ from: '2024-06-10', deviations }]
    expect(shop(all, { revisions, facts: twice }).told({ fit: 'use', in: period })).toBe(is)
  })

  test('a deadline that began is broken though its clause was taken out before it fell due', () => {
    const other = all.replace(
      'calm:',
      'still: { target: { start: attack, stop: repelled, within: 4 hours, clock: always, warrants: security } }, calm:',
    )
    const { told } = shop(other, {
      facts: '[ { attack: { about: x, at: 2024-05-31T22:00, practised: yes } } ]',
      revisions: [{ from: '2024-06-01', deviations: [{ clause: 'still', remove: 'yes' }] }],
    })
    expect(['2024-05', '2024-06'].map((period) => told({ fit: 'use', in: period }))).toEqual([
      'yes',
      'no',
    ])
  })
})

test.for<[period: string, purpose: string]>([
  ['2024-H1', 'yes'],
  ['2024', 'no'],
  ['2024-H2', 'no'],
])('a need is met in %s as long as what meets it is agreed: %s', ([period, purpose]) => {
  const { ask } = shop(
    all,
    { revisions: [{ from: '2024-07-01', deviations: [{ clause: 'help', remove: 'yes' }] }] },
    '[ { need: sell, supported-by: [ help ] } ]',
  )
  expect(figures(ask({ fit: 'value', in: period }))).toMatchObject({ purpose })
})

test.for<[question: Question, is: string]>([
  [{ fit: 'use', in: '2023-04' }, 'not-agreed'],
  [{ fit: 'value', in: '2026' }, 'not-agreed'],
  [{ fit: 'purpose', at: '2023-04-01' }, 'not-agreed'],
  [{ fit: 'purpose', at: '2024-04-01' }, 'yes'],
  [{ fit: 'purpose' }, 'yes'],
])('outside the agreement nothing is agreed: %j is %s', ([question, is]) => {
  expect(shop().told(question)).toBe(is)
})

test('a level in periods that are counted from an agreed date is a condition in each of them', () => {
  const busy =
    'load: { target: { measure: busier, at-most: 2, per: month from pay, warrants: capacity } }'
  const counted = base(all)
    .replace(/load: {.*warrants: capacity } }/, busy)
    .replace('measures: {', 'agreed: { pay: date }, measures: { busier: { count: used },')
  const { told } = signed(counted, { facts, agreed: { pay: '2024-01-20' } })
  const is = (period: string) => told({ fit: 'use', in: period })
  expect(is('2024-02-20 to 2024-03-20')).toBe('no')
  expect(is('2024-03-20 to 2024-04-20')).toBe('no') // the attack of April
  expect(is('2024-01-20 to 2024-02-20')).toBe('yes')
  expect(() => is('2024-03')).toThrow('such as 2024-02-20 to 2024-03-20, or a period of several')
  expect(() => told({ level: 'load', in: '2024-03' })).toThrow('holds in each month from pay')
})

describe('fit for purpose', () => {
  test.for<[utility: string, is: string]>([
    ['[ { need: sell, supported-by: [ shop ] } ]', 'yes'],
    ['[ { need: sell, removes: a shop of one’s own } ]', 'yes'],
    ['[ { need: sell, supported-by: [ load ] }, { need: shine, must-have: no } ]', 'yes'],
    ['', 'no'],
  ])('with the utility %s is %s', ([utility, is]) => {
    expect(shop(all, {}, utility).told({ fit: 'purpose' })).toBe(is)
  })

  test('cites what is agreed and meets each need', () => {
    const utility =
      '[ { need: sell, supported-by: [ shop, help ] }, { need: rest, removes: queues }, { need: shine, supported-by: [ load ], must-have: no } ]'
    const { derivation } = shop(all, {}, utility).ask({ fit: 'purpose' })
    expect(citedClauses(derivation)).toEqual(['shop', 'help'])
    expect(sameValue(evaluate(derivation), derivation.value)).toBe(true)
    const without = { deviations: [{ clause: 'help', remove: 'yes' }] } as const
    const left = shop(all, without, utility).ask({ fit: 'purpose' })
    expect(citedClauses(left.derivation)).toEqual(['shop'])
  })

  test('is no once the clause that met a need was taken out', () => {
    const utility = '[ { need: sell, supported-by: [ calm ] } ]'
    const out = {
      revisions: [{ from: '2024-06-01', deviations: [{ clause: 'calm', remove: 'yes' }] }],
    } as const
    const { told } = shop(all, out, utility)
    expect(told({ fit: 'purpose', at: '2024-05-31' })).toBe('yes')
    expect(told({ fit: 'purpose', at: '2024-06-01' })).toBe('no')
  })
})

test.for<[utility: string | undefined, period: string, value: string]>([
  [undefined, '2024-01', 'yes'],
  [undefined, '2024-03', 'no'],
  ['', '2024-01', 'no'],
])('with the utility %s, %s enables value: %s', ([utility, period, value]) => {
  const { told, ask } = shop(all, {}, utility)
  expect(told({ fit: 'value', in: period })).toBe(value)
  expect(Object.keys(figures(ask({ fit: 'value', in: period })))).toEqual(
    expect.arrayContaining(['purpose', 'use', 'availability']),
  )
})

test.for<[question: Question, words: string]>([
  [
    { fit: 'purpose', in: '2024-01' },
    'Fitness for purpose rests on what is agreed, whatever happened in a period: say no “in:”.',
  ],
  [
    { fit: 'use' },
    'Fitness for use rests on conditions that are met in a period: say “in:” which, such as 2024-05.',
  ],
  [
    { fit: 'use', in: '2024-01-05' },
    '“load” is a condition that holds in each month: say “in:” one of them, such as 2024-01-01 to 2024-02-01, or a period of several.',
  ],
])('%j is refused in words', ([question, words]) => {
  expect(() => shop().ask(question)).toThrow(words)
})

test.for<[warranted: string, utility: string, fault: string]>([
  ['', '[ { need: sell } ]', 'word_missing /utility/0'],
  ['', '[ { need: sell, supported-by: [ shopp ] } ]', 'name_unknown /utility/0/supported-by/0'],
  [
    'pay: { duty: { who: consumer, start: invoiced, stop: paid, within: 1 hours, clock: always, warrants: security } }',
    '',
    'word_without_effect /terms/pay/duty/warrants',
  ],
  [
    'pay: { target: { start: invoiced, stop: paid, within: 1 hours, clock: always, warrants: speed } }',
    '',
    'value_misshapen /terms/pay/target/warrants',
  ],
])('%s with the utility %s is %s', ([warranted, utility, fault]) => {
  expect(faultsOf(base(warranted, utility))).toEqual([fault])
})

function figures(answer: Parameters<typeof answerData>[0]): Record<string, string> {
  const { figures: found = {} } = answerData(answer, speaking) as {
    figures?: Record<string, { answer: string }>
  }
  return Object.fromEntries(Object.entries(found).map(([name, one]) => [name, one.answer]))
}
const speaking = { zone: 'Europe/Lisbon', currency: 'EUR', decimals: 2, reasons: [] }
