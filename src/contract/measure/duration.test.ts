import { describe, expect, test } from 'vitest'
import { faultsOf, signed } from '../contract.test-support.ts'
import { evaluate } from '../derivation.ts'
import { Span, sameValue, valueText } from '../value.ts'

/** Time that is weighed, read through a structure, excused by a duty, or not measured at all. */

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

describe('a duty that stood unmet', () => {
  const desk = (facts: string, of = '') =>
    signed(
      `{ facts: { asked: { shape: event }, answered: { shape: event } },
         terms: { answering: { duty: { who: consumer, start: asked, stop: answered, within: 2 hours, clock: always } } },
         measures: { down: { time: outage, except: { facts: answering }, per: month, in: minutes },
           late: { time: answering, ${of}per: month, in: hours } } }`,
      { facts },
    )
  const facts = `[ outage: { from: 2024-03-01T10:00, for: 6 hours }, asked: { about: q, at: 2024-03-01T09:00 }, answered: { about: q, at: 2024-03-01T13:00 } ]`

  test('excuses: its time is taken out', () => {
    expect(desk(facts).told({ value: 'down', in: '2024-03' })).toBe('240')
  })

  test('is chosen by what started it', () => {
    expect(desk(facts, 'where: asked.about == "q", ').told({ value: 'late', in: '2024-03' })).toBe(
      '2',
    )
    expect(
      desk(facts, 'where: asked.about == "other", ').told({ value: 'late', in: '2024-03' }),
    ).toBe('0')
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
  ['weight: incident.cost', 'types_do_not_fit /measures/down/weight'],
  ['missing: none', 'value_misshapen /measures/down/missing'],
  ['except: { facts: period }', 'types_do_not_fit /measures/down/except/facts/0'],
  ['except: { facts: invoiced }', 'types_do_not_fit /measures/down/except/facts/0'],
] as const)('%s is refused', ([more, fault]) => {
  expect(
    faultsOf(`{ facts: { incident: { shape: interval, has: { affected: number, cost: money } } }, structures: { shop: { all-of: [ a, b ] } },
      measures: { down: { time: incident, ${more}, per: month, in: minutes } } }`),
  ).toContain(fault)
})

test.for(['through: shop', 'missing: unknown', 'where: 1 < 2', 'weight: 2'])(
  '%s changes nothing where no facts are measured',
  (more) => {
    expect(
      faultsOf(
        `{ structures: { shop: { all-of: [ a, b ] } }, measures: { whole: { time: period, ${more}, per: month, in: minutes } } }`,
      ),
    ).toContain(`word_without_effect /measures/whole/${more.split(':')[0]}`)
  },
)
