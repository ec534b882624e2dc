import { describe, expect, test } from 'vitest'
import { checkOffering } from '../agreement/agreement.ts'
import { offering, signed } from '../contract.test-support.ts'

const slots = `fee: money, price: money, hours_used: { number: hours }, minutes_used: { number: minutes },
  count_of_them: number, gold: truth, plan: [ basic, plus ], size: [ small, large ], day_out: date, name: text, wait: duration`

/** The faults of one formula over agreed values of every type, and over a trip at hand. */
function faultsIn(formula: string): string[] {
  const words =
    offering(`{ agreed: { ${slots} }, facts: { trip: { shape: interval, has: { miles: { number: miles } } } },
    measures: { found: { formula: '${formula.replaceAll("'", "''")}' } },
    terms: { one: { charge: { each: trip, amount: 1.00, when: 'trip.miles > 0' } } } }`)
  return [...new Set(checkOffering(words).faults.map(({ name }) => name))]
}

describe('types', () => {
  test.for([
    ['fee * count_of_them', []],
    ['fee * 2', []],
    ['2 * fee', []],
    ['fee / 2', []],
    ['fee / price', []],
    ['fee / price > 0.5', []],
    ['fee + price', []],
    ['fee + 5.00', []],
    ['fee >= 500', []],
    ['-fee', []],
    ['min(fee, price, 5)', []],
    ['rounded(fee, 0.05)', []],
    ['hours_used / hours_used', []],
    ['hours_used * fee', []],
    ['plan == "plus"', []],
    ['plan in ["basic", "plus"]', []],
    ['day_out < agreement_end', []],
    ['day_out == "2024-05-30"', []],
    ['gold && !gold || fee > 1', []],
    ['gold ? fee : price', []],
    ['days(21 + 21 * count_of_them)', []],
    ['name == "Ana"', []],
    ['trip.minute_of_day - 1080', []],
    ['max(0, trip.minute_of_day - 1080) > 10', []],
    ['trip.minute_of_day - 1080 + minutes_used', []],
    ['trip.minute_of_day > 1080 && trip.minute_of_day < "19:30"', []],
    ['trip.minute_of_day < trip.time', []],
    ['trip.minute_of_day - 1080 < "18:00"', ['types_do_not_fit']],
    ['trip.time - 1080', ['units_do_not_fit']],
    ['trip.time > 1080', ['types_do_not_fit']],
    ['fee * price', ['units_do_not_fit']],
    ['fee + hours_used', ['units_do_not_fit']],
    ['hours_used + minutes_used', ['units_do_not_fit']],
    ['hours_used < minutes_used', ['units_do_not_fit']],
    ['count_of_them / fee', ['units_do_not_fit']],
    ['min(hours_used, minutes_used)', ['units_do_not_fit']],
    ['fee + gold', ['types_do_not_fit']],
    ['fee && gold', ['types_do_not_fit']],
    ['!fee', ['types_do_not_fit']],
    ['-plan', ['types_do_not_fit']],
    ['fee == plan', ['types_do_not_fit']],
    ['plan > "basic"', ['types_do_not_fit']],
    ['gold < gold', ['types_do_not_fit']],
    ['gold ? fee : plan', ['types_do_not_fit']],
    ['fee ? 1 : 2', ['types_do_not_fit']],
    ['min(plan, size)', ['types_do_not_fit']],
    ['min(fee)', ['types_do_not_fit']],
    ['day_out + 1', ['types_do_not_fit']],
    ['day_out == "tomorrow"', ['types_do_not_fit']],
    ['plan + "x"', ['types_do_not_fit']],
    ['hours_used > minutes(5)', ['types_do_not_fit']],
    ['plan == "pluss"', ['choice_unknown']],
    ['plan in ["basic", "pluss"]', ['choice_unknown']],
    ['trip == 1', ['types_do_not_fit']],
    ['fe * 2', ['name_unknown']],
    ['trip.km > 1', ['attribute_undeclared']],
    ['ride.km > 1', ['fact_undeclared']],
    ['fee % 2', ['formula_broken']],
    ['fee.size()', ['formula_broken']],
    ['[1, 2]', ['formula_cut_by_yaml']],
    ['1 in 2', ['formula_broken']],
    ['1 +', ['formula_broken']],
    ['sqrt(fee)', ['formula_broken']],
  ] as const)('%s → %j', ([formula, names]) => {
    expect(faultsIn(formula)).toEqual(names)
  })

  test.for(['plan == size', 'size == plan', '"basic" == size'])(
    '%s can never hold: the two choices share no word',
    (formula) => {
      expect(faultsIn(formula)).not.toEqual([])
    },
  )
})

describe('values', () => {
  const { told } = signed(
    `{ agreed: { fee: { type: money, default: 10.00 }, count_of_them: { type: number, default: 3 }, gold: { type: truth, default: yes }, day_out: { type: date, default: 2024-05-30 } },
       facts: { checked_out: { shape: event } },
       measures: { ${[
         'third: { formula: fee / count_of_them }',
         'thirds: { formula: fee / count_of_them * count_of_them }',
         'tenths: { formula: 0.1 + 0.2 }',
         'ratio: { formula: 1 / 3 * 3 }',
         'order_one: { formula: 2 + 3 * 4 }',
         'order_two: { formula: "(2 + 3) * 4" }',
         'order_three: { formula: 20 - 5 - 5 }',
         'order_four: { formula: 20 / 5 / 2 }',
         'order_five: { formula: "!gold || gold && 1 > 2" }',
         'order_six: { formula: -fee + 20 }',
         'smaller: { formula: "min(fee, 5)" }',
         'whole_part: { formula: whole(-0.5) }',
         'started_part: { formula: started(2.01) }',
         'to_five: { formula: "rounded(2.525, 0.05)" }',
         'chosen: { formula: "gold ? 1 : 2" }',
         'later: { formula: day_out > "2024-05-29" }',
         'one_of: { formula: "count_of_them in [1, 2, 3]" }',
         'nothing: { formula: fee / (count_of_them - 3) }',
         'late: { formula: checked_out.time > "12:00" }',
         'on_thursday: { formula: checked_out.weekday == "thu" }',
         'that_day: { formula: checked_out.date == day_out }',
       ].join(', ')} } }`,
    { facts: '[ checked_out: { id: out, at: 2024-05-30T12:00:30 } ]' },
  )
  test.for<[string, string]>([
    ['third', '10/3'],
    ['thirds', '10'],
    ['tenths', '0.3'],
    ['ratio', '1'],
    ['order_one', '14'],
    ['order_two', '20'],
    ['order_three', '10'],
    ['order_four', '2'],
    ['order_five', 'no'],
    ['order_six', '10'],
    ['smaller', '5'],
    ['whole_part', '-1'],
    ['started_part', '3'],
    ['to_five', '2.55'],
    ['chosen', '1'],
    ['later', 'yes'],
    ['one_of', 'yes'],
    ['nothing', 'unknown'],
  ])('%s is exactly %s', ([name, value]) => {
    expect(told({ value: name, in: '2024-05' })).toBe(value)
  })
  test.for<[string, string]>([
    ['late', 'yes'],
    ['on_thursday', 'yes'],
    ['that_day', 'yes'],
  ])('%s of the event is %s', ([name, value]) => {
    expect(told({ value: name, for: 'out' })).toBe(value)
  })
})
