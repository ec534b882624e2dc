import { describe, expect, test } from 'vitest'
import { localText } from '../../../kernel/time.ts'
import { faultsOf, type Signing, signed } from '../../contract.test-support.ts'
import { type Derivation, evaluate, nodes } from '../../derivation.ts'
import { printedContract } from '../../prose/contract.ts'
import { sameValue, unknown, valueText } from '../../value.ts'

/** A credit that is due only if it is claimed in time. */

const parts = `policies: { prorate: no, billed: in-arrears, ends: at-the-hour },
  facts: { outage: { shape: interval, has: { about: text } }, plain: { shape: event }, claim: { shape: event, has: { about: text, day: date, moment: instant, order: text } } },
  calendars: { office: { hours: { mon-fri: 09:00-17:00 } } },
  measures: { downtime: { time: outage, per: month, in: minutes } }`
const monthly = (claim: string) => `{ ${parts}, terms: {
  fee: { charge: { every: month, amount: 80.00 } },
  refund: { credit: { per: month, when: downtime > 60, of: fee, share: 50%, claim: ${claim} } } } }`
const each = (claim: string) => `{ ${parts}, terms: {
  refund: { credit: { each: outage, when: outage.minutes > 60, amount: 5.00, claim: ${claim} } } } }`

const outage = '{ outage: { id: o, about: x, from: 2024-05-20T10:00, for: 2 hours } }'
const claimed = (at: string, more = '') => `{ claim: { about: x, at: ${at}${more} } }`
const facts = (...more: string[]): Signing => ({ facts: `[ ${[outage, ...more].join(', ')} ]` })
const may = { value: 'refund', in: '2024-05' }
const secondMonth = '{ fact: claim, by: { end-of: month, after: 2 } }'

describe('a credit for a period', () => {
  test.for([
    ['2024-05-25T09:00', '40'],
    ['2024-07-31T23:59', '40'],
    ['2024-08-01T00:00', 'nothing-due'],
  ] as const)(
    'is due if it is claimed by the end of the second month after: %s gives %s',
    ([at, value]) => {
      const { told } = signed(monthly(secondMonth), facts(claimed(at)))
      expect(told({ ...may, at: '2024-09-01' })).toBe(value)
    },
  )

  test('waits for the claim while there is time, and names what is missing', () => {
    const { ask } = signed(monthly(secondMonth), facts())
    const waiting = ask({ ...may, at: '2024-07-31T12:00' }).derivation.value
    expect(waiting).toEqual(
      expect.objectContaining({ kind: 'unknown', missing: ['a claim for “refund”'] }),
    )
    expect(valueText(ask({ ...may, at: '2024-08-01T00:00' }).derivation.value)).toBe('nothing-due')
  })

  test('needs no claim where nothing is due', () => {
    const { told } = signed(monthly(secondMonth), { facts: '[]' })
    expect(told({ ...may, at: '2024-06-01T00:00' })).toBe('nothing-due')
  })

  test.for([
    ['{ fact: claim, within: 30 days }', '2024-06-30T23:59', '40'],
    ['{ fact: claim, within: 30 days }', '2024-07-01T00:00', 'nothing-due'],
    ['{ fact: claim, within: 2 months }', '2024-07-31T23:59', '40'],
    ['{ fact: claim, within: 2 months }', '2024-08-01T00:00', 'nothing-due'],
    ['{ fact: claim, within: 5 business days, clock: office }', '2024-06-07T17:00', '40'],
    ['{ fact: claim, within: 5 business days, clock: office }', '2024-06-07T17:01', 'nothing-due'],
    [
      '{ fact: claim, by: { business-days: 5, at: 12:00 }, clock: office }',
      '2024-06-07T12:00',
      '40',
    ],
    [
      '{ fact: claim, by: { business-days: 5, at: 12:00 }, clock: office }',
      '2024-06-07T12:01',
      'nothing-due',
    ],
  ] as const)('counts %s from the end of the period: %s gives %s', ([claim, at, value]) => {
    const { told } = signed(monthly(claim), facts(claimed(at)))
    expect(told({ ...may, at: '2024-12-01' })).toBe(value)
  })

  test.for([
    ['day', '2024-05-31', '40'],
    ['day', '2024-06-01', 'nothing-due'],
    ['moment', '2024-05-31T23:59', '40'],
    ['moment', '2024-06-01T00:00', 'nothing-due'],
  ] as const)(
    'is claimed by what names its period: %s %s gives %s',
    ([attribute, value, given]) => {
      const claim = `{ fact: claim, within: 90 days, concerning: claim.${attribute} }`
      const { told } = signed(
        monthly(claim),
        facts(claimed('2024-06-10T09:00', `, ${attribute}: ${value}`)),
      )
      expect(told({ ...may, at: '2024-12-01' })).toBe(given)
    },
  )

  test('that is claimed is that line in its bill', () => {
    const { bill } = signed(monthly(secondMonth), facts(claimed('2024-06-02T09:00')))
    expect(bill('2024-05')).toEqual({ fee: '80', refund: '-40' })
  })

  test('says by when it had to be claimed', () => {
    const { ask } = signed(monthly('{ fact: claim, within: 30 days }'), facts())
    const [line] = ask({ ...may, at: '2024-06-10' }).lines ?? []
    expect(valueText(line?.claim?.due.value ?? '')).toBe('2024-06-30T23:00:00.000Z')
  })
})

describe('a claim that names a component', () => {
  const parts = (claim: string) =>
    `{ facts: { claim: { shape: event }, loss: { shape: event } }, policies: { prorate: no, billed: in-arrears, ends: with-the-day },
       components: [ { access: a }, { access: b, serialised: yes } ],
       terms: { back_a: { credit: { per: month, pays-for: a, amount: 7.00, claim: ${claim} } },
         back_b: { credit: { per: month, pays-for: b, amount: 9.00, claim: ${claim} } },
         lost_a: { credit: { each: loss, pays-for: a, amount: 3.00, claim: ${claim} } } } }`
  const late = '{ loss: { id: o, component: a, at: 2024-05-20T10:00 } }'
  const made = (more: string) =>
    signed(parts('{ fact: claim, within: 15 days }'), {
      facts: `[ ${late}, { granted: { component: b, about: b_7, at: 2024-05-01T10:00 } }, { claim: { id: c, ${more} } } ]`,
    })
  const claim = (by: string) => made(`${by}at: 2024-06-03T10:00`)

  test.for([
    ['a', 'component: a, ', '7', 'nothing-due'],
    ['b', 'component: b, ', 'nothing-due', '9'],
    ['b by its item', 'about: b_7, ', 'nothing-due', '9'],
    ['none', '', '7', '9'],
  ] as const)('is for %s', ([, by, a, b]) => {
    const of = (value: string) => claim(by).told({ value, in: '2024-05', at: '2024-06-16' })
    expect([of('back_a'), of('back_b')]).toEqual([a, b])
  })

  test('is printed as one that does not count for others', () => {
    const [revision] = claim('').agreement.revisions
    if (!revision) throw new Error('no revision')
    const parties = { provider: 'Acme', consumer: 'Bolt' }
    const text = printedContract(revision, claim('').agreement.frame.agreed, parties)
    expect(text.replaceAll(/\s+/g, ' ')).toContain(
      'A claim counts for all that it is in time for. A claim that names anything other than the a does not count.',
    )
  })

  test('claims no event of another', () => {
    const of = (by: string) =>
      made(`${by}, at: 2024-05-21T10:00`).told({ value: 'lost_a', for: 'o', at: '2024-07-01' })
    expect([of('component: a'), of('component: b')]).toEqual(['3', 'nothing-due'])
  })

  test('is passed over by a step, which gives what the engine gives for the other one', () => {
    const of = (component: string) =>
      claim(`component: ${component}, `).ask({ value: 'back_a', in: '2024-05', at: '2024-06-16' })
    const { derivation } = of('b')
    expect([...nodes(derivation)].map(({ operation }) => operation)).toContain('same')
    const replaced = evaluate(derivation, ({ id, field }) =>
      id === 'c' && field === 'component' ? 'a' : undefined,
    )
    expect(sameValue(replaced, of('a').derivation.value)).toBe(true)
  })
})

describe('a credit for an event', () => {
  test.for([
    ['x', '2024-05-27T12:00', '5'],
    ['x', '2024-05-27T12:01', 'nothing-due'],
    ['x', '2024-05-20T11:00', '5'],
    ['x', '2024-05-19T10:00', 'nothing-due'],
    ['y', '2024-05-21T10:00', 'nothing-due'],
  ] as const)(
    'is claimed about the same subject, once it has begun, so long after its end: %s at %s gives %s',
    ([about, at, value]) => {
      const claim = `{ claim: { about: ${about}, at: ${at} } }`
      const { told } = signed(each('{ fact: claim, within: 7 days }'), facts(claim))
      expect(told({ value: 'refund', for: 'o', at: '2024-06-30' })).toBe(value)
    },
  )
})

describe('a credit for each of several', () => {
  const of = (forEach: string, claim = 'fact: claim, within: 30 days') =>
    `{ zone: UTC, ${parts}, terms: {
    refund: { credit: { per: month, for-each: ${forEach}, amount: 5.00, claim: { ${claim} } } } } }`.replace(
      'has: { about: text }',
      'has: { order: text }',
    )
  const told = (text: string, ...claims: string[]) => {
    const down = (about: string, order: string) =>
      `{ outage: { id: ${about}_${order}, about: ${about}, order: ${order}, from: 2024-05-20T10:00, for: 2 hours } }`
    return signed(text, {
      facts: `[ ${[down('x', 'one'), down('x', 'two'), down('y', 'one'), ...claims].join(', ')} ]`,
    })
  }
  const claim = (words: string, at = '2024-06-30T23:59') =>
    `{ claim: { id: c, at: ${at}, ${words} } }`
  const linesOf = (made: ReturnType<typeof signed>, period = '2024-05') =>
    made
      .ask({ value: 'refund', in: period, at: '2024-09-01' })
      .lines?.map(({ about, posted }) => `${about} ${valueText(posted.value)}`)

  test.for([
    ['outage', claim('about: x'), ['x -5', 'y nothing-due']],
    ['outage', claim('about: y'), ['x nothing-due', 'y -5']],
    ['outage', claim('about: x', '2024-07-01T00:00'), ['x nothing-due', 'y nothing-due']],
    ['outage', claim('order: one'), ['x nothing-due', 'y nothing-due']],
    ['outage.order', claim('order: one'), ['one -5', 'two nothing-due']],
    ['outage.order', claim('order: two, about: x'), ['one nothing-due', 'two -5']],
    ['outage.order', claim('about: x'), ['one nothing-due', 'two nothing-due']],
  ] as const)('for-each: %s is claimed by what names it: %s', ([forEach, made, lines]) => {
    const asked = told(of(forEach), made)
    expect(linesOf(asked)).toEqual(lines)
    for (const { posted } of asked.ask({ value: 'refund', in: '2024-05', at: '2024-09-01' })
      .lines ?? [])
      expect(sameValue(evaluate(posted), posted.value)).toBe(true)
  })

  test('that concerns a period is of that period alone', () => {
    const text = of('outage', 'fact: claim, within: 90 days, concerning: claim.day')
    const made = (day: string) => linesOf(told(text, claim(`about: x, day: ${day}`)))
    expect(made('2024-05-20')).toEqual(['x -5', 'y nothing-due'])
    expect(made('2024-04-20')).toEqual(['x nothing-due', 'y nothing-due'])
  })

  test('says until when each can be claimed', () => {
    const { ask } = told(of('outage'))
    const answer = ask({ due: 'refund', in: '2024-05', about: 'y', at: '2024-06-02' })
    expect(localText(answer.derivation.value as number, 'UTC').slice(0, 16)).toBe(
      '2024-07-01T00:00',
    )
    expect(() => ask({ due: 'refund', in: '2024-05' })).toThrow('say “about:” whose it is')
    expect(() => ask({ due: 'refund', in: '2024-05', about: 'z' })).toThrow(
      'It has those for x, y.',
    )
  })

  test.for([
    [
      'outage.order',
      'fact: paid, within: 30 days',
      'attribute_undeclared /terms/refund/credit/claim/fact',
    ],
    [
      'outage.order',
      'fact: plain, within: 30 days',
      'attribute_undeclared /terms/refund/credit/claim/fact',
    ],
    [
      'outage',
      'fact: claim, within: 30 days, paired-by: order',
      'word_without_effect /terms/refund/credit/claim/paired-by',
    ],
  ] as const)('for-each: %s refuses { %s }', ([forEach, words, fault]) => {
    expect(faultsOf(of(forEach, words))).toContain(fault)
  })
})

test('another date in a claim evaluates to what the engine gives for the changed claim', () => {
  const claim = '{ fact: claim, within: 90 days, concerning: claim.day }'
  const of = (day: string) =>
    signed(monthly(claim), facts(`{ claim: { id: c, at: 2024-06-10T09:00, day: ${day} } }`))
  const { derivation } = of('2024-05-10').ask({ ...may, at: '2024-12-01' })
  for (const day of ['2024-05-31', '2024-06-01', '2024-04-30']) {
    const engine: Derivation = of(day).ask({ ...may, at: '2024-12-01' }).derivation
    const replaced = evaluate(derivation, ({ id, field }) =>
      id === 'c' && field === 'day' ? Temporal.PlainDate.from(day) : undefined,
    )
    expect(sameValue(replaced, engine.value), day).toBe(true)
  }
})

test.for([
  ['fact_undeclared /terms/refund/credit/claim/fact', monthly('{ fact: clam, within: 7 days }')],
  ['word_missing /terms/refund/credit/claim', monthly('{ fact: claim }')],
  [
    'word_missing /terms/refund/credit/claim',
    each('{ fact: claim, within: 7 days, by: { end-of: month } }'),
  ],
  ['types_do_not_fit /terms/refund/credit/claim/within', each('{ fact: claim, within: 7 }')],
  ['types_do_not_fit /terms/refund/credit/claim/within', monthly('{ fact: claim, within: 7 }')],
  [
    'types_do_not_fit /terms/refund/credit/claim/concerning',
    monthly('{ fact: claim, within: 7 days, concerning: claim.about }'),
  ],
  [
    'word_without_effect /terms/refund/credit/claim/concerning',
    each('{ fact: claim, within: 7 days, concerning: claim.day }'),
  ],
  [
    'word_without_effect /terms/refund/credit/claim/paired-by',
    monthly('{ fact: claim, within: 7 days, paired-by: order }'),
  ],
  [
    'word_without_effect /terms/refund/credit/claim/ends',
    monthly('{ fact: claim, within: 7 days, ends: with-the-day }'),
  ],
  ['event_not_at_hand /terms/refund/credit', monthly('{ fact: claim, by: { on: outage.from } }')],
  [
    'name_unknown /terms/refund/credit/claim/clock',
    monthly('{ fact: claim, within: 7 days, clock: shop }'),
  ],
] as const)('%s', ([fault, words]) => {
  expect(faultsOf(words)).toContain(fault)
})

describe('until when it can be claimed', () => {
  test('is not known of an interval that has not ended', () => {
    const text = each('{ fact: claim, within: 30 days }')
    const answer = signed(text, facts()).ask({ due: 'refund', for: 'o', at: '2024-05-20T11:00' })
    expect(answer.derivation.value).toEqual(unknown('the end of an outage'))
  })

  test.for([
    ['for a period', monthly(secondMonth), { due: 'refund', in: '2024-05' }, '2024-08-01T00:00'],
    [
      'for an event',
      each('{ fact: claim, within: 30 days }'),
      { due: 'refund', for: 'o' },
      '2024-06-19T12:00',
    ],
  ] as const)('is asked of it %s', ([, text, question, due]) => {
    const answer = signed(text, facts()).ask(question)
    expect(localText(answer.derivation.value as number, 'Europe/Lisbon').slice(0, 16)).toBe(due)
    expect(answer.clause).toBe('refund')
  })

  test.for([
    [{ due: 'fee', in: '2024-05' }, 'question_names_nothing /due'],
    [{ due: 'refund', in: '2024-05-01 to 2024-08-01' }, 'question_needs_one_scope /in'],
    [{ due: 'refund' }, 'question_needs_one_scope '],
    [{ due: 'refund', in: '2024-05', for: 'o' }, 'question_needs_one_scope '],
  ] as const)('is not asked by %j', ([question, refusal]) => {
    const ask = () => signed(monthly(secondMonth), facts()).ask(question)
    expect(ask).toThrow(
      expect.objectContaining({ name: refusal.split(' ')[0], pointer: refusal.split(' ')[1] }),
    )
  })

  test('its line and the bill that holds it are not final, and name the claim', () => {
    const { ask } = signed(monthly(secondMonth), facts())
    const waiting = { at: '2024-07-31T12:00' }
    expect(ask({ ...may, ...waiting }).final).toBe(false)
    const bill = ask({ bill: '2024-05', ...waiting })
    expect(bill.final).toBe(false)
    expect(bill.derivation.value).toEqual(
      expect.objectContaining({ missing: ['a claim for “refund”'] }),
    )
    expect(ask({ ...may, at: '2024-08-01' }).final).toBe(true)
    expect(
      signed(monthly(secondMonth), facts(claimed('2024-06-01'))).ask({ ...may, ...waiting }).final,
    ).toBe(true)
  })
})

test.for([
  ['duty: { who: consumer, start: invoiced, stop: paid, within: 1 hour, clock: always', 'duty'],
  [
    'credit: { each: invoiced, amount: 1.00, claim: { fact: paid, within: 1 hour, clock: always',
    'credit/claim',
  ],
] as const)('what pairs by an attribute that nothing has is at fault: %s', ([term, path]) => {
  const closing = path === 'duty' ? '}' : '} }'
  const faults = faultsOf(`{ terms: { pay: { ${term}, paired-by: amuont ${closing} } } }`)
  expect(faults).toContain(`attribute_undeclared /terms/pay/${path}/paired-by`)
})

test.for([
  ['by: { end-of: month }', ['word_without_effect /terms/pay/target/paired-by']],
  ['by: { end-of: month }, pauses: { facts: halt, counted: in-days }', []],
  ['by: { end-of: month }, stop: paid', []],
] as const)('{ %s } pairs what there is to pair', ([by, faults]) => {
  const kinds = ['invoiced', 'paid'].map(
    (kind) => `${kind}: { shape: event, has: { floor: text } }`,
  )
  const text = `{ facts: { ${kinds.join(', ')}, halt: { shape: interval, has: { floor: text } } },
    terms: { pay: { target: { start: invoiced, paired-by: floor, ${by} } } } }`
  expect(faultsOf(text).filter((one) => one.startsWith('word_without_effect'))).toEqual(faults)
})

test('measures that pair by a number find what is equal, and fault what nobody has', () => {
  const made = signed(
    `{ facts: { moved: { shape: event, has: { floor: number } }, asked: { shape: event, has: { floor: number } } },
       measures: { moves: { count: moved, per: agreement, about: same, paired-by: floor } },
       terms: { fee: { charge: { each: asked, measure: moves, rate: 1.00 } } } }`,
    {
      facts:
        '[ moved: { at: 2024-05-01, floor: 2 }, moved: { at: 2024-05-02, floor: 3 }, asked: { at: 2024-05-03, floor: 2 } ]',
    },
  )
  expect(made.bill('2024-05')).toEqual({ fee: '1' })
  expect(faultsOf('{ measures: { late: { since: paid, in: days, paired-by: flor } } }')).toEqual([
    'attribute_undeclared /measures/late/paired-by',
  ])
})
