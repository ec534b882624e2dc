import { describe, expect, test } from 'vitest'
import { faultsOf, offering, signed } from '../contract.test-support.ts'
import { printedContract } from '../prose/contract.ts'

/** Several kinds of event under one name: what is said of it is said of each of them, and of all together. */

const text = (measures: string, terms: string) => `{
  facts: {
    bounced: { shape: event, title: returned cheque, has: { sum: money } },
    over: { shape: event, title: excess, has: { sum: money, days: number } },
    call: { shape: interval }, video: { shape: interval } },
  events: {
    incident: { any-of: [ bounced, over ] },
    lapse: { any-of: [ invoiced, pay.missed ] },
    talk: { any-of: [ call, video ], title: conversation } },
  users: [ guest ], components: [ { access: room, for: guest } ],
  policies: { ends: with-the-day, prorate: no, billed: in-arrears },
  measures: { ${measures} },
  terms: { pay: { duty: { who: consumer, start: invoiced, stop: paid, within: 14 days } }, ${terms} } }`
const facts = `[
  { bounced: { id: a, about: x, at: 2024-05-02T10:00, sum: 40.00 } },
  { over: { id: b, about: x, at: 2024-05-03T10:00, sum: 4.00, days: 2 } },
  { over: { id: c, about: y, at: 2024-05-03T10:00, sum: 100.00, days: 9 } },
  { bounced: { id: d, about: y, at: 2024-06-05T10:00, sum: 10.00 } },
  { invoiced: { id: i, about: one, at: 2024-05-03T09:00, amount: 30.00 } },
  { call: { id: k, from: 2024-05-31T23:50, for: 20 minutes } },
  { video: { id: v, from: 2024-05-31T23:55, for: 20 minutes } } ]`
const under = (measures: string, terms = '') => signed(text(measures, terms), { facts })

describe('a name for several kinds of event', () => {
  test.for([
    ['{ count: incident, per: month }', { in: '2024-05' }, '3'],
    ['{ count: incident, where: incident.sum > 5, per: month }', { in: '2024-05' }, '2'],
    ['{ sum: incident, per: month }', { in: '2024-05' }, '144'],
    ['{ last: incident, value: incident.sum, per: agreement }', { in: '2024-12' }, '10'],
    ['{ count: incident, per: so-far-month }', { for: 'b' }, '2'],
    ['{ count: incident, about: same, per: so-far-month }', { for: 'c' }, '1'],
    ['{ count: incident, per: past 40 days }', { for: 'd' }, '4'],
    ['{ since: incident, in: days }', { for: 'd' }, '33'],
    ['{ formula: incident.sum * 2 }', { for: 'b' }, '8'],
    ['{ count: lapse, per: month }', { in: '2024-05' }, '2'],
    ['{ count: incident, per: since incident }', { for: 'a' }, '1'],
    ['{ time: talk, per: month, in: minutes }', { in: '2024-05' }, '10'],
    ['{ time: talk, per: month, in: minutes }', { in: '2024-06' }, '15'],
    [
      '{ time: call, except: { facts: talk }, per: agreement, in: minutes }',
      { in: '2024-12' },
      '0',
    ],
  ] as const)('is measured like one kind: %s', ([measure, question, value]) => {
    expect(under(`m: ${measure}`).told({ value: 'm', ...question })).toBe(value)
  })

  test.for([
    ['amount: 25.00, limit: { amount: 60.00, per: month }', '25, 25, 10, 25'],
    ['amount: 25.00, limit: { times: 1, per: month, about: same }', '25, nothing-due, 25, 25'],
    ['measure: m, rate: 2.00, cumulative: month, included: 50', '0, 0, 188, 0'],
    ['when: incident.sum >= 5, amount: 1.00', '1, nothing-due, 1, 1'],
    ['amount: incident.sum, from: over', 'nothing-due, 4, 100, 10'],
  ])('is charged for together: %s', ([price, amounts]) => {
    const { told } = under(
      'm: { formula: incident.sum / 1.00 }',
      `fee: { charge: { each: incident, ${price} } }`,
    )
    const found = ['a', 'b', 'c', 'd'].map((one) => told({ value: 'fee', for: one }))
    expect(found.join(', ')).toBe(amounts)
  })

  test('is a fact and what a term makes of it, one after the other', () => {
    const { told, bill } = under(
      '',
      'fee: { charge: { each: lapse, amount: 3.00, limit: { amount: 5.00, per: month } } }',
    )
    expect(bill('2024-05')).toEqual({ fee: '3 2' })
    expect(told({ value: 'fee', for: 'i' })).toBe('5')
  })

  test('cuts an interval of each kind into parts, and bills it when it ends', () => {
    const { bill } = under(
      '',
      'fee: { charge: { each: talk, in-parts-of: day, measure: talk.minutes, rate: 1.00 } }',
    )
    expect(bill('2024-05')).toEqual({})
    expect(bill('2024-06')).toEqual({ fee: '20 20' })
  })

  test('starts and stops a deadline, and ends a right', () => {
    const { told, ask } = under(
      '',
      `answer: { duty: { who: consumer, start: incident, stop: talk, within: 30 days } },
       out: { transition: { of: room, on: incident, when: incident.sum > 50, right: ended } }`,
    )
    expect(told({ met: 'answer', for: 'a' })).toBe('no')
    expect(told({ due: 'answer', for: 'd' })).toBe('2024-07-06T00:00')
    const may = (at: string) => ask({ may: 'room', user: 'guest', at }).derivation.value
    expect([may('2024-05-03T09:59'), may('2024-05-03T10:00')]).toEqual([true, false])
  })

  test.for([
    [{ clause: 'pay', remove: 'yes' } as const, { fee: '3', m: '1' }],
    [{ clause: 'out', remove: 'yes' } as const, { fee: '3 3', m: undefined }],
  ] as const)(
    'stands for what is left when a term is removed, and goes with the last: %j',
    ([deviation, found]) => {
      const { bill, told } = signed(
        text(
          'm: { count: left_only, per: year }, n: { count: lapse, per: year }',
          'out: { transition: { of: room, on: bounced, right: ended } }, fee: { charge: { each: lapse, amount: 3.00 } }',
        ).replace('talk:', 'left_only: { any-of: [ out ] }, talk:'),
        { facts, deviations: [deviation] },
      )
      expect(bill('2024')).toEqual({ fee: found.fee })
      if (found.m !== undefined) expect(told({ value: 'm', in: '2024' })).toBe(found.m)
    },
  )

  test('stands for what the revision in force at the event says', () => {
    const fee = 'fee: { charge: { each: incident, amount: 1.00 } }'
    const later = text('', fee).replace('any-of: [ bounced, over ]', 'any-of: [ over, paid ]')
    const { told, bill } = signed(text('', fee), {
      facts: facts.replace(/]$/, ', { paid: { id: p, at: 2024-06-06T10:00, amount: 1.00 } } ]'),
      revisions: [{ from: '2024-06-01', offering: offering(later) }],
    })
    expect([bill('2024-05'), bill('2024-06')]).toEqual([{ fee: '1 1 1' }, { fee: '1' }])
    expect(told({ value: 'fee', for: 'p' })).toBe('1')
  })

  test('is printed by its name, with what it stands for', () => {
    const { agreement } = under(
      'm: { sum: incident, per: month, title: what came }',
      'fee: { charge: { each: lapse, amount: 3.00 } }, late: { charge: { each: incident, of: m, share: 10%, when: incident.sum > 5 } }',
    )
    const [revision] = agreement.revisions
    if (!revision) throw new Error('no revision')
    const parties = { provider: 'Acme', consumer: 'Bo' }
    const printed = printedContract(revision, agreement.frame.agreed, parties)
    for (const sentence of [
      'For each lapse, Bo pays Acme 3.00.',
      'For each incident, if the sum of the incident is more than 5.00, Bo pays',
      'What came: the sum of the sums of incidents in a month.',
      'Incident: a returned cheque or an excess.',
      'Lapse: an invoice or a case in which clause 3 (Pay) is not kept in time.',
    ])
      expect(printed).toContain(sentence)
  })

  test.for([
    ['incident: { any-of: [ bounced, bounsed ] }', ['fact_undeclared /events/incident/any-of/1']],
    ['incident: { any-of: [ bounced, bounced ] }', ['name_doubled /events/incident/any-of/1']],
    ['incident: { any-of: [] }', ['value_misshapen /events/incident/any-of']],
    ['bounced: { any-of: [ invoiced, paid ] }', ['name_doubled /events/bounced']],
    ['paid: { any-of: [ bounced, invoiced ] }', ['name_doubled /events/paid']],
    [
      'one: { any-of: [ bounced, paid ] }, two: { any-of: [ one, invoiced ] }',
      ['types_do_not_fit /events/two/any-of/0'],
    ],
    ['one: { any-of: [ bounced, fee_paid ] }', ['names_in_a_circle /terms/fee_paid']],
  ] as const)('is refused: %s', ([events, faults]) => {
    const circle = 'fee_paid: { transition: { of: room, on: one, right: ended } }'
    expect(
      faultsOf(`{ facts: { bounced: { shape: event } }, events: { ${events} },
        users: [ guest ], components: [ { access: room, for: guest } ],
        terms: { ${events.includes('fee_paid') ? circle : ''} } }`),
    ).toEqual(faults)
  })
})
