import type { Period } from '../../kernel/time.ts'
import { clipped } from '../../kernel/time.ts'
import type { Revision } from '../agreement/revision.ts'
import { suchAs } from '../period/asked.ts'
import { grain } from '../period/order.ts'
import { type Frame, type PeriodRule, periodsWithin } from '../period/period.ts'
import { QuestionRefused } from '../question-refused.ts'
import type { Asking } from '../scope.ts'
import { targetWords } from './named.ts'

/** The periods of a level of which some lies in the agreement and in the period that is asked about. */
export function* levelPeriods(rule: PeriodRule, period: Period, frame: Frame): Generator<Period> {
  const asked = clipped(period, frame.agreed)
  const grid = rule.is === 'so-far' ? rule.of : rule
  if (!asked) return
  // What looks back from the end of a period has one value for it, however long it looks back.
  if (grain(grid) === undefined) yield asked
  else yield* periodsWithin(grid, asked, frame)
}

/** A level holds in each of its periods, as a deadline may start with each: of several answers none is meant. */
export function refuseSeveral(
  clause: string,
  revision: Revision,
  { period, asking }: { readonly period: Period; readonly asking: Asking },
): void {
  const { holdsIn, begins } = revision.contract.promises.get(clause) ?? {}
  const rule = holdsIn ?? begins?.rule
  if (!rule) return
  const [own, next] = levelPeriods(rule, period, asking.frame)
  const each = holdsIn
    ? `holds in each ${targetWords(revision, clause)?.per}`
    : `starts with each ${begins?.name}`
  if (!own || !next) return
  const { agreed, zone } = asking.frame
  // What the agreement cuts at its start is one, and no good example.
  const whole = own.start < agreed.start ? next : own
  throw new QuestionRefused(
    'question_needs_one_scope',
    '/in',
    `“${clause}” ${each}: ${suchAs(whole, zone)}.`,
  )
}
