import { describe, expect, test } from 'vitest'
import { signed } from '../contract.test-support.ts'

/** How long a duty stood unmet: measured, taken out of another time, and whose it is. */

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

describe('a duty of one beside that of another', () => {
  const made = signed(
    `{ policies: { billed: in-arrears, prorate: no },
       facts: { ticket: { shape: event }, answered: { shape: event }, work: { shape: interval } },
       terms: {
         reply: { duty: { who: consumer, start: ticket, stop: answered, within: 1 hours, clock: always } },
         less: { charge: { every: month, for-each: ticket, measure: own_less, rate: 1.00 } } },
       measures: {
         late: { time: reply, per: month, in: minutes },
         late_again: { formula: late + 0 },
         own_late: { time: reply, about: same, per: month, in: minutes },
         own_late_again: { formula: own_late + 0, per: month },
         left: { time: work, per: month, in: minutes, except: { facts: reply } },
         own_less: { time: work, about: same, per: month, in: minutes, except: { facts: reply } },
         own_less_again: { formula: own_less + 0, per: month } } }`,
    {
      facts: `[ ticket: { about: a, at: 2024-05-01T08:00 }, ticket: { about: b, at: 2024-05-01T08:00 },
        answered: { about: a, at: 2024-05-01T10:00 }, answered: { about: b, at: 2024-05-01T11:30 },
        ticket: { at: 2024-05-01T07:30 }, answered: { at: 2024-05-01T08:45 },
        work: { id: a, about: a, from: 2024-05-01T08:30, to: 2024-05-01T12:00 },
        work: { id: b, about: b, from: 2024-05-01T08:30, to: 2024-05-01T12:00 } ]`,
    },
  )

  // Unmet: of “a” from 9:00 to 10:00, of “b” from 9:00 to 11:30, of nothing from 8:30 to 8:45.
  test.for([
    ['late', '165', '165'],
    ['late_again', '165', '165'],
    ['own_late', '60', '150'],
    ['own_late_again', '60', '150'],
    ['left', '45', '45'],
    ['own_less', '135', '45'],
    ['own_less_again', '135', '45'],
  ] as const)('“%s” is %s for the one and %s for the other', ([value, ofOne, ofOther]) => {
    expect(['a', 'b'].map((id) => made.told({ value, for: id }))).toEqual([ofOne, ofOther])
  })

  test('is told apart in a period as well as for an event', () => {
    const asked = (value: string, about: string) => made.told({ value, in: '2024-05', about })
    expect(['a', 'b'].map((about) => asked('own_late', about))).toEqual(['60', '150'])
    expect(['a', 'b'].map((about) => asked('less', about))).toEqual(['135', '45'])
  })
})
