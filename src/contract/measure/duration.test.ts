import { describe, expect, test } from 'vitest'
import { faultsOf, signed } from '../contract.test-support.ts'
import { evaluate } from '../derivation.ts'
import { Span, sameValue, valueText } from '../value.ts'

/** Time that is weighed, read through a structure, or not measured at all. */

describe('a weight', () => {
  const mail = (facts: string, more = '') =>
    signed(
      `{ facts: { incident: { shape: interval, has: { affected: number, planned: truth } } }, agreed: { users: number },
         policies: { prorate: no, billed: in-arrears },
         measures: {
           down: { time: incident, weight: incident.affected, per: month, in: minutes${more} },
           month_minutes: { time: period, per: month, in: minutes },
           uptime: { formula: 1 - down / (users * month_minutes) } },
         terms: {
           fee: { charge: { every: month, measure: users, rate: 6.00 } },
           uptime_credit: { credit: { per: month, measure: uptime, of: fee, bands: [
             { below: 95%, share: 100% }, { from: 95%, below: 99%, share: 50% }, { from: 99%, below: 99.9%, share: 25% } ] } } } }`,
      { agreed: { users: '500' }, facts },
    )
  const incident = (from: string, length: string, affected: string) =>
    `incident: { from: ${from}, for: ${length}, affected: ${affected} }`

  test('counts each interval so many times: the minutes of each user', () => {
    const made = mail(`[ ${incident('2024-06-03T10:00', '300 minutes', '120')} ]`)
    expect(made.told({ value: 'down', in: '2024-06' })).toBe('36000')
    expect(made.told({ value: 'uptime_credit', in: '2024-06' })).toBe('750')
  })

  test('does not unite what overlaps, and clips to the period', () => {
    const both = `[ ${incident('2024-06-03T10:00', '60 minutes', '2')}, ${incident('2024-06-03T10:30', '60 minutes', '3')}, ${incident('2024-05-31T23:50', '20 minutes', '10')} ]`
    expect(mail(both).told({ value: 'down', in: '2024-06' })).toBe('400')
  })

  test('comes after what each stretch is treated with', () => {
    const short = `[ ${incident('2024-06-03T10:00', '90 seconds', '10')} ]`
    const rounded = ', each: { rounded: down, to: 1 minute }'
    expect(mail(short, rounded).told({ value: 'down', in: '2024-06' })).toBe('10')
  })

  test('that is not known makes the time unknown, unless its interval is left out', () => {
    const silent = '[ incident: { from: 2024-06-03T10:00, for: 60 minutes, planned: yes } ]'
    expect(mail(silent).told({ value: 'down', in: '2024-06' })).toBe('unknown')
    const unplanned = ', where: "!incident.planned"'
    expect(mail(silent, unplanned).told({ value: 'down', in: '2024-06' })).toBe('0')
  })
})

describe('through a structure', () => {
  const shop = (structures: string, facts: string, more = '') =>
    signed(
      `{ structures: { ${structures} },
         measures: { down: { time: outage, through: shop, per: month, in: minutes${more} } } }`,
      { facts },
    ).told({ value: 'down', in: '2024-03' })
  const out = (about: string, from: string, to: string) =>
    `outage: { about: ${about}, from: 2024-03-01T${from}, to: 2024-03-01T${to} }`
  const two = `[ ${out('a', '10:00', '11:00')}, ${out('b', '10:30', '12:00')} ]`

  test.for([
    ['shop: { all-of: [ a, b ] }', two, '120'],
    ['shop: { any-of: [ a, b ] }', two, '30'],
    ['shop: { at-least: 1, of: [ a, b ] }', two, '30'],
    ['shop: { at-least: 2, of: [ a, b ] }', two, '120'],
    ['shop: { at-least: 2, of: [ a, b, c ] }', two, '30'],
    ['shop: { all-of: [ c, { any-of: [ a, b ] } ] }', two, '30'],
    [
      'shop: { all-of: [ c, { any-of: [ a, b ] } ] }',
      `[ ${out('c', '10:45', '13:00')}, ${two.slice(1)}`,
      '150',
    ],
    [
      'shop: { all-of: [ front, back ] }, front: { any-of: [ a, c ] }, back: { any-of: [ b, d ] }',
      two,
      '0',
    ],
    // One part may stand in two places: time is a set, and does not add up twice.
    ['shop: { any-of: [ { all-of: [ a, b ] }, { all-of: [ a, c ] } ] }', two, '60'],
    // What is about something else concerns no part; what names nothing stops all.
    ['shop: { any-of: [ a, b ] }', `[ ${out('elsewhere', '10:00', '11:00')} ]`, '0'],
    ['shop: { any-of: [ a, b ] }', '[ outage: { from: 2024-03-01T10:00, for: 7 minutes } ]', '7'],
  ] as const)('%s', ([structures, facts, minutes]) => {
    expect(shop(structures, facts)).toBe(minutes)
  })

  test('a part that is down twice at once is down once', () => {
    const twice = `[ ${out('a', '10:00', '11:00')}, ${out('a', '10:15', '10:45')}, ${out('b', '10:30', '12:00')} ]`
    expect(shop('shop: { any-of: [ a, b ] }', twice)).toBe('30')
  })

  test('a part may be called anything', () => {
    const facts = `[ ${out('constructor', '10:00', '10:20')} ]`
    expect(shop('shop: { any-of: [ constructor ] }', facts)).toBe('20')
  })

  test('it is treated like any other time: exclusions, open hours, longer than', () => {
    const more = ', except: { facts: maintenance }, each: { longer-than: 20 minutes }'
    const facts = `[ ${out('a', '10:00', '11:00')}, ${out('b', '12:00', '12:10')}, maintenance: { from: 2024-03-01T10:30, to: 2024-03-01T10:50 } ]`
    expect(shop('shop: { all-of: [ a, b ] }', facts, more)).toBe('40')
    expect(
      shop('shop: { all-of: [ a, b ] }', facts, more.replace('20 minutes', '40 minutes')),
    ).toBe('0')
  })

  const often = (take: string, more = '') =>
    signed(
      `{ structures: { shop: { any-of: [ a, b ] } },
         measures: { down: { time: outage, through: shop, per: month, ${take} },
           all: { time: outage, through: shop, per: month, in: minutes }, mean: { formula: all / down } } }`,
      {
        facts: `[ ${out('a', '10:00', '10:30')}, ${out('b', '10:10', '10:15')}, ${out('b', '10:20', '11:10')}, ${out('a', '12:00', '12:05')}${more} ]`,
      },
    )

  test.for([
    ['in: stretches', '', '2'],
    ['in: stretches, each: { longer-than: 5 minutes }', '', '1'],
    [
      'in: stretches, except: { facts: maintenance }',
      ', maintenance: { from: 2024-03-01T10:10, for: 5 minutes }',
      '1',
    ],
    // One that is cut is one; what crosses the turn of the month lies in both months.
    [
      'in: stretches, except: { facts: maintenance }',
      ', maintenance: { from: 2024-03-01T10:24, for: 1 minutes }',
      '2',
    ],
    ['in: stretches', ', outage: { from: 2024-02-29T23:00, for: 2 hours }', '3'],
    ['in: minutes, take: longest', '', '10'],
    ['in: minutes, take: longest, each: { rounded: up, to: 15 minutes }', '', '15'],
  ] as const)('how often and how long at a time: %s%s is %s', ([take, more, expected]) => {
    expect(often(take, more).told({ value: 'down', in: '2024-03' })).toBe(expected)
  })

  test('how long at a time on average, and nothing where it was never down', () => {
    expect(often('in: stretches').told({ value: 'mean', in: '2024-03' })).toBe('7.5')
    expect(often('in: stretches').told({ value: 'down', in: '2024-04' })).toBe('0')
    expect(often('in: minutes, take: longest').told({ value: 'down', in: '2024-04' })).toBe('0')
  })

  test.for([
    ['time: outage, in: stretches, weight: 1', 'words_exclude_each_other', 'weight'],
    ['time: period, in: stretches', 'word_without_effect', 'in'],
    ['time: period, in: hours, take: longest', 'word_without_effect', 'take'],
    ['time: outage, in: stretches, take: longest', 'word_without_effect', 'take'],
    ['time: outage, in: stretches, rounded: { to: 1, mode: up }', 'word_without_effect', 'rounded'],
    [
      'time: outage, in: stretches, each: { rounded: up, to: 1 minute }',
      'word_without_effect',
      'each/rounded',
    ],
  ] as const)('words that stretches cannot have: %s', ([words, fault, at]) => {
    expect(faultsOf(`{ measures: { down: { ${words}, per: month } } }`)).toEqual([
      `${fault} /measures/down/${at}`,
    ])
  })

  test('a part is a component, by itself or through its items', () => {
    const made = signed(
      `{ users: [ tenant ], components: [ { access: router, for: tenant, serialised: yes }, { access: line, for: tenant } ],
         structures: { site: { any-of: [ router, line ] } },
         measures: { down: { time: outage, through: site, per: month, in: minutes } } }`,
      {
        facts: `[ granted: { about: router_1, component: router, at: 2024-01-02T10:00 },
          outage: { about: router_1, from: 2024-03-01T10:00, for: 60 minutes },
          outage: { component: line, from: 2024-03-01T10:30, for: 60 minutes } ]`,
      },
    )
    expect(made.told({ value: 'down', in: '2024-03' })).toBe('30')
  })
})

test('what is taken out may be chosen by a measure of it', () => {
  const made = signed(
    `{ facts: { maintenance: { shape: interval, has: { announced: instant } } },
       measures: { notice: { between: [ maintenance.announced, maintenance.from ], in: hours },
         down: { time: outage, per: month, in: minutes, except: { facts: maintenance, where: notice >= 48 } } },
       terms: { level: { target: { measure: down, at-most: 10, per: month, evaluated-by: both } } } }`,
    {
      facts: `[ outage: { from: 2024-03-10T10:00, for: 60 minutes },
        maintenance: { from: 2024-03-10T10:00, for: 20 minutes, announced: 2024-03-01T10:00 },
        maintenance: { from: 2024-03-10T10:30, for: 20 minutes, announced: 2024-03-09T10:00 } ]`,
    },
  )
  expect(made.told({ value: 'down', in: '2024-03' })).toBe('40')
})

describe('where nothing is on file', () => {
  const measured = (missing: string, facts: string, of = 'sampled') =>
    signed(
      `{ facts: { sampled: { shape: interval, has: { up: truth } } },
         measures: { down: { time: ${of}, where: "!${of}.up", per: month, in: hours, missing: ${missing} } } }`,
      { facts },
    ).told({ value: 'down', in: '2024-03' })
  const up = '[ sampled: { from: 2024-02-28T00:00, to: 2024-03-02T00:00, up: yes } ]'

  test('of the kind in the period it is what `missing` says', () => {
    expect(measured('unknown', '[]')).toBe('unknown')
    expect(measured('744', '[]')).toBe('744')
    expect(
      measured('unknown', '[ sampled: { from: 2024-02-01T00:00, to: 2024-03-01T00:00, up: no } ]'),
    ).toBe('unknown')
  })

  test('what the condition sets aside is on file all the same', () => {
    expect(measured('unknown', up)).toBe('0')
  })
})

describe('an interval that ends as it begins', () => {
  const made = signed(
    `{ policies: { billed: in-arrears, prorate: no }, facts: { rain: { shape: interval }, stay: { shape: interval } },
       measures: {
         wet: { time: rain, per: this, in: minutes },
         dry: { time: this, in: minutes, except: { facts: rain } },
         entire: { time: period, per: this, in: minutes },
         how_often: { time: rain, per: this, in: stretches },
         rounded_up: { time: rain, per: this, in: hours, rounded: { to: 1, mode: up } } },
       terms: { fee: { charge: { each: stay, measure: wet, rate: 1.00 } },
         by_hour: { charge: { each: stay, in-parts-of: hour, measure: wet, rate: 1.00, maximum: 20.00 } } } }`,
    {
      facts: `[ rain: { from: 2024-03-01T09:00, to: 2024-03-01T11:00 },
        stay: { id: wet, from: 2024-03-01T10:00, to: 2024-03-01T10:00 },
        stay: { id: as_it_stops, from: 2024-03-01T11:00, to: 2024-03-01T11:00 },
        stay: { id: after_the_end, from: 2030-03-01T10:00, to: 2030-03-01T10:00 } ]`,
    },
  )

  test.for(['wet', 'dry', 'entire', 'how_often', 'rounded_up', 'fee', 'by_hour'])(
    'has a time of nothing: %s',
    (value) => {
      expect(['wet', 'as_it_stops'].map((id) => made.told({ value, for: id }))).toEqual(['0', '0'])
      const { derivation } = made.ask({ value, for: 'wet' })
      expect(sameValue(evaluate(derivation), derivation.value)).toBe(true)
    },
  )

  test('has none outside the agreement', () => {
    expect(made.told({ value: 'entire', for: 'after_the_end' })).toBe('unknown')
  })
})

describe('what is taken out', () => {
  const made = signed(
    `{ facts: { task: { shape: interval, has: { line: text } }, on_hold: { shape: interval, has: { line: text } }, closed: { shape: interval } },
       measures: {
         from_all: { time: this, except: { facts: [ on_hold, closed ] }, in: minutes },
         own: { time: this, about: same, except: { facts: [ on_hold, closed ] }, in: minutes },
         of_kind: { time: task, about: same, except: { facts: on_hold }, per: month, in: minutes },
         of_line: { time: this, about: same, paired-by: line, except: { facts: [ on_hold, closed ] }, in: minutes },
         on_days: { time: period, about: same, except: { facts: on_hold }, per: day, in: minutes } } }`,
    {
      facts: `[ task: { id: a, about: a, from: 2024-03-04T10:00, for: 60 minutes, line: red },
        task: { id: b, about: b, from: 2024-03-04T10:00, for: 60 minutes, line: blue },
        on_hold: { about: b, from: 2024-03-04T10:10, for: 20 minutes, line: red },
        closed: { from: 2024-03-04T10:50, for: 10 minutes } ]`,
    },
  )

  test.for([
    ['from_all', '30', '30'],
    ['own', '50', '30'],
    ['of_kind', '60', '40'],
    ['of_line', '30', '50'],
    ['on_days', '1440', '1420'],
  ] as const)('“%s” is %s of the one and %s of the other', ([value, ofOne, ofOther]) => {
    expect(['a', 'b'].map((id) => made.told({ value, for: id }))).toEqual([ofOne, ofOther])
  })
})

test('another span in a leaf evaluates to what the engine gives for the changed fact', () => {
  const base = `{ facts: { incident: { shape: interval, has: { affected: number } } },
    structures: { shop: { all-of: [ a, { any-of: [ b, c ] } ] } },
    measures: { weighed: { time: incident, weight: incident.affected, per: month, in: minutes },
      through: { time: incident, through: shop, per: month, in: minutes } } }`
  const made = signed(base, {
    facts: `[ incident: { about: a, from: 2024-03-01T10:00, for: 60 minutes, affected: 3 },
      incident: { about: b, from: 2024-03-01T10:30, for: 60 minutes, affected: 5 },
      incident: { about: c, from: 2024-03-01T10:45, for: 60 minutes, affected: 7 } ]`,
  })
  for (const value of ['weighed', 'through'])
    for (const fact of made.facts) {
      const { derivation } = made.ask({ value, in: '2024-03' })
      const longer = { ...fact, to: (fact.to ?? 0) + 600_000 }
      const facts = made.facts.map((one) => (one === fact ? longer : one))
      const engine = made.ask({ value, in: '2024-03' }, facts).derivation.value
      const replaced = evaluate(derivation, ({ id, field }) =>
        id === fact.id && field === 'span' ? new Span(longer.at, longer.to) : undefined,
      )
      expect(valueText(replaced)).toBe(valueText(engine))
      expect(sameValue(evaluate(derivation), derivation.value)).toBe(true)
    }
})

test('of a state, another instant or value in a leaf evaluates to what the engine gives for the changed fact', () => {
  const made = signed(
    `{ facts: { licences: { shape: state, has: { users: number } } },
       measures: { user_minutes: { time: licences, weight: licences.users, per: day, in: minutes } } }`,
    {
      facts: `[ licences: { at: 2024-02-01T00:00, users: 500 }, licences: { at: 2024-03-01T12:00, users: 200 } ]`,
    },
  )
  const question = { value: 'user_minutes', in: '2024-03-01' }
  expect(made.told(question)).toBe(String(720 * 700))
  const [first, second] = made.facts
  if (!first || !second) throw new Error('two facts')
  const later = { ...second, at: second.at + 600_000 }
  const { derivation } = made.ask(question)
  const replaced = evaluate(derivation, ({ id, field }) =>
    id === second.id && field === 'at' ? later.at : undefined,
  )
  expect(valueText(replaced)).toBe(valueText(made.ask(question, [first, later]).derivation.value))
})

test.for([
  ['weight: incident.affected, through: shop', 'words_exclude_each_other /measures/down/through'],
  ['through: shed', 'name_unknown /measures/down/through'],
  ['paired-by: affected', 'word_without_effect /measures/down/paired-by'],
  ['weight: incident.cost', 'types_do_not_fit /measures/down/weight'],
  ['missing: none', 'value_misshapen /measures/down/missing'],
  ['except: { facts: period }', 'types_do_not_fit /measures/down/except/facts/0'],
  ['except: { facts: invoiced }', 'types_do_not_fit /measures/down/except/facts/0'],
  [
    'except: { facts: outage, where: outage.about == incident.about }',
    'event_not_at_hand /measures/down/except/where',
  ],
] as const)('%s is refused', ([more, fault]) => {
  expect(
    faultsOf(`{ facts: { incident: { shape: interval, has: { affected: number, cost: money } } }, structures: { shop: { all-of: [ a, b ] } },
      measures: { down: { time: incident, ${more}, per: month, in: minutes } } }`),
  ).toContain(fault)
})

test.for(['through: shop', 'missing: unknown', 'where: 1 < 2', 'weight: 2', 'about: same'])(
  '%s changes nothing where no facts are measured',
  (more) => {
    expect(
      faultsOf(
        `{ structures: { shop: { all-of: [ a, b ] } }, measures: { whole: { time: period, ${more}, per: month, in: minutes } } }`,
      ),
    ).toContain(`word_without_effect /measures/whole/${more.split(':')[0]}`)
  },
)
