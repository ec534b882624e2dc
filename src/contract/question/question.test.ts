import { describe, expect, test } from 'vitest'
import { answerKind } from '../answer/answer.ts'
import { answerData } from '../answer/data.ts'
import { signed } from '../contract.test-support.ts'
import { QuestionRefused } from '../question-refused.ts'
import type { Question } from './form.ts'

const gym = signed(
  `{ policies: { prorate: no, billed: in-arrears, ends: at-the-hour }, users: [ member, guest ], tax-categories: { standard: {} },
     facts: { owner: { shape: state, has: { age: number } }, locker_use: { shape: interval } },
     components: [ { access: hall, for: [ member ] }, { access: locker, for: [ member ], serialised: yes }, { good: towel } ],
     agreed: { price: { type: money, default: 30.00 } },
     measures: { visits: { count: used, per: month }, age: { last: owner, value: owner.age }, per_visit: { formula: price / visits, per: month } },
     terms: {
       fee: { charge: { every: month, pays-for: hall, amount: price, tax: standard, waived-when: { any-of: [ { id: youth, if: age <= 17 } ] } } },
       visit: { charge: { each: used, pays-for: hall, amount: 2.00, when: used.quantity > 1 } },
       bonus: { credit: { each: paid, share: 10%, of: fee } },
       pay: { duty: { who: consumer, start: invoiced, stop: paid, within: 14 days } },
       towel_passes: { transition: { of: towel, on: handed_over, title: consumer } },
       locker_taken: { transition: { of: locker, on: kept, title: consumer, custody: consumer, right: ended } },
       closed: { transition: { of: hall, on: pay.missed, right: suspended } },
       open_again: { transition: { of: hall, on: paid, right: restored } },
       busy: { limit: { of: hall, measure: visits, at-most: 3, on: used, if-exceeded: refuse } },
       quiet: { text: { says: No music. } },
       often: { target: { measure: visits, at-least: 2, per: month } } } }`,
  {
    deviations: [{ clause: 'quiet', remove: 'yes' }],
    facts: `
      - owner: { at: 2024-02-01T00:00, age: 40 }
      - used: { id: visit_1, component: hall, at: 2024-03-05T10:00, quantity: 2 }
      - used: { id: visit_2, component: hall, at: 2024-03-06T10:00, quantity: 1 }
      - granted: { about: locker_7, component: locker, at: 2024-03-01T10:00 }
      - kept: { id: keeping, about: locker_7, at: 2024-03-20T10:00 }
      - invoiced: { id: bill_1, about: bill_1, at: 2024-03-31T12:00, amount: 30.00 }
      - paid: { id: paying, about: bill_1, at: 2024-04-20T12:00, amount: 30.00 }`,
  },
)
const { told, ask } = gym

describe('each kind of question is answered', () => {
  test.for<[Question, string, string | undefined]>([
    [{ value: 'price' }, '30', undefined],
    [{ value: 'visits', in: '2024-03' }, '2', undefined],
    [{ value: 'per_visit', in: '2024-03' }, '15', undefined],
    [{ value: 'fee', in: '2024-03' }, '30', 'fee'],
    [{ value: 'fee.youth', in: '2024-03' }, 'no', 'fee'],
    [{ value: 'visit', for: 'visit_1' }, '2', 'visit'],
    [{ value: 'visit', for: 'visit_2' }, 'nothing-due', 'visit'],
    [{ value: 'bonus', for: 'paying' }, '3', 'bonus'],
    [{ value: 'bonus.base', for: 'paying' }, '30', 'bonus'],
    [{ value: 'bonus.share', for: 'paying' }, '0.1', 'bonus'],
    [{ bill: '2024-03' }, '32', undefined],
    [{ bill: '2024-04' }, '27', undefined],
    [{ bill: '2024-Q1', at: '2024-04-01' }, 'unknown', undefined],
    [{ due: 'pay', for: 'bill_1' }, '2024-04-14T12:00', 'pay'],
    [{ met: 'pay', for: 'bill_1' }, 'no', 'pay'],
    [{ met: 'pay', for: 'bill_1', at: '2024-04-01' }, 'unknown', 'pay'],
    [{ met: 'often', in: '2024-03' }, 'yes', 'often'],
    [{ met: 'often', in: '2024-04' }, 'no', 'often'],
    [{ whose: 'locker_7', at: '2024-03-19' }, 'provider', 'locker'],
    [{ whose: 'locker_7', at: '2024-03-21' }, 'consumer', 'locker_taken'],
    [{ whose: 'towel', at: '2024-03-21' }, 'provider', 'towel'],
    [{ may: 'hall', user: 'member', at: '2024-03-07' }, 'yes', 'hall'],
    [{ may: 'hall', user: 'guest', at: '2024-03-07' }, 'no', 'hall'],
    [{ may: 'hall', user: 'member', at: '2023-12-31T23:59' }, 'no', 'agreement_period'],
    [{ may: 'hall', user: 'member', at: '2025-01-01' }, 'no', 'agreement_period'],
    [{ may: 'hall', user: 'member', at: '2024-04-15' }, 'no', 'closed'],
    [{ may: 'hall', user: 'member', at: '2024-04-21' }, 'yes', 'hall'],
    [{ may: 'locker', user: 'member', item: 'locker_7', at: '2025-06-01' }, 'yes', 'locker_taken'],
    [{ may: 'towel', user: 'member', at: '2024-03-07' }, 'no', 'towel'],
    [{ value: 'quiet' }, 'not-agreed', undefined],
  ])('%j is %s by %s', ([question, value, clause]) => {
    expect(told(question)).toBe(value)
    expect(ask(question).clause).toBe(clause)
  })

  test('whose tells title, custody and right, each with its changes', () => {
    const { standing } = ask({ whose: 'locker_7' })
    expect(standing?.title.changes).toMatchObject([
      { to: 'consumer', clause: 'locker_taken', fact: 'keeping' },
    ])
    expect(standing?.right.value.value).toBe('ended')
    expect(standing?.custody.value.value).toBe('consumer')
  })

  test('a line says who pays whom, for what service period or event, in which tax category, and when', () => {
    const [visit, fee] =
      ask({ bill: '2024-03' }).lines?.filter(({ event }) => event?.fact.id !== 'visit_2') ?? []
    expect(visit).toMatchObject({
      clause: 'visit',
      payer: 'consumer',
      payee: 'provider',
      component: 'hall',
    })
    expect(fee).toMatchObject({
      clause: 'fee',
      payer: 'consumer',
      payee: 'provider',
      tax: 'standard',
    })
    expect(fee?.service).toEqual({ start: Date.UTC(2024, 2, 1), end: Date.UTC(2024, 2, 31, 23) })
    const credit = ask({ bill: '2024-04' }).lines?.find(({ clause }) => clause === 'bonus')
    expect(credit).toMatchObject({ payer: 'provider', payee: 'consumer' })
    expect(credit?.posted.value).toMatchObject({ text: '-3' })
  })
})

describe('a charge is asked for a fact', () => {
  const account = signed(
    `{ facts: { posted: { shape: event, has: { amount: money } }, letter: { shape: event } },
       policies: { prorate: no, billed: in-advance },
       terms: {
         paying: { duty: { who: consumer, start: posted, when: posted.amount > 5, stop: paid, within: 1 day, clock: always, ends: with-the-day } },
         late: { charge: { each: paying.missed, amount: 7.00 } },
         direct: { charge: { each: posted, when: posted.amount > 5, amount: 1.00 } },
         fee: { charge: { every: month, amount: 3.00 } } } }`,
    {
      facts: `[ posted: { id: large, about: account, at: 2024-05-02T09:00, amount: 30.00 },
        posted: { id: small, about: account, at: 2024-05-14T10:00, amount: 3.00 },
        letter: { id: l, about: account, at: 2024-05-15T10:00 },
        posted: { id: again, about: account, at: 2024-05-20T09:00, amount: 30.00 },
        paid: { id: too_late, about: account, at: 2024-05-25T09:00 }, paid: { id: another, about: account, at: 2024-05-26T09:00 } ]`,
    },
  )

  test.for<[Question, string]>([
    [{ value: 'late', for: 'large' }, '7'],
    [{ value: 'late', for: 'small' }, 'nothing-due'],
    [{ value: 'late', for: 'l' }, 'nothing-due'],
    // What stopped a deadline is about it, too: this one stopped two.
    [{ value: 'late', for: 'again' }, '7'],
    [{ value: 'late', for: 'too_late' }, '14'],
    [{ value: 'direct', for: 'too_late' }, 'nothing-due'],
    [{ value: 'late', for: 'another' }, 'nothing-due'],
    [{ value: 'direct', for: 'large' }, '1'],
    [{ value: 'direct', for: 'small' }, 'nothing-due'],
    [{ value: 'direct', for: 'l' }, 'nothing-due'],
    [{ value: 'fee', for: 'l' }, '3'],
  ])('%j is %s, whatever was due before for the same subject', ([question, value]) => {
    expect(account.told(question)).toBe(value)
  })
})

describe('an answer is one of four', () => {
  test.for<[Question, string]>([
    [{ value: 'fee', in: '2024-03' }, 'value'],
    [{ value: 'visit', for: 'visit_2' }, 'nothing-due'],
    [{ value: 'quiet' }, 'not-agreed'],
    [{ value: 'fee', in: '2024-01' }, 'unknown'],
  ])('%j is of the kind %s', ([question, kind]) => {
    expect(answerKind(ask(question))).toBe(kind)
  })

  test('an unknown one names what is missing, and makes the sum of a bill unknown', () => {
    const data = answerData(ask({ value: 'fee', in: '2024-01' }), {
      zone: 'Europe/Lisbon',
      currency: 'EUR',
      decimals: 2,
      reasons: [],
    })
    expect(data).toMatchObject({ kind: 'unknown', missing: ['owner'] })
    expect(told({ bill: '2024-01' })).toBe('unknown')
  })

  test('nothing due in a bill is a line of nothing, and no part of the sum', () => {
    const { lines } = ask({ bill: '2024-03' })
    expect(lines?.map(({ clause }) => clause)).toEqual(['visit', 'visit', 'fee'])
    expect(told({ bill: '2024-03' })).toBe('32')
  })
})

describe('a question that cannot be answered is refused by name', () => {
  test.for<[Question, string, string]>([
    [{ value: 'fees', in: '2024-03' }, 'question_names_nothing', '/value'],
    [{ value: 'fee.old_age', in: '2024-03' }, 'question_names_nothing', '/value'],
    [{ value: 'fee', in: 'March' }, 'period_unreadable', '/in'],
    [{ value: 'fee', in: '2024-13' }, 'period_unreadable', '/in'],
    [{ bill: '2024-03-05 to 2024-03-01' }, 'period_unreadable', '/bill'],
    [{ value: 'visit', for: 'visit_9' }, 'fact_not_found', '/for'],
    [{ value: 'visit', for: 'visit_2', at: '2024-03-05' }, 'fact_not_found', '/for'],
    [{ value: 'visit', for: 'visit_1', in: '2024-03' }, 'question_needs_one_scope', ''],
    [{ value: 'visits', in: '2024' }, 'question_needs_one_scope', '/in'],
    [{ met: 'pay' }, 'question_needs_one_scope', ''],
    [{ due: 'payment', for: 'bill_1' }, 'question_names_nothing', '/due'],
    [{ due: 'fee', for: 'bill_1' }, 'question_names_nothing', '/due'],
    [{ met: 'payment', for: 'bill_1' }, 'question_names_nothing', '/met'],
    [{ whose: 'locker_8' }, 'question_names_nothing', '/whose'],
    [{ may: 'hall', user: 'member' }, 'instant_needed', '/at'],
    [{ may: 'hall', user: 'visitor', at: '2024-03-07' }, 'user_undeclared', '/user'],
    [{ may: 'fee', user: 'member', at: '2024-03-07' }, 'question_names_nothing', '/may'],
  ])('%j: %s at “%s”', ([question, name, pointer]) => {
    let refused: unknown
    try {
      ask(question)
    } catch (error) {
      refused = error
    }
    expect(refused).toBeInstanceOf(QuestionRefused)
    expect(refused).toMatchObject({ name, pointer })
  })

  test('an id that no fact has by then, with the instant and the nearest id', () => {
    expect(() => ask({ value: 'visit', for: 'visit_9', at: '2024-03-31' })).toThrow(
      /^No fact that has happened by 31 March 2024, 00:00 has the id “visit_9”. Did you mean “visit_\d”\?$/,
    )
  })
})

describe('final', () => {
  test.for<[Question, boolean]>([
    [{ value: 'fee', in: '2024-03', at: '2024-03-31' }, false],
    [{ value: 'fee', in: '2024-03', at: '2024-04-01' }, true],
    [{ bill: '2024-03', at: '2024-03-31' }, false],
    [{ bill: '2024-03', at: '2024-04-01' }, true],
    [{ met: 'pay', for: 'bill_1', at: '2024-04-01' }, false],
    [{ met: 'pay', for: 'bill_1', at: '2024-05-01' }, true],
    [{ met: 'often', in: '2024-03', at: '2024-03-20' }, false],
    [{ met: 'often', in: '2024-03', at: '2024-04-01' }, true],
  ])('%j: %s', ([question, final]) => {
    expect(ask(question).final).toBe(final)
  })
})
