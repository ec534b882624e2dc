import { Exact } from '../../../kernel/exact.ts'
import {
  beginningOfTime,
  clipped,
  Length,
  type Period,
  parseDate,
  startOfDay,
  within,
} from '../../../kernel/time.ts'
import type { Compiling } from '../../compiling.ts'
import { demandCompiled, namesRead } from '../../demand.ts'
import { type Derivation, derive, type Input, leaf, onlyIf, roundedBy } from '../../derivation.ts'
import { compileExpression } from '../../formula/expression.ts'
import { refuseMisordered } from '../../formula/range.ts'
import type { PostingWords } from '../../language/posting.ts'
import { soFar } from '../../measure/previous.ts'
import { grain } from '../../period/order.ts'
import { type PeriodRule, periodAround } from '../../period/period.ts'
import { isShareOfBound } from '../../price/parts.ts'
import type { Price } from '../../price/price.ts'
import { isCoarse } from '../../price/rounding.ts'
import type { Asking, Compiled, Scope } from '../../scope.ts'
import { joined, money } from '../../type.ts'
import { leftOut } from '../../value.ts'
import type { Bounds } from './bounds.ts'
import type { PostingTold } from './check.ts'

type Rise = NonNullable<PostingWords['rise']>
type Told = {
  readonly words: PostingWords
  readonly told: PostingTold
  readonly rule: PeriodRule | undefined
  readonly bounds: Bounds
  readonly compiling: Compiling
}

/**
 * A price that may not rise, or fall, by more than so much against an earlier period: what a whole one cost then, as it
 * was rounded, whatever was taken off it and however much of it was due.
 */
export function withRise(price: Price, given: Told): Price {
  const { words, told, rule, compiling } = given
  const { rise } = words
  if (!rise) return price
  checkRise(rise, given)
  const [most, least] = [compiled('at-most', given), compiled('at-least', given)]
  refuseMisordered([least, most], ['at-least', 'at-most'], {
    faults: compiling.faults,
    path: [...told.path, 'rise'],
  })
  const all = [most, least].filter((one) => one !== undefined)
  const { rounded } = words
  // No price is rounded to more than this: without a maximum only how far it may rise holds it.
  const roundedUp =
    rounded && isCoarse(words, compiling)
      ? (is: Derivation) => roundedBy({ to: rounded.to, mode: 'up' }, is)
      : undefined
  const bound = (
    word: 'at most' | 'at least',
    by: Compiled | undefined,
    before: Input,
    scope: Scope,
  ): Input[] =>
    by ? [{ as: word, is: raised(before, by, { scope, given }), role: 'bound by rise' }] : []
  return {
    ...price,
    reads: [...price.reads, ...namesRead(all)],
    demand: (place, report) => {
      price.demand(place, report)
      demandCompiled(all, place, compiling.names, report)
    },
    evaluate: (scope, more) =>
      price.evaluate(scope, {
        ...more,
        bounded: (price) => {
          const is = rule && earlierPrice(rule, scope, given)
          if (!is || is.value === leftOut) return price
          const before: Input = { as: 'before', is, role: 'earlier price' }
          const said = { clause: told.id, unit: compiling.currency }
          const lower = bound('at least', least, before, scope)
          const upper = bound('at most', most, before, scope)
          const atLeast = (one: Derivation) => {
            const inputs = [{ as: 'price', is: one }, ...lower]
            if (lower.length === 0) return one
            return derive('largest', inputs, { of: told.id }, said)
          }
          const atMost = (one: Derivation) => {
            const inputs = [{ as: 'price', is: one }, ...upper]
            if (upper.length === 0) return one
            return derive('smallest', inputs, { of: told.id }, said)
          }
          const held = atLeast(price.amount)
          const above = price.most ? atLeast(price.most) : roundedUp?.(held)
          return { amount: atMost(held), most: above && atMost(above) }
        },
      }),
  }
}

/** A percentage of what it was, or an amount, on top of it. */
function raised(
  before: Input,
  by: Compiled,
  { scope, given }: { scope: Scope; given: Told },
): Derivation {
  const said = { clause: given.told.id, unit: given.compiling.currency }
  const rise = by.evaluate(scope)
  if (joined(by.type, money))
    return derive('plus', [before, { as: 'rise', is: rise }], undefined, said)
  const share = [
    { as: 'all of it', is: leaf(Exact.one) },
    { as: 'rise', is: rise },
  ]
  const raisedBy = [before, { as: 'with the rise', is: derive('plus', share) }]
  const wasDue = [before, { as: 'nothing', is: leaf(Exact.zero) }]
  // Over nothing a percentage is nothing: what was once not used could never be charged again.
  return onlyIf(derive('above', wasDue), derive('times', raisedBy, undefined, said))
}

function earlierPrice(rule: PeriodRule, scope: Scope, given: Told): Derivation | undefined {
  const { asking, period } = scope
  const before = period && comparedWith(rule, period, { asking, over: given.words.rise?.over })
  if (!before) return undefined
  const { told, compiling } = given
  const of = { asking, before, name: told.id, names: compiling.names }
  return soFar(`rise ${told.id}`, rule, of, (one) => priceIn(one, asking, given))
}

/** The period before, or the one that lies so long before; none where the agreement had not begun. */
function comparedWith(
  rule: PeriodRule,
  { start, end }: Period,
  { asking: { frame }, over }: { asking: Asking; over: string | undefined },
): Period | undefined {
  const current = periodAround(rule, Math.max(start, Math.min(frame.agreed.start, end - 1)), frame)
  if (!current || frame.agreed.start === beginningOfTime) return undefined
  const length = over === undefined ? undefined : Length.parse(over)
  const at = length?.before(current.start, frame.zone) ?? current.start - 1
  const before = periodAround(rule, Math.min(at, current.start - 1), frame)
  return before && before.end > frame.agreed.start ? before : undefined
}

/** What a whole period cost by the revision that governs it; left out where the charge did not run yet. */
function priceIn(period: Period, asking: Asking, { words, told, bounds }: Told): Derivation {
  const none = leaf(leftOut)
  const running = bounds.running(asking)
  const service = running && clipped(period, running)
  const from = words.from === undefined ? undefined : parseDate(words.from)
  if (!service || (from && service.start < startOfDay(from, asking.frame.zone))) return none
  if (!bounds.within(asking, service).covered) return none
  const own = asking.postings(told.id).find(({ governs }) => within(service.start, governs))
  return own?.posting.period?.undiscounted(asking, { service, agreedAt: service.start }) ?? none
}

function compiled(
  word: 'at-most' | 'at-least',
  { words, told, compiling }: Told,
): Compiled | undefined {
  const text = words.rise?.[word]
  const path = [...told.path, 'rise', word]
  const found = compileExpression(text, compiling, { path, clause: told.id })
  if (text !== undefined && found) isShareOfBound(text, found, { faults: compiling.faults, path })
  return found
}

function checkRise(rise: Rise, { words, told, rule, compiling: { faults } }: Told): void {
  const path = [...told.path, 'rise']
  if (!rule)
    faults.add(
      'word_without_effect',
      path,
      '“rise” compares one period with an earlier one: it changes nothing without a period in “every”.',
    )
  if (rise['at-most'] === undefined && rise['at-least'] === undefined)
    faults.add('word_missing', path, 'Say “at-most:” or “at-least:”, or both.')
  if (words['true-up'])
    faults.add(
      'words_exclude_each_other',
      path,
      'What is missing to an amount has no price that could rise: “true-up” and “rise” cannot stand together.',
    )
  if (rise.over === undefined) return
  const over = Length.parse(rise.over)
  const days = over?.count.times(Exact.whole(daysAtMost[over.unit] ?? 0))
  if (!days || (rule && days.compare(grain(rule) ?? Exact.zero) < 0))
    faults.add(
      'value_misshapen',
      [...path, 'over'],
      `“${rise.over}” is no length of at least one ${words.every ?? 'period'}: say how long before, such as 1 year.`,
    )
}

const daysAtMost: Readonly<Record<string, number>> = { days: 1, weeks: 7, months: 31, years: 366 }
