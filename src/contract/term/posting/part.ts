import type { Exact } from '../../../kernel/exact.ts'
import { type Instant, local, type Period, startOfDay } from '../../../kernel/time.ts'
import type { Compiling } from '../../compiling.ts'
import { type Derivation, derive, inUnitOf } from '../../derivation.ts'
import type { PostingWords } from '../../language/posting.ts'
import { type ChangeDay, daysOf } from '../../operation/time.ts'
import type { PeriodRule } from '../../period/period.ts'
import type { Asking } from '../../scope.ts'
import type { PeriodPolicies } from './change.ts'
import type { PostingTold } from './check.ts'
import type { Covered } from './covered.ts'
import { isShareOfLines } from './metered.ts'

/** What a part of a period costs of what the whole does, and how its days are counted. */

type Convention = {
  readonly by: 'days' | 'time'
  readonly days?: Exact
  readonly counted?: 'actual' | '30/360'
}

/** How the parts of a period are counted; by days where nothing says so, for what needs no part. */
export function convention(prorate: PostingWords['prorate']): Convention {
  if (prorate === undefined || prorate === 'no') return { by: 'days' }
  const counted = prorate['days-counted']
  return {
    by: prorate.by,
    ...(prorate.of !== 'actual' && { days: prorate.of }),
    ...(counted && { counted }),
  }
}

/** Whose the day of a change is; what is counted by its time has no such day. */
export const changeDayOf = (prorate: PostingWords['prorate']): ChangeDay =>
  prorate === undefined || prorate === 'no' || prorate.by === 'time'
    ? undefined
    : prorate['change-day']

type Parting = {
  readonly prorate: PostingWords['prorate']
  readonly whole: Period
  readonly zone: string
  readonly clause: string
}

/** Its share of the price, or so many times the price of a day, where that is rounded first. */
export function partOfPrice(
  amount: Derivation,
  share: Derivation,
  { prorate, whole, zone, clause }: Parting,
): Derivation {
  const inputs = [
    { as: 'amount', is: amount },
    { as: 'share of the period', is: share },
  ]
  const rounded = prorate === undefined || prorate === 'no' ? undefined : prorate.rounded
  if (!rounded) return derive('times', inputs, undefined, { clause })
  const { days = daysOf(whole, zone, convention(prorate).counted) } = convention(prorate)
  const said = { clause, ...inUnitOf(amount) }
  return derive('by-the-day', inputs, { days, ...rounded }, said)
}

/** From when on the rest of a period counts that a change cuts: where its day is of the old price, from the next one on. */
export function restBegins(
  at: Instant,
  { prorate, zone }: Pick<Parting, 'prorate' | 'zone'>,
): Instant {
  return changeDayOf(prorate) === 'old'
    ? startOfDay(local(at, zone).toPlainDate().add({ days: 1 }), zone)
    : at
}

type Parted = {
  readonly words: PostingWords
  readonly told: PostingTold
  readonly compiling: Compiling
  readonly rule: PeriodRule | undefined
  readonly policies: PeriodPolicies
}

/** What the price of a part of a period is of that of the whole; undefined where it is the same. */
export function partOfPeriod(
  { words, told, compiling, rule, policies }: Parted,
  { covered, between }: Covered['part'],
  { whole, asking }: { readonly whole: Period; readonly asking: Asking },
): ((amount: Derivation) => Derivation) | undefined {
  const { zone } = asking.frame
  const clause = told.id
  // A credit follows its base, which was prorated already; so does a charge, unless it says otherwise itself.
  const follows =
    told.kind === 'credit' ||
    (words.prorate === undefined && isShareOfLines(words, compiling.names))
  const prorate = follows ? undefined : policies.prorate
  if (!rule || prorate === undefined || prorate === 'no') return undefined
  const changeDay = changeDayOf(prorate)
  const settings = { covered, whole, zone, ...convention(prorate), ...(changeDay && { changeDay }) }
  const share = derive('covered', between, settings, { clause })
  return (amount) => partOfPrice(amount, share, { prorate, whole, zone, clause })
}
