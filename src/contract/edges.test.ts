import { describe, expect, test } from 'vitest'
import { factsIn, faultsOf, plain, type Signing, signed } from './contract.test-support.ts'
import { derivationData, factsOf, nodes } from './derivation.ts'
import type { Deviation } from './language/term.ts'
import type { Question } from './question/form.ts'
import { QuestionRefused } from './question-refused.ts'

/** Each fault that a review of the engine found, and the guarantee that it broke. */

const policies = 'policies: { prorate: no, billed: in-arrears, ends: at-the-hour }'
const club = (parts: string, signing: Signing = {}) => signed(`{ ${policies}, ${parts} }`, signing)
const faults = (parts: string) => faultsOf(`{ ${policies}, ${parts} }`)
const deviation = (text: string) => plain(text) as unknown as Deviation

function refusalOf(ask: () => unknown): unknown {
  try {
    return ask()
  } catch (error) {
    return error
  }
}

describe('events of one instant', () => {
  const twice = `
    - pay1: { id: one, at: 2024-03-02T10:00 }
    - pay1: { id: two, at: 2024-03-02T10:00 }`
  const fee = 'fee: { charge: { each: pay1, measure: n, rate: 1.00 } }'
  const all = 'all: { charge: { every: month, measure: n, rate: 1.00 } }'

  test.for([`${fee}, ${all}`, `${all}, ${fee}`])(
    'are counted alike by whoever reads them first: %s',
    (terms) => {
      const { bill, told } = club(
        `facts: { pay1: { shape: event } }, measures: { n: { count: pay1, per: month } }, terms: { ${terms} }`,
        { facts: twice },
      )
      expect(bill('2024-03')).toEqual({ fee: '2 2', all: '2' })
      expect(told({ value: 'fee', in: '2024-03' })).toBe('4')
      expect(told({ value: 'all', in: '2024-03' })).toBe('2')
      expect(told({ value: 'fee', for: 'one' })).toBe('2')
    },
  )

  test('are told apart by a period that ends with the event: the second is charged', () => {
    const { bill, told } = club(
      `facts: { pay1: { shape: event } }, measures: { n: { count: pay1, per: past 30 days } },
       terms: { fee: { charge: { each: pay1, amount: 1.00, when: n > 1 } } }`,
      { facts: twice },
    )
    expect(told({ value: 'fee', for: 'one' })).toBe('nothing-due')
    expect(told({ value: 'fee', for: 'two' })).toBe('1')
    expect(bill('2024-03')).toEqual({ fee: '1' })
  })

  test.for([
    ['2024-03-02', '2024-03-03', '0'],
    ['2024-03-03', '2024-03-02', '60'],
  ] as const)(
    'go by when they were recorded: reported %s, used %s, is %s minutes since',
    ([reported, used, minutes]) => {
      const { told } = club('measures: { gap: { since: reported, in: minutes } }', {
        facts: `
        - reported: { at: 2024-03-01T09:00 }
        - reported: { id: a, at: 2024-03-01T10:00, recorded: ${reported} }
        - used: { id: b, at: 2024-03-01T10:00, recorded: ${used} }`,
      })
      expect(told({ value: 'gap', for: 'b' })).toBe(minutes)
    },
  )
})

describe('a revision', () => {
  test('that changes the title of a transition governs only events from then on', () => {
    const { told } = club(
      `components: [ { access: locker } ], terms: { passes: { transition: { of: locker, on: kept, title: consumer } } }`,
      {
        revisions: [
          {
            from: '2024-04-01',
            deviations: [deviation('{ clause: passes, path: transition.title, to: provider }')],
          },
        ],
        facts: '[ kept: { at: 2024-03-10T10:00 }, kept: { at: 2024-04-10T10:00 } ]',
      },
    )
    const days = ['2024-03-09', '2024-03-11', '2024-04-05', '2024-04-11']
    expect(days.map((at) => told({ whose: 'locker', at }))).toEqual([
      'provider',
      'consumer',
      'consumer',
      'provider',
    ])
  })

  test('that adds a one-time charge bills it when it comes into force, and once', () => {
    const setup = deviation('{ clause: setup, add: { charge: { every: once, amount: "5.00" } } }')
    const { bill, told } = club('terms: { first: { charge: { every: once, amount: 1.00 } } }', {
      revisions: [
        { from: '2024-04-10', deviations: [setup] },
        { from: '2024-06-10', deviations: [setup] },
      ],
    })
    expect(bill('2024-01')).toEqual({ first: '1' })
    expect(bill('2024-03')).toEqual({})
    expect(bill('2024-04')).toEqual({ setup: '5' })
    expect(bill('2024-06')).toEqual({})
    expect(told({ bill: '2024' })).toBe('6')
  })
})

describe('a line', () => {
  test('for an event holds the fact of the event as a leaf', () => {
    const { ask } = club(
      `components: [ { access: hall } ], terms: {
         visit: { charge: { each: used, amount: 2.00 } },
         gift: { credit: { each: paid, amount: 1.00 } },
         pay: { duty: { who: consumer, start: invoiced, stop: paid, within: 14 days } },
         late: { charge: { each: pay.missed, amount: 3.00 } },
         taken: { transition: { of: hall, on: kept, title: consumer } },
         price: { charge: { each: taken, amount: 4.00 } } }`,
      {
        facts: `
          - used: { id: use, at: 2024-03-01T10:00 }
          - invoiced: { id: invoice, at: 2024-03-02T10:00 }
          - kept: { id: keeping, at: 2024-03-03T10:00 }
          - paid: { id: payment, at: 2024-03-30T10:00 }`,
      },
    )
    const lines = ask({ bill: '2024-03' }).lines ?? []
    expect(lines.map(({ clause }) => clause)).toEqual(['visit', 'price', 'late', 'gift'])
    for (const { posted, event } of lines) expect(factsOf([posted])).toContain(event?.fact.id)
  })

  test.for<[uptime: string, expected: string]>([
    ['97%', '60'],
    ['90%', '60'],
  ])(
    'of bands with amounts beside a base is bounded by a maximum in money: at %s it is %s',
    ([uptime, expected]) => {
      const { told } = club(
        `agreed: { uptime: number }, terms: { fee: { charge: { every: month, amount: 100.00 } },
         lost: { credit: { per: month, measure: uptime, of: fee, maximum: 60.00,
           bands: [ { below: 95%, share: 100% }, { from: 95%, amount: 90.00 } ] } } }`,
        { agreed: { uptime } },
      )
      expect(told({ value: 'lost', in: '2024-03' })).toBe(expected)
    },
  )

  test('that credits a prorated base is not prorated again', () => {
    const { bill } = signed(
      `{ policies: { prorate: { by: days, of: actual }, billed: in-arrears }, terms: {
           fee: { charge: { every: month, amount: 30.00 } },
           back: { credit: { per: month, share: 10%, of: fee } } } }`,
      { period: '2024-04-16 to 2025-01-01' },
    )
    expect(bill('2024-04')).toEqual({ fee: '15', back: '-1.5' })
  })
})

describe('a deadline', () => {
  test('is not ended by a stop of another component', () => {
    const answer = (component: string) =>
      `${component}_answer: { target: { of: ${component}, start: requested, stop: responded, within: 10 minutes, clock: always } }`
    const { told } = club(
      `components: [ { action: desk }, { action: bar } ], terms: { ${answer('desk')}, ${answer('bar')} }`,
      {
        facts: `
          - requested: { id: asked, component: desk, at: 2024-03-01T10:00 }
          - responded: { component: bar, at: 2024-03-01T10:05 }
          - responded: { component: desk, at: 2024-03-01T12:05 }`,
      },
    )
    expect(told({ met: 'desk_answer', for: 'asked' })).toBe('no')
  })

  test.for([
    ['2024-03-07T17:00', '2024-03-08T09:00', '2024-03-11T10:00'],
    ['2024-03-08T15:00', '2024-03-08T17:00', '2024-03-11T12:00'],
    ['2024-03-08T09:00', '2024-03-08T17:00', '2024-03-12T10:00'],
  ])(
    'in business days moves by the open time of a pause and lands in open hours: %s to %s, due %s',
    ([from, to, due]) => {
      const { told } = club(
        `calendars: { office: { hours: { mon-fri: 09:00-17:00 } } }, terms: { soon: { target: {
         start: requested, stop: responded, within: 2 business days, clock: office,
         pauses: { facts: paused, counted: in-hours } } } }`,
        {
          facts: `[ requested: { id: asked, at: 2024-03-07T10:00 }, paused: { from: ${from}, to: ${to} } ]`,
        },
      )
      expect(told({ due: 'soon', for: 'asked' })).toBe(due)
    },
  )

  test('is read by “met” as its target pairs', () => {
    const { told } = club(
      `facts: { asked: { shape: event, has: { ticket: text } }, done: { shape: event, has: { ticket: text } } },
       measures: { in_time: { met: answer } },
       terms: { answer: { target: { start: asked, stop: done, within: 2 hours, clock: always, paired-by: ticket } } }`,
      {
        facts: `
          - asked: { ticket: x, at: 2024-03-01T10:00 }
          - asked: { ticket: y, at: 2024-03-01T10:30 }
          - done: { id: done_x, ticket: x, at: 2024-03-01T11:00 }
          - done: { id: done_y, ticket: y, at: 2024-03-01T15:00 }`,
      },
    )
    expect(told({ value: 'in_time', for: 'done_x' })).toBe('yes')
    expect(told({ value: 'in_time', for: 'done_y' })).toBe('no')
  })
})

describe('agreed values that change', () => {
  const price = 'agreed: { price: { type: money } }'

  test.for([
    [
      [
        { from: '2024-05-01', value: '12.00' },
        { from: '2024-04-01', value: '11.00' },
      ],
    ],
    [
      [
        { from: '2024-04-01', value: '12.00' },
        { from: '2024-04-01', value: '11.00' },
      ],
    ],
    [[{ from: '2024-04-01', value: '12.00' }, { value: '11.00' }]],
  ])('are refused unless their dates rise: %j', ([values = []]) => {
    expect(() => club(price, { agreed: { price: values } })).toThrow(
      /period_misordered \/agreed\/price/,
    )
  })

  test('are not agreed before the first of their dates', () => {
    const { told } = club(price, { agreed: { price: [{ from: '2024-04-01', value: '12.00' }] } })
    expect(told({ value: 'price', in: '2024-03' })).toBe('not-agreed')
    expect(told({ value: 'price', in: '2024-04' })).toBe('12')
  })
})

describe('a measure', () => {
  test('of a state begins with the value of each of its subjects', () => {
    const { told } = club(
      'facts: { bal: { shape: state, has: { amount: money } } }, measures: { lowest: { min: bal, per: month } }',
      {
        facts: `
          - bal: { about: a, at: 2024-02-10T10:00, amount: 5.00 }
          - bal: { about: b, at: 2024-02-20T10:00, amount: 900.00 }`,
      },
    )
    expect(told({ value: 'lowest', in: '2024-03' })).toBe('5')
  })

  test('since a transition counts from the last that happened, not from one that its condition refused', () => {
    const { told } = club(
      `facts: { swap: { shape: event, has: { fee: money } } }, components: [ { good: towel } ],
       measures: { uses: { count: used, per: since swapped } },
       terms: { swapped: { transition: { of: towel, on: swap, when: swap.fee > 5, title: consumer } } }`,
      {
        facts: `
          - swap: { at: 2024-03-01T10:00, fee: 10.00 }
          - used: { at: 2024-03-02T10:00 }
          - swap: { at: 2024-03-03T10:00, fee: 1.00 }
          - used: { id: second, at: 2024-03-04T10:00 }`,
      },
    )
    expect(told({ value: 'uses', for: 'second' })).toBe('2')
  })

  test('takes one outage that closing hours cut in two as one', () => {
    const { told } = club(
      `calendars: { office: { hours: { mon-fri: 09:00-17:00 } } }, measures: { down: {
         time: outage, in: minutes, per: month, calendar: office, each: { longer-than: 90 minutes } } }`,
      { facts: '[ outage: { from: 2024-03-04T16:00, to: 2024-03-05T10:00 } ]' },
    )
    expect(told({ value: 'down', in: '2024-03' })).toBe('120')
  })

  test('that counts is paired by the attribute that it names', () => {
    const { told } = club(
      `facts: { asked: { shape: event, has: { ticket: text } }, done: { shape: event, has: { ticket: text } } },
       measures: { answers: { count: done, per: month, about: same, paired-by: ticket } }`,
      {
        facts: `
          - asked: { id: asked_x, ticket: x, at: 2024-03-01T10:00 }
          - asked: { id: asked_z, ticket: z, at: 2024-03-01T10:00 }
          - done: { ticket: x, at: 2024-03-01T11:00 }
          - done: { ticket: y, at: 2024-03-01T12:00 }`,
      },
    )
    expect(told({ value: 'answers', for: 'asked_x' })).toBe('1')
    expect(told({ value: 'answers', for: 'asked_z' })).toBe('0')
  })

  test('that is left out where there are no facts is unknown when asked for itself', () => {
    const { told } = club(
      `facts: { reading: { shape: event, has: { kwh: number } } },
       measures: { read: { sum: reading, per: month, missing: leave-out } }`,
    )
    expect(told({ value: 'read', in: '2024-03' })).toBe('unknown')
  })

  test('that compares lengths in different units is unknown, never an exception', () => {
    const { told } = club(
      `agreed: { notice: { type: duration, default: 30 days }, most: { type: duration, default: 1 month } },
       terms: { fee: { charge: { every: month, amount: 1.00, when: notice > most } } }`,
    )
    expect(told({ value: 'fee', in: '2024-03' })).toBe('unknown')
  })
})

describe('a limit over what a charge posted', () => {
  const visits = (count: number) =>
    club(
      `users: [ member ], components: [ { access: pool, for: member } ],
       measures: { spent: { sum: visit_fee, per: month } },
       terms: { visit_fee: { charge: { each: used, amount: 10.00 } },
         budget: { limit: { of: pool, measure: spent, at-most: 100, on: used, if-exceeded: refuse } } }`,
      {
        facts: `[ ${Array.from({ length: count }, (_, day) => `used: { component: pool, at: 2024-03-${String(day + 1).padStart(2, '0')}T10:00 }`).join(', ')} ]`,
      },
    )

  test.for([
    [9, 'yes', 'pool'],
    [10, 'no', 'budget'],
  ] as const)(
    'counts the use asked for: after %i visits it is %s by %s',
    ([count, expected, clause]) => {
      const asked = { may: 'pool', user: 'member', at: '2024-03-20T10:00' } as const
      expect(visits(count).told(asked)).toBe(expected)
      expect(visits(count).ask(asked).clause).toBe(clause)
    },
  )
})

describe('a right', () => {
  const hall = (terms: string, facts: string) =>
    club(`users: [ member ], components: [ { access: hall, for: member } ], terms: { ${terms} }`, {
      facts,
    })
  const asked = (at: string) => ({ may: 'hall', user: 'member', at }) as const
  const given = 'opened: { transition: { of: hall, on: granted, right: given } }'
  const restored = 'open_again: { transition: { of: hall, on: restored, right: restored } }'

  test('that is suspended cites the suspension, not what gave the right later', () => {
    const { told, ask } = hall(
      `${given}, closed: { transition: { of: hall, on: suspended, right: suspended } }`,
      `
      - granted: { at: 2024-01-10T10:00 }
      - suspended: { at: 2024-02-01T10:00 }
      - granted: { at: 2024-02-05T10:00 }`,
    )
    expect(told(asked('2024-01-20'))).toBe('yes')
    expect(told(asked('2024-02-10'))).toBe('no')
    expect(ask(asked('2024-02-10')).clause).toBe('closed')
  })

  test('that was granted is used until the grant ends, and again when it is granted again (I19)', () => {
    const facts = `
      - granted: { about: hall, at: 2024-01-10T10:00 }
      - ended: { about: hall, at: 2024-02-01T10:00 }
      - granted: { about: hall, at: 2024-03-01T10:00 }`
    const days = ['2024-01-05', '2024-01-20', '2024-02-10', '2024-03-10']
    const silent = hall('', facts)
    expect(days.map((day) => silent.told(asked(day)))).toEqual(['yes', 'yes', 'no', 'yes'])
    expect(silent.ask(asked('2024-02-10'))).toMatchObject({ clause: 'hall' })
    // A term that reads the fact says what it means: here an end is for good.
    const final = hall('closed: { transition: { of: hall, on: ended, right: ended } }', facts)
    expect(days.map((day) => final.told(asked(day)))).toEqual(['yes', 'yes', 'no', 'no'])
  })

  test('that two unpaid invoices suspended is restored when both are paid, not when one is', () => {
    const { told, ask } = hall(
      `pay: { duty: { who: consumer, start: invoiced, stop: paid, within: 14 days } },
       closed: { transition: { of: hall, on: pay.missed, right: suspended } },
       open_again: { transition: { of: hall, on: paid, right: restored } }`,
      `
      - invoiced: { about: bill_1, at: 2024-03-01T10:00 }
      - invoiced: { about: bill_2, at: 2024-03-02T10:00 }
      - paid: { about: bill_1, at: 2024-03-20T10:00 }
      - paid: { about: bill_2, at: 2024-03-25T10:00 }`,
    )
    const days = ['2024-03-10', '2024-03-18', '2024-03-22', '2024-03-26']
    expect(days.map((day) => told(asked(day)))).toEqual(['yes', 'no', 'no', 'yes'])
    expect(ask(asked('2024-03-22')).clause).toBe('closed')
  })

  test('that was never given is not given by a restoration', () => {
    const { told, ask } = hall(`${given}, ${restored}`, '[ restored: { at: 2024-02-01T10:00 } ]')
    expect(told(asked('2024-02-10'))).toBe('no')
    expect(ask(asked('2024-02-10')).clause).toBe('hall')
  })
})

describe('a question', () => {
  const { ask } = club(
    `components: [ { access: hall } ], measures: { visits: { count: used, per: month } }, terms: {
       fee: { charge: { every: month, amount: 1.00 } }, visit: { charge: { each: used, amount: 1.00 } },
       soon: { target: { start: requested, stop: responded, within: 2 hours, clock: always,
         pauses: { facts: paused, counted: around-the-clock } } } }`,
    {
      facts: `
        - used: { id: use, at: 2024-03-05T10:00 }
        - requested: { id: held, about: one, at: 2024-03-06T10:00 }
        - paused: { about: one, from: 2024-03-06T11:00 }
        - requested: { id: free, about: two, at: 2024-03-06T10:00 }`,
    },
  )

  test.for<[Question, boolean]>([
    [{ due: 'soon', for: 'held' }, false],
    // Before it is due another pause may come, and after that none changes it.
    [{ due: 'soon', for: 'free', at: '2024-03-06T11:30' }, false],
    [{ due: 'soon', for: 'free', at: '2024-03-06T12:30' }, true],
    [{ value: 'visits', in: '2024-03', 'known-by': '2024-03-15' }, false],
    [{ value: 'visits', in: '2024-03', 'known-by': '2024-04-01' }, true],
    [{ bill: '2024-03', 'known-by': '2024-03-31' }, false],
    [{ bill: '2024-03', 'known-by': '2024-04-01' }, true],
    [{ bill: '2024-03', at: '2024-03-31T23:59' }, false],
    [{ bill: '2024-03', at: '2024-04-01' }, true],
  ])('%j is final only when nothing can change it: %s', ([question, final]) => {
    expect(ask(question).final).toBe(final)
  })

  test.for<[Question, string, string]>([
    [{ met: 'visit', for: 'use' }, 'question_names_nothing', '/met'],
    [{ met: 'visits', for: 'use' }, 'question_names_nothing', '/met'],
    [{ met: 'fee', in: '2024-03' }, 'question_names_nothing', '/met'],
    [{ met: 'visits', in: '2024-03' }, 'question_names_nothing', '/met'],
    [{ value: 'visits', in: '2024-03-15 to 2024-04-15' }, 'question_needs_one_scope', '/in'],
  ])('%j is refused by name: %s at “%s”', ([question, name, pointer]) => {
    const refused = refusalOf(() => ask(question))
    expect(refused).toBeInstanceOf(QuestionRefused)
    expect(refused).toMatchObject({ name, pointer })
  })
})

describe('an offering is refused by name', () => {
  const target = (words: string) => `terms: { soon: { target: { start: requested, ${words} } } }`

  test.for<[parts: string, fault: string]>([
    [
      'terms: { fee: { charge: { every: quarter, amount: 9.00 } }, back: { credit: { per: month, share: 10%, of: fee } } }',
      'period_too_long /terms/back/credit',
    ],
    [
      'measures: { n: { count: used, per: month, rounded: { to: 0, mode: down } } }',
      'value_out_of_range /measures/n/rounded/to',
    ],
    [
      'terms: { fee: { charge: { every: month, amount: 1.00, rounded: { to: 0, mode: half-up } } } }',
      'value_out_of_range /terms/fee/charge/rounded/to',
    ],
    ['rounding: { to: 0, mode: half-up }', 'value_out_of_range /rounding/to'],
    [target('by: { end-of: month, after: 999999 }'), 'value_misshapen /terms/soon/target/by/after'],
    [
      'agreed: { notice: { type: duration, default: 0.5 months } }',
      'value_misshapen /agreed/notice/default',
    ],
    [
      'terms: { fee: { charge: { every: so-far-month, amount: 1.00 } } }',
      'period_unknown /terms/fee/charge/every',
    ],
    [
      'terms: { fee: { charge: { every: past 30 days, amount: 1.00 } } }',
      'period_unknown /terms/fee/charge/every',
    ],
    [
      'terms: { pay: { duty: { start: invoiced, stop: paid, within: 14 days } } }',
      'policy_unsaid /terms/pay/duty',
    ],
  ])('%s: %s', ([parts, fault]) => {
    expect(faults(parts)).toContain(fault)
  })

  test('where it says half a month', () => {
    expect(faults(target('stop: responded, within: 0.5 months'))).toEqual([
      'formula_broken /terms/soon/target/within',
    ])
    expect(faults(target('stop: responded, within: 1 month'))).toEqual([])
    const { agreement } = club('terms: {}')
    expect(() =>
      factsIn('[ outage: { from: 2024-03-01T10:00, for: 0.5 months } ]', agreement),
    ).toThrow(/value_misshapen \/facts\/0\/outage\/for/)
  })
})

describe('a deviation', () => {
  const fee = `measures: { visits: { count: used, per: month, title: what the fee counts } },
    terms: { fee: { charge: { every: month, amount: 9.00 } }, visit: { charge: { every: month, measure: visits, rate: 1.00 } } }`
  const deviating = (...deviations: readonly string[]) =>
    club(fee, { deviations: deviations.map(deviation) })

  test('of a place that another deviation changes is refused', () => {
    const change = '{ clause: fee, path: charge.amount, to: 8.00 }'
    expect(deviating(change).told({ value: 'fee', in: '2024-03' })).toBe('8')
    expect(() => deviating(change, change)).toThrow(/deviation_doubled/)
    expect(() => deviating(change, '{ clause: fee, path: charge.amount, to: 7.00 }')).toThrow(
      /deviation_doubled/,
    )
  })

  test.for([
    'charge..amount',
    '.charge.amount',
    'charge.amount.',
    'charge.amount!',
    'charge/amount',
    'charge amount',
    ' charge.amount',
    'charge.amount ',
    'Charge.amount',
    'charge.amount[0]',
    'charge.amount.length',
    'charge.constructor.name',
    '__proto__.amount',
    'charge[0].amount',
  ])('with the path “%s” finds nothing', (path) => {
    expect(() =>
      club(fee, { deviations: [{ clause: 'fee', path, to: '8.00' } as Deviation] }),
    ).toThrow(/deviation_finds_nothing/)
  })

  test('that removes a term leaves definitions whose title mentions it', () => {
    const { told, bill } = deviating('{ clause: fee, remove: "yes" }')
    expect(told({ value: 'fee', in: '2024-03' })).toBe('not-agreed')
    expect(told({ value: 'visits', in: '2024-03' })).toBe('0')
    expect(bill('2024-03')).toEqual({ visit: '0' })
  })
})

test.for([
  ['the attribute of another', 'sum: ride, value: ride.fee, per: month', '3'],
  ['a word in quotes', 'count: ride, where: ride.kind == "fee", per: month', '1'],
  ['a unit', 'formula: 7, unit: fee', '7'],
  ['a share of its own', 'split: { of: 5.00, evenly: [ fee, rest ], remainder: first }', '2.5'],
  ['the clause', 'count: fee, per: month', undefined],
  ['an attribute of the clause', 'count: ride, where: fee > 1, per: month', undefined],
] as const)(
  'what is removed takes with it what reads the clause, and not what reads %s',
  ([, words, found]) => {
    const { told } = signed(
      `{ facts: { ride: { shape: event, has: { fee: money, kind: text } } },
         measures: { read: { ${words} } }, terms: { fee: { charge: { each: ride, amount: 1.00 } } } }`,
      {
        deviations: [{ clause: 'fee', remove: 'yes' }],
        facts: '[ { ride: { at: 2024-01-08T20:00, fee: 3.00, kind: fee } } ]',
      },
    )
    const asked = words.startsWith('split') ? 'read.rest' : 'read'
    const value = () => told({ value: asked, in: '2024-01' })
    if (found === undefined) expect(value).toThrow()
    else expect(value()).toBe(found)
  },
)

describe('a long history', () => {
  const within = (milliseconds: number, find: () => string): string => {
    const began = performance.now()
    const found = find()
    expect(performance.now() - began).toBeLessThan(milliseconds)
    return found
  }

  test('of what is carried over is written with each shared step once, under 500 kB', () => {
    const { ask } = club(
      `measures: { carried: { previous: left, per: month, initially: 0 },
         left: { formula: "min(carried + 10, carried * 2 + 5)", per: month } }`,
      { period: '2023-01-01 to 2025-01-01' },
    )
    const { derivation } = ask({ value: 'left', in: '2024-12' })
    const text = JSON.stringify(derivationData(derivation))
    expect(text.length).toBeLessThan(500_000)
    const ids = [...text.matchAll(/"id":"(step_\d+)"/g)].map(([, id]) => id)
    expect(ids.length).toBeGreaterThan(20)
    expect(new Set(ids).size).toBe(ids.length)
    const derived = [...nodes(derivation)].filter(({ operation }) => operation !== undefined)
    expect([...text.matchAll(/"how":/g)]).toHaveLength(derived.length)
  })

  test('of five years of days that carry over is answered within two seconds', () => {
    const { told } = club(
      `measures: { carried: { previous: left, per: day, initially: 0 }, left: { formula: carried + 1, per: day } }`,
      { period: '2020-01-01 to 2025-01-01' },
    )
    expect(within(2000, () => told({ value: 'left', in: '2024-12-31' }))).toBe('1827')
  })

  test('of the minute before, where that rests on no other, is answered for a month of the second year', () => {
    const { told } = club(
      `measures: { uses: { count: used, per: 1 minutes }, before: { previous: uses, per: 1 minutes, initially: 0 },
         both: { formula: uses + before, per: 1 minutes }, in_month: { sum: both, per: month } }`,
      {
        period: '2023-01-01 to 2025-01-01',
        facts: '[ used: { at: 2024-11-01T10:00:30 } ]',
      },
    )
    expect(told({ value: 'in_month', in: '2024-11' })).toBe('2')
    expect(told({ value: 'before', in: '2024-11-01T10:01 to 2024-11-01T10:02' })).toBe('1')
  })

  test('of 22 formulas that each read the one before twice is answered within a second', () => {
    const formulas = Array.from(
      { length: 22 },
      (_, place) => `m${place + 1}: { formula: m${place} + m${place} }`,
    )
    const parts = `measures: { m0: { count: used, per: month }, ${formulas.join(', ')} }`
    const doubled = () =>
      club(parts, { facts: '[ used: { at: 2024-03-01T10:00 } ]' }).told({
        value: 'm22',
        in: '2024-03',
      })
    expect(within(1000, doubled)).toBe(String(2 ** 22))
  })

  test('of 3,000 events tells what one of them costs within two seconds', () => {
    const minute = (place: number) =>
      new Date(Date.UTC(2024, 2, 1) + place * 600_000).toISOString().slice(0, 16)
    const { told } = club(
      `measures: { n: { count: used, per: past 30 days } },
       terms: { fee: { charge: { each: used, measure: n, rate: 1.00 } } }`,
      {
        facts: Array.from(
          { length: 3000 },
          (_, place) => `\n- used: { id: use_${place + 1}, at: ${minute(place)} }`,
        ).join(''),
      },
    )
    expect(within(2000, () => told({ value: 'fee', for: 'use_3000' }))).toBe('3000')
  })
})
