import { Exact } from '../../../kernel/exact.ts'
import type { Instant } from '../../../kernel/time.ts'
import { countedBy } from '../../agreement/running.ts'
import type { Compiling } from '../../compiling.ts'
import { namesRead } from '../../demand.ts'
import { type Derivation, derive, type Input, leaf, roundedBy } from '../../derivation.ts'
import { checkPairedSame } from '../../fact/alike.ts'
import { compileExpression } from '../../formula/expression.ts'
import {
  aboveZero,
  constantOf,
  inRange,
  type RangePlace,
  refuseOutside,
  zeroOrMore,
} from '../../formula/range.ts'
import type { PostingWords } from '../../language/posting.ts'
import type { Range } from '../../operation/price.ts'
import type { PeriodRule } from '../../period/period.ts'
import { isCoarse } from '../../price/rounding.ts'
import { stage } from '../../price/stage.ts'
import type { Asking, Compiled, Happening, Line, Read, Scope } from '../../scope.ts'
import { money, plainNumber, type Type } from '../../type.ts'
import { changesOf } from './basis.ts'
import type { PostingTold } from './check.ts'
import { type LimitRule, limitRule, sumBefore, type Together } from './together.ts'

type Limit = NonNullable<PostingWords['limit']>
export type Limiting = {
  /** Periods that follow each other, where they do. */
  readonly rule: PeriodRule | undefined
  readonly compiled: readonly Compiled[]
  /** When an agreed value that it reads changes. */
  readonly changes: (zone: string) => readonly Instant[]
  /** What is still due of an amount, after what came before it in the same period. */
  readonly limited: (scope: Scope, event: Happening, amount: Derivation) => Derivation
}

/**
 * Only the first so many of a period are due, or together at most so much. It is decided in the line itself, so that one
 * asked for alone is what its bill says.
 */
export function compileLimiting(
  words: PostingWords,
  told: PostingTold,
  compiling: Compiling,
): Limiting | undefined {
  const { limit, each } = words
  if (!limit) return undefined
  const path = [...told.path, 'limit']
  if (each === undefined)
    compiling.faults.add(
      'word_without_effect',
      path,
      `“limit” counts events: a charge for a period is due once in it; say “maximum”.${ofSeveral(limit, told)}`,
    )
  if (limit.times === undefined && limit.amount === undefined)
    compiling.faults.add('word_missing', path, 'Say “times:” or “amount:”, or both.')
  checkPairedSame(limit, each === undefined ? [] : [each], compiling, path)
  const rule = limitRule(limit.per, compiling, [...path, 'per'])
  const ranged = (word: 'times' | 'amount', expected: Type, numbers: Pick<Range, 'isWhole'>) => {
    const place = { path: [...path, word], clause: told.id, expected }
    const compiled = compileExpression(limit[word], compiling, place)
    return compiled && limitInRange(compiled, numbers, { faults: compiling.faults, ...place })
  }
  const times = ranged('times', plainNumber, { isWhole: true })
  const amount = ranged('amount', money, {})
  const rounded = roundings(words, compiling)
  const compiled = [times, amount].filter((one) => one !== undefined)
  const isOfEvent =
    rule?.is === 'past' ||
    compiled.some(({ reads }) => reads.some((read) => differs(read, compiling)))
  const making = { limit, rule, told, each: each ?? '', isOfEvent, currency: compiling.currency }
  return {
    rule: rule?.is === 'past' || rule?.is === 'opened' ? undefined : rule,
    compiled,
    changes: (zone) => changesOf(namesRead(compiled), compiling, zone),
    limited: (scope, event, due) =>
      limitedAmount(due, {
        scope,
        event,
        times,
        amount,
        ...making,
        rounded,
      }),
  }
}

/** Whether it may be another for each event; an agreed value changes at its dates alone. */
const differs = ({ name, attribute }: Read, { names }: Compiling) =>
  attribute !== undefined || names.find(name)?.sort !== 'agreed'

/** Of the lines of several periods what is above a sum is given back. */
const ofSeveral = ({ amount, per }: Limit, { id, kind }: PostingTold) =>
  amount === undefined || kind === 'credit'
    ? ''
    : ` At most ${amount} for all of them in each ${per} is a credit of what is above: “{ credit: { per: ${per}, measure: ${id}, included: ${amount}, rate: 100% } }”.`

/** A limit of nothing is never written down; one that was agreed to be nothing, or is used up, holds. */
function limitInRange(
  compiled: Compiled,
  numbers: Pick<Range, 'isWhole'>,
  told: RangePlace,
): Compiled {
  const constant = constantOf(compiled)
  if (constant === undefined) return inRange(compiled, { ...zeroOrMore, ...numbers }, told)
  refuseOutside(constant, { ...aboveZero, ...numbers }, told)
  return compiled
}

/** What is left of a limit is rounded as the line is; in coarse steps it would be more than that, and so the limit is. */
function roundings(words: PostingWords, compiling: Compiling): Roundings {
  const { rounding } = compiling
  return isCoarse(words, compiling) ? { limit: rounding } : { line: words.rounded ?? rounding }
}
type Roundings = Readonly<Partial<Record<'limit' | 'line', Compiling['rounding']>>>

type Making = {
  readonly scope: Scope
  readonly event: Happening
  readonly times: Compiled | undefined
  readonly amount: Compiled | undefined
  readonly limit: Limit
  readonly rule: LimitRule | undefined
  readonly told: PostingTold
  readonly each: string
  /** The limit of each event may be another, or of another time. */
  readonly isOfEvent: boolean
  readonly currency: string
  readonly rounded: Roundings
}

function limitedAmount(due: Derivation, making: Making): Derivation {
  const { scope, event, times, amount, told, currency, rounded } = making
  const said = { clause: told.id, unit: currency }
  const before = (what: 'times' | 'amount') =>
    beforeIt(scope.asking, event, { making, what }) ?? leaf(Exact.zero)
  const leaves = (is: Derivation): Input => ({ as: 'limit', is, role: 'limit' })
  let found = due
  if (times) {
    const inputs: Input[] = [
      { as: 'charged before', is: before('times'), role: 'due before' },
      { as: 'limit', is: times.evaluate(scope) },
    ]
    const isWithin = leaves(derive('below', inputs, undefined, { clause: told.id }))
    found = derive('when', [isWithin, { as: 'amount', is: found }], undefined, said)
  }
  if (amount) {
    const most = roundedBy(rounded.limit, amount.evaluate(scope), said)
    const left = stage('less', ['limit', most], ['charged before', before('amount')], said)
    const isLeft = [
      { as: 'left', is: left },
      { as: 'nothing', is: leaf(Exact.zero) },
    ]
    const capped = stage('capped', ['amount', found], ['left', left], said)
    const exact = roundedBy(rounded.line, capped, said)
    const holds = leaves(derive('above', isLeft, undefined, { clause: told.id }))
    found = derive('when', [holds, { as: 'amount', is: exact }], undefined, said)
  }
  return found
}

/**
 * What would have been due before it. The first so many of what would have been due are the first so many of what is,
 * so that no line has to rest on the limited line before it. Of what had another limit, agreed until then or of its own, it is what was due.
 */
function beforeIt(
  asking: Asking,
  event: Happening,
  { making, what }: { making: Making; what: 'times' | 'amount' },
): Derivation | undefined {
  const { rule, told, each, isOfEvent, currency, limit } = making
  const by = limit['paired-by']
  if (!rule) return undefined
  const limits = limitsOf(asking, told.id)
  const whichOf = ({ at }: Happening) => limits.findLastIndex((from) => from <= at)
  const which = whichOf(event)
  const together: Together = {
    key: `before ${told.id} ${what} ${which}`,
    rule,
    each,
    ...countedBy(told),
    ...(what === 'amount' && { unit: currency }),
    ...(limit.about && { same: by === undefined ? {} : { by } }),
    input: (earlier) => {
      const isOfSame = !isOfEvent && whichOf(earlier) === which
      const before = isOfSame ? asking.unlimited : asking.limited
      const line: Line | undefined = before(told.id, earlier)
      if (!line) return undefined
      const is =
        what === 'amount'
          ? line.amount
          : derive('charged', [{ as: 'amount', is: line.amount }], undefined, { clause: told.id })
      return { as: earlier.fact.id, is }
    },
  }
  return sumBefore(asking, event, together)
}

/** From when on each of its limits is agreed. */
const limitsOf = (asking: Asking, clause: string): readonly Instant[] =>
  asking.once(`limits of ${clause}`, () =>
    asking
      .postings(clause)
      .flatMap(({ posting, governs }) => [
        governs.start,
        ...(posting.limitChanges?.(asking.frame.zone) ?? []),
      ])
      .sort((left, right) => left - right),
  )
