import { describe, expect, test } from 'vitest'
import { dutyState } from '../answer/answer.ts'
import { answerData } from '../answer/data.ts'
import { signed } from '../contract.test-support.ts'
import { evaluate, nodes } from '../derivation.ts'
import type { Deviation } from '../language/term.ts'
import { QuestionRefused } from '../question-refused.ts'
import { sameValue, valueText } from '../value.ts'
import type { Question } from './form.ts'
import { answerQuestion } from './question.ts'

const plan = signed(
  `{ policies: { prorate: { by: days, of: actual }, billed: in-advance, ends: at-the-hour }, users: [ member ],
     facts: { notice: { shape: event, measured-by: consumer }, closing: { shape: event, measured-by: provider }, loan: { shape: event, has: { about: text } } },
     agreed: { price: money, size: { type: number, default: 5, at-least: 1 } },
     components: [ { access: hall, for: [ member ] }, { access: robe, for: [ member ], serialised: yes } ],
     measures: { visits: { count: used, per: month } },
     terms: {
       fee: { charge: { every: month, amount: price, on-change: { old: credit-unused, new: prorated }, on-end: { old: credit-unused } } },
       locker: { charge: { every: month, amount: 5.00, maximum: 4.00, on-change: next-period } },
       visit: { charge: { each: used, amount: 2.00, limit: { times: 3, per: month } } },
       use_fee: { charge: { each: used, measure: used.quantity, rate: 0.10, limit: { amount: 10.00, per: month } } },
       busy: { charge: { every: month, measure: visits, rate: 1.00, maximum: 12.00, prorate: no, billed: in-arrears } },
       lost: { charge: { each: robe_kept, amount: 60.00 } },
       robe_kept: { transition: { of: robe, on: kept, title: consumer, right: ended } },
       back: { duty: { who: consumer, start: loan, stop: returned, within: 21 days } },
       often: { target: { measure: visits, at-least: 1, at-most: 3, per: month } },
       leaving: { transition: { of: agreement, on: notice, takes-effect: { by: { end-of: month } }, right: ended } },
       closed: { transition: { of: agreement, on: closing, takes-effect: { within: 10 days }, right: ended } } } }`,
  {
    agreed: { price: '30.00' },
    facts: `
      - used: { id: visit_1, component: hall, at: 2024-03-05T10:00, quantity: 10 }
      - granted: { about: robe_7, component: robe, at: 2024-03-01T10:00 }
      - kept: { id: keeping, about: robe_7, at: 2024-03-20T10:00 }
      - loan: { id: loan_1, about: book, at: 2024-03-01T10:00 }`,
  },
)
const { ask } = plan
const text = (derivation: { value: Parameters<typeof valueText>[0] } | undefined) =>
  derivation && valueText(derivation.value)
const lines = (question: Question) =>
  (ask(question).lines ?? []).map(({ clause, posted }) => `${clause} ${text(posted)}`)

test('what is committed holds what falls due after the agreed end', () => {
  const { ask: asked } = signed(
    `{ policies: { prorate: no, billed: in-arrears }, components: [ { access: robe, serialised: yes } ],
       terms: {
         fee: { charge: { every: month, amount: 10.00 } },
         robe_price: { charge: { each: kept, amount: 60.00 } },
         refund: { credit: { each: returned, of: robe_price, share: 100% }, survives: end } } }`,
    {
      period: '2024-01-01 to 2024-02-01',
      facts: `
        - kept: { about: robe_7, component: robe, at: 2024-01-20T10:00 }
        - returned: { about: robe_7, component: robe, at: 2024-02-10T10:00 }`,
    },
  )
  expect(text(asked({ exposure: 'agreement' }).derivation)).toBe('10')
  expect(text(asked({ exposure: '2024' }).derivation)).toBe('10')
  expect(text(asked({ exposure: 'agreement', at: '2024-02-01' }).derivation)).toBe('70')
})

describe('what follows from a fact', () => {
  test('are its lines, what it changes of things, and the deadlines that it starts', () => {
    const kept = ask({ remedy: 'keeping' })
    expect(text(kept.derivation)).toBe('60')
    expect(lines({ remedy: 'keeping' })).toEqual(['lost 60'])
    expect(kept.effects).toMatchObject([
      { clause: 'robe_kept', of: 'robe', item: 'robe_7', sets: { title: 'consumer' } },
    ])
    expect(ask({ remedy: 'loan_1' }).duties).toMatchObject([{ clause: 'back', fact: 'loan_1' }])
  })

  test('counts what is due with it less what would be due without it', () => {
    expect(lines({ remedy: 'visit_1', at: '2024-04-30' })).toEqual([
      'visit 2',
      'use_fee 1',
      'busy 1',
    ])
    const supposed = { used: { id: 'next', component: 'hall', at: '2024-03-07', quantity: '20' } }
    const answer = ask({ remedy: 'next', at: '2024-04-30', suppose: [supposed] })
    expect(text(answer.derivation)).toBe('5')
    expect(answer.lines?.map(({ otherwise }) => text(otherwise))).toEqual([
      undefined,
      undefined,
      '1',
    ])
    expect(answer.final).toBe(false)
  })

  test.for([
    ['one', '-88.2', '-88.2'],
    ['two', '-111.8', '-111.8'],
    ['three', '0', 'nothing-due'],
  ] as const)('is for %s its own line alone: %s', ([id, credited, posted]) => {
    const credits = (price: string) =>
      signed(
        `{ facts: { delay: { shape: event, has: { credit_due: money } } },
           terms: { late: { credit: { each: delay, ${price} } } } }`,
        {
          facts: `
            - delay: { id: one, at: 2024-05-20T10:00, credit_due: 88.20 }
            - delay: { id: two, at: 2024-05-21T10:00, credit_due: 176.40 }
            - delay: { id: three, at: 2024-05-22T10:00, credit_due: 1.00 }`,
        },
      )
    const limited = credits('amount: delay.credit_due, limit: { amount: 200.00, per: month }')
    expect(limited.told({ remedy: id })).toBe(posted)
    const tiers = '[ { up-to: 200.00, rate: 100% }, { rate: 0% } ]'
    const together = `measure: delay.credit_due, cumulative: month, mode: graduated, tiers: ${tiers}`
    expect(credits(together).told({ remedy: id })).toBe(credited)
  })

  test.for([
    ['in-advance', '2024-10-31T18:00', ['leaving_fee 50', 'fee -30', 'fee -30'], '-10'],
    ['in-arrears', '2024-10-31T18:00', ['leaving_fee 50', 'fee -30', 'fee -30'], '-10'],
    ['in-advance', '2024-12-01T18:00', ['leaving_fee 50'], '50'],
  ] as const)('takes back %s what is not due any more from %s on', ([billed, at, posted, sum]) => {
    const left = signed(
      `{ policies: { prorate: no, billed: ${billed} },
         terms: { fee: { charge: { every: month, amount: 30.00 } },
           leaving_fee: { charge: { each: notice_given, amount: 50.00 } },
           leaving: { transition: { of: agreement, on: notice_given, right: ended } } } }`,
      { facts: `[ { notice_given: { id: n, at: ${at} } } ]` },
    )
    const answer = left.ask({ remedy: 'n' })
    const told = (answer.lines ?? []).map(({ clause, posted }) => `${clause} ${text(posted)}`)
    expect([told, text(answer.derivation)]).toEqual([posted, sum])
  })

  test('changes nothing on file: what is supposed is forgotten with its answer', () => {
    const before = ask({ bill: '2024' })
    ask({
      remedy: 'x',
      suppose: [{ used: { id: 'x', component: 'hall', at: '2024-05-01', quantity: '1' } }],
    })
    expect(ask({ bill: '2024' })).toEqual(before)
  })
})

describe('a change of what is agreed', () => {
  test('posts the old and the new for the rest of the period', () => {
    expect(lines({ change: 'all', at: '2024-04-16', agree: { price: '60.00' } })).toEqual([
      'fee -15',
      'fee 30',
    ])
  })

  test('that counts from the next period on posts nothing, nor does one that is none', () => {
    expect(lines({ change: 'locker', at: '2024-04-16', agree: { price: '60.00' } })).toEqual([])
    expect(lines({ change: 'fee', at: '2024-04-16', agree: { size: '6' } })).toEqual([])
    expect(lines({ change: 'fee', at: '2024-04-16' })).toEqual([])
  })

  test('keeps everything else that is agreed', () => {
    const question = { change: 'fee', at: '2024-04-16', agree: { size: '6' } }
    expect(text(ask(question).derivation)).toBe('nothing-due')
  })

  test('keeps how it was agreed: a percentage stays one', () => {
    const taxed = signed(
      `{ policies: { prorate: no, billed: in-arrears, on-change: next-period }, agreed: { price: money, vat: number },
         terms: { fee: { charge: { every: month, amount: price } }, tax: { charge: { every: month, of: fee, share: vat } } } }`,
      { agreed: { price: '100.00', vat: '10%' } },
    )
    const agree = { price: '200.00' }
    const { derivation } = taxed.ask({ change: 'all', agree, in: '2024-05', at: '2024-05-01' })
    const vat = [...nodes(derivation)].filter(({ name }) => name === 'vat')
    expect(new Set(vat.map(({ written }) => written))).toEqual(new Set(['10%']))
  })
})

describe('other agreed values', () => {
  const compared = (question: Question) => {
    const { figures = {}, sums = {} } = ask(question)
    const said = Object.values(figures).map((figure) => text(figure))
    return [...said, Object.entries(sums).map(([clause, sum]) => `${clause} ${text(sum)}`)]
  }
  const dearer = { change: 'all', at: '2024-03-11', agree: { price: '60.00' } }

  test.for<[told: string, question: Question, compared: unknown[]]>([
    [
      'over the whole agreement, from then on',
      { ...dearer, from: '2024-12-01' },
      ['412', '442', '30', ['fee 30']],
    ],
    [
      'from the beginning, whatever is on file since',
      { ...dearer, from: '2024-01-01' },
      ['412', '772', '360', ['fee 360']],
    ],
    [
      'over a period',
      { ...dearer, from: '2024-01-01', in: '2024-05' },
      ['34', '64', '30', ['fee 30']],
    ],
    ['by one clause alone', { ...dearer, change: 'locker' }, ['48', '48', '0', []]],
  ])('are compared %s: before, after, and by clause', ([, question, expected]) => {
    expect(compared(question)).toEqual(expected)
  })
})

describe('a change asked in a period', () => {
  test.for([
    ['inside which it falls, by its lines', '2024-04-16', '2024-04', '15', ['fee -15', 'fee 30']],
    ['with which it begins', '2024-05-01', '2024-05', '30', []],
    ['after the one in which it falls', '2024-04-16', '2024-05', '30', []],
    ['before it', '2024-04-16', '2024-03', '0', []],
  ] as const)('is what it changes in it, of one %s', ([, at, period, difference, posted]) => {
    const question = { change: 'fee', at, agree: { price: '60.00' }, in: period }
    const { derivation, figures } = ask(question)
    expect(text(derivation)).toBe(difference)
    expect(figures?.['difference']?.value).toEqual(derivation.value)
    expect(lines(question)).toEqual(posted)
  })
})

describe('an end', () => {
  test('takes effect as the clause says of the side that ends it', () => {
    const at = '2024-06-10T10:00'
    const byConsumer = ask({ end: 'agreement', at, by: 'consumer' })
    expect([text(byConsumer.derivation), byConsumer.clause]).toEqual([
      '2024-06-30T23:00:00.000Z',
      'leaving',
    ])
    const byProvider = ask({ end: 'agreement', at, by: 'provider' })
    expect([text(byProvider.derivation), byProvider.clause]).toEqual([
      '2024-06-20T09:00:00.000Z',
      'closed',
    ])
    // 10 of 30 days unused, the day of the end not among them; the locker is prorated, 4.00 to 2.67.
    expect(lines({ end: 'agreement', at, by: 'provider' })).toContain('fee -10')
    expect(text(byProvider.figures?.['posted'])).toBe('-11.33')
  })
})

describe('what is not due yet when an end is asked for is supposed to be done in time', () => {
  const paying = signed(
    `{ policies: { prorate: no, billed: in-advance, ends: with-the-day },
       facts: { notice: { shape: event, measured-by: consumer } },
       terms: {
         fee: { charge: { every: month, amount: 100.00 } },
         pay: { duty: { who: consumer, start: month, stop: paid, within: 5 days } },
         late: { charge: { each: pay.missed, amount: 25.00 } },
         unpaid: { charge: { every: month, amount: 7.00, when: '!pay', billed: in-arrears } },
         yearly: { target: { start: month, by: { end-of: month } } },
         statement: { charge: { each: yearly.missed, amount: 1.00 } },
         leaving: { transition: { of: agreement, on: notice, takes-effect: { by: { end-of: month, after: 1 } }, right: ended } } } }`,
    { facts: '[ { paid: { at: 2024-01-03T10:00, amount: 100.00 } } ]' },
  )
  const posted = (at: string) =>
    (paying.ask({ end: 'agreement', at }).lines ?? []).map(
      ({ clause, posted }) => `${clause} ${text(posted)}`,
    )

  test('while a date that nobody records comes all the same', () => {
    expect(posted('2024-01-10T09:00')).toEqual(['fee 100', 'statement 1'])
  })

  test.for([
    ['2024-02-05T23:59', []],
    ['2024-02-06T00:00', ['late 25']],
  ] as const)('what is missed by %s is missed', ([at, late]) => {
    expect(posted(at).filter((line) => line.startsWith('late'))).toEqual(late)
  })
})

describe('an agreement that nothing but a missed deadline ends', () => {
  const ended = (
    end: string,
    question: object,
    period = '2024-01-01T00:00 to 2025-01-01T00:00',
  ) => {
    const made = signed(
      `{ policies: { ends: with-the-day }, facts: { resigned: { shape: event, measured-by: provider }, dismissed: { shape: event, measured-by: provider } },
         events: { gone: { any-of: [ resigned, dismissed ] } },
         terms: { pay: { duty: { who: consumer, start: month, stop: paid, within: 10 days } }, ${end} } }`,
      {
        period,
        facts:
          '[ { paid: { at: 2024-01-03, amount: 1.00 } }, { paid: { at: 2024-02-03, amount: 1.00 } } ]',
      },
    )
    const { derivation, clause } = made.ask({ end: 'agreement', at: '2024-02-05', ...question })
    return [String(text(derivation)).slice(0, 10), ...(clause === undefined ? [] : [clause])]
  }
  const missed = 'out: { transition: { of: agreement, on: pay.missed, right: ended } }'
  const both = `${missed}, left: { transition: { of: agreement, on: gone, right: ended } }`

  test.for([
    ['what falls due is done in time', missed, {}, ['2025-01-01', 'agreement_period']],
    ['one was missed already', missed, { at: '2024-03-20' }, ['2024-03-11', 'out']],
    ['a side that no clause lets', both, { by: 'consumer' }, ['not-agreed']],
    ['several kinds under one name', both, { on: 'dismissed' }, ['2024-02-05', 'left']],
    ['no clause at all', '', {}, ['not-agreed']],
  ] as const)('%s', ([, end, question, answer]) => {
    expect(ended(end, question)).toEqual(answer)
  })

  const dated = (more = '') =>
    `waited: { duty: { who: provider, start: paid, by: { on: paid.date, after-it: 40 days } ${more} } },
     over: { transition: { of: agreement, on: waited.missed, right: ended } }`

  const lapsing = `stays: { option: { who: consumer, start: agreement, stop: resigned, within: 60 days } },
     over: { transition: { of: agreement, on: stays.missed, right: ended } }`

  test.for([
    ['what nobody uses lapses', lapsing, ['2024-03-01', 'over']],
    ['nothing can stop it any more', dated(), ['2024-02-13', 'over']],
    [
      'though its condition may',
      dated(', when: paid.amount > 2.00'),
      ['2025-01-01', 'agreement_period'],
    ],
  ] as const)('a date without a stop comes all the same: %s', ([, end, answer]) => {
    expect(ended(end, {})).toEqual(answer)
  })

  test('without an agreed end there is none', () => {
    expect(ended(missed, {}, '2024-01-01T00:00 to 2999-01-01T00:00')).toEqual(['not-agreed'])
  })
})

describe('a claim that may still be made', () => {
  const claimed = (others: number, where = 'outages >= 2') => {
    const more = Array.from(
      { length: others },
      (_, at) => `, { outage: { from: 2024-0${at + 2}-01, to: 2024-0${at + 2}-02 } }`,
    )
    const { ask } = signed(
      `{ facts: { claimed: { shape: event } }, policies: { ends: with-the-day }, measures: { outages: { count: outage, per: year } },
         terms: { each_outage: { credit: { each: outage, amount: 5.00 } },
           often: { credit: { per: year, when: ${where}, amount: 9.00, claim: { fact: claimed, within: 1 month } } } } }`,
      {
        period: '2024-01-01T00:00 to 2026-01-01T00:00',
        facts: `[ { outage: { id: a, from: 2024-01-01, to: 2024-01-02 } } ${more.join('')} ]`,
      },
    )
    return ask({ remedy: 'a' })
  }

  test.for([
    ['makes no difference to what could be claimed', 2, '-5'],
    ['tips it', 1, 'unknown'],
    ['is not enough for it', 0, '-5'],
  ] as const)('of a fact that %s: with %s others, %s', ([, others, remedy]) => {
    const { derivation } = claimed(others)
    expect(text(derivation)).toBe(remedy)
    expect([...nodes(derivation)].every((node) => sameValue(evaluate(node), node.value))).toBe(true)
  })
})

test('what moves no amount of any clause makes nothing due, and an amount of its own that comes to 0 is 0', () => {
  const { told } = signed(
    `{ policies: { prorate: no, billed: in-arrears }, structures: { pair: { any-of: [ a, b ] } },
       measures: { down: { time: outage, through: pair, per: month, in: minutes } },
       terms: { lost: { credit: { per: month, measure: down, rate: 1.00 } },
         noted: { charge: { each: maintenance, amount: 0.00 } } } }`,
    {
      facts: `[ outage: { id: a, about: a, from: 2024-05-10T10:00, for: 60 minutes },
        outage: { id: b, about: b, from: 2024-05-10T10:30, for: 15 minutes },
        outage: { id: elsewhere, about: printer, from: 2024-05-20T10:00, for: 300 minutes },
        maintenance: { id: m, from: 2024-05-21T10:00, for: 1 hours } ]`,
    },
  )
  const ids = ['a', 'b', 'elsewhere', 'm']
  expect(ids.map((remedy) => told({ remedy }))).toEqual(['-15', '-15', 'nothing-due', '0'])
})

describe('exposure', () => {
  test('is at most what prices, maxima and limits come to', () => {
    const bounded = signed(
      `{ policies: { prorate: no, billed: in-arrears }, agreed: { price: money },
         measures: { visits: { count: used, per: month } },
         terms: { fee: { charge: { every: month, amount: price, waived-when: { any-of: [ { id: seldom, if: visits < 1 } ] } } },
           busy: { charge: { every: month, measure: visits, rate: 1.00, maximum: 12.00 } },
           visit: { charge: { each: used, amount: 2.00, limit: { times: 3, per: month } } },
           use_fee: { charge: { each: used, measure: used.quantity, rate: 0.10, limit: { amount: price, per: quarter } } } } }`,
      { agreed: { price: '30.00' } },
    )
    const { figures, unbounded } = bounded.ask({ exposure: 'agreement' })
    // 12 × 30 though waived so far, 12 × 12, 12 × 3 × 2, 4 × 30.
    expect(text(figures?.['ceiling'])).toBe('696')
    expect([text(figures?.['committed']), unbounded]).toEqual(['0', []])
  })

  test.for([
    // a charge, and the most that it costs in a year
    ['every: month, true-up: { of: use_price, to: 90.00 }', '1080'],
    ['every: month, true-up: { of: use_price, to: 90.00 }, maximum: 50.00', '600'],
    ['every: month, of: use_price, share: 10%, maximum: 7.00', '84'],
    ['every: month, of: use_price, share: 10%, maximum: tenth', undefined],
    ['each: used, amount: 2.00, limit: { times: 3, per: month }', '72'],
    ['each: used, amount: 2.00, minimum: 5.00, limit: { times: 3, per: month }', undefined],
  ] as const)('of %s is at most %s', ([charge, most]) => {
    const { figures } = signed(
      `{ policies: { prorate: no, billed: in-arrears }, agreed: { tenth: { type: number, default: 10% } },
         measures: { use_price: { scale: { measure: uses, rate: 2.00 }, per: month }, uses: { count: used, per: month } },
         terms: { tried: { charge: { ${charge} } } } }`,
    ).ask({ exposure: 'agreement' })
    expect(text(figures?.['ceiling'])).toBe(most)
  })

  const visit = (limit: string) =>
    `visit: { charge: { each: used, amount: 2.00, limit: { amount: ${limit} } } }`
  const extra = {
    clause: 'extra',
    add: { charge: { every: 'month', amount: '9.00' } },
  } as const
  const limit = (to: string) => ({ clause: 'visit', path: 'charge.limit.amount', to })
  test.for<
    [what: string, term: string, deviations: readonly Deviation[], most: string | undefined]
  >([
    // By hand: 12 months at 20; six of 9 beside them, six with 30, six without.
    ['adds a charge', visit('20.00, per: month'), [extra], '294'],
    ['raises a limit', visit('20.00, per: month'), [limit('30.00')], '300'],
    ['lowers a limit', visit('20.00, per: month'), [limit('10.00')], '180'],
    ['raises the limit of a year', visit('20.00, per: year'), [limit('30.00')], '30'],
    ['lowers the limit of a year', visit('20.00, per: year'), [limit('10.00')], '20'],
    ['takes a charge out', visit('20.00, per: month'), [{ clause: 'visit', remove: 'yes' }], '120'],
    [
      'has no bound',
      visit('20.00, per: month'),
      [{ clause: 'extra', add: { charge: { each: 'used', amount: '9.00' } } }],
      undefined,
    ],
    [
      'takes a price out',
      'fee: { charge: { every: month, amount: 7.00 } }',
      [{ clause: 'fee', remove: 'yes' }],
      '42',
    ],
  ])('counts a revision that %s as far as it is in force', ([, term, deviations, most]) => {
    const { figures } = signed(
      `{ policies: { prorate: no, billed: in-arrears }, terms: { ${term} } }`,
      {
        revisions: [{ from: '2024-07-01', deviations }],
      },
    ).ask({ exposure: 'agreement' })
    expect(text(figures?.['ceiling'])).toBe(most)
  })

  test('is bounded by a limit in periods that are counted from an agreed date', () => {
    const { figures } = signed(
      `{ policies: { prorate: no }, agreed: { pay: date }, terms: { ${visit('20.00, per: month from pay')} } }`,
      { agreed: { pay: '2024-01-20' } },
    ).ask({ exposure: 'agreement' })
    // Thirteen of them, with those that the agreement cuts at its start and its end.
    expect(text(figures?.['ceiling'])).toBe('260')
  })

  test.for([
    ['time that was taken out', 'lost: { formula: all_hours - up, per: month }'],
    ['what was left in the period before', 'lost: { previous: cuts, per: month, initially: 0 }'],
  ])('has no ceiling where the price rests on %s', ([, lost]) => {
    const { figures, unbounded } = signed(
      `{ policies: { prorate: no, billed: in-arrears }, facts: { cut: { shape: interval } },
         measures: { up: { time: period, in: hours, except: { facts: cut }, per: month },
           all_hours: { time: period, in: hours, per: month }, cuts: { count: cut, per: month }, ${lost} },
         terms: { idle: { charge: { every: month, measure: lost, rate: 1.00 } } } }`,
    ).ask({ exposure: 'agreement' })
    expect([figures?.['ceiling'], unbounded]).toEqual([undefined, ['idle']])
  })

  test('without a bound names the clauses that set none', () => {
    const { figures, unbounded } = ask({ exposure: 'agreement' })
    expect([figures?.['ceiling'], unbounded]).toEqual([undefined, ['lost']])
  })
})

test('a level tells what was measured, and how much is left to each bound', () => {
  const { figures, derivation } = ask({ level: 'often', in: '2024-03' })
  expect(text(derivation)).toBe('yes')
  const told = Object.entries(figures ?? {}).map(([name, figure]) => `${name} ${text(figure)}`)
  expect(told).toEqual([
    'measured 1',
    'at_least 1',
    'left_to_at_least 0',
    'at_most 3',
    'left_to_at_most 2',
  ])
})

test('duties are open until they are done, and missed once it is too late', () => {
  const states = (at: string) =>
    ask({ duties: 'consumer', at }).duties?.map((duty) => `${duty.clause} ${dutyState(duty)}`)
  expect(states('2024-03-02')).toEqual(['back open'])
  expect(states('2024-03-23')).toEqual(['back missed'])
  expect(ask({ duties: 'provider', at: '2024-03-23' }).duties).toEqual([])
})

test('as data, every part has its words', () => {
  const speaking = { zone: 'Europe/Lisbon', currency: 'EUR', decimals: 2, reasons: [] }
  expect(answerData(ask({ duties: 'both', at: '2024-03-02' }), speaking)).toMatchObject({
    answer: '1',
    duties: [{ clause: 'back', who: 'consumer', due: '2024-03-22T10:00', state: 'open' }],
  })
  expect(answerData(ask({ remedy: 'keeping' }), speaking)).toMatchObject({
    effects: [
      { clause: 'robe_kept', at: '2024-03-20T10:00', sets: { title: 'consumer', right: 'ended' } },
    ],
  })
})

describe('refused by name is', () => {
  test.for<[string, Question, string]>([
    ['fact_not_found', { remedy: 'nothing' }, '/remedy'],
    [
      'fact_unreadable',
      { remedy: 'x', suppose: [{ usd: { at: '2024-05-01' } }] },
      '/suppose/0/usd',
    ],
    ['instant_needed', { change: 'fee' }, '/at'],
    ['instant_needed', { end: 'agreement' }, '/at'],
    ['question_names_nothing', { change: 'visits', at: '2024-05-01' }, '/change'],
    [
      'agreed_value_unreadable',
      { change: 'fee', at: '2024-05-02', agree: { size: '0' } },
      '/agree/size',
    ],
    [
      'agreed_value_unreadable',
      { change: 'fee', at: '2024-05-02', agree: { sise: '6' } },
      '/agree/sise',
    ],
    ['event_not_said', { end: 'agreement', at: '2024-05-02' }, '/on'],
    ['question_names_nothing', { end: 'agreement', at: '2024-05-02', on: 'kept' }, '/on'],
    ['question_names_nothing', { level: 'back', in: '2024-03' }, '/level'],
    ['question_needs_one_scope', { level: 'often', in: '2024' }, '/in'],
    ['period_unreadable', { exposure: 'always' }, '/exposure'],
    ['period_unreadable', { duties: 'both', in: 'soon' }, '/in'],
  ])('%s: %j', ([name, question, pointer]) => {
    expect(refusalOf(question)).toEqual([name, pointer])
  })

  test('an agreement without an end is asked for a period', () => {
    const endless = signed(`{ terms: { fee: { charge: { every: once, amount: 5.00 } } } }`, {
      period: '1900-01-01 to 2999-12-31',
    })
    expect(() =>
      answerQuestion(endless.agreement, [], { exposure: 'agreement', at: '2024-01-01' }),
    ).toThrow(expect.objectContaining({ name: 'period_needed' }))
  })
})

function refusalOf(question: Question): [string, string] | undefined {
  try {
    ask(question)
    return undefined
  } catch (error) {
    if (error instanceof QuestionRefused) return [error.name, error.pointer]
    throw error
  }
}
