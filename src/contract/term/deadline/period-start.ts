import { Exact } from '../../../kernel/exact.ts'
import {
  dayMinutes,
  Length,
  local,
  type Period,
  parseDate,
  startOfDay,
} from '../../../kernel/time.ts'
import type { Agreement } from '../../agreement/revision.ts'
import type { Compiling } from '../../compiling.ts'
import { leaf } from '../../derivation.ts'
import type { Path } from '../../document/fault.ts'
import { isEvent } from '../../happening.ts'
import type { TargetWords } from '../../language/term.ts'
import { nearName } from '../../near-name.ts'
import { countedOn } from '../../period/counted.ts'
import { grain } from '../../period/order.ts'
import {
  countedFrom,
  type Frame,
  type PeriodRule,
  periodAround,
  periodsWithin,
} from '../../period/period.ts'
import { nearPeriod } from '../../period/rule.ts'
import { isUnreadable, parsePeriodRule } from '../../period/words.ts'
import type { Asking, Happening } from '../../scope.ts'

/** What a promise starts with where no fact starts it: the agreement, or each of its periods. */
export function startingPeriod(
  { start }: Pick<TargetWords, 'start'>,
  compiling: Compiling,
  path: Path,
): PeriodRule | undefined {
  if (start === undefined || isEvent(start, compiling.names)) return undefined
  const rule = parsePeriodRule(start, compiling.periods)
  return rule && countedOn(rule, compiling, [...path, 'start'])
}

/** One for each period that begins while the agreement runs and has begun by then: a period that it cuts begins none. */
export function begunIn(name: string, rule: PeriodRule, asking: Asking): readonly Happening[] {
  const { frame, asOf } = asking
  const { start, end } = frame.agreed
  if (asOf < start) return []
  const range = { start, end: Math.min(end, asOf + 1) }
  return asking.once(`begun ${name}`, () =>
    [...periodsWithin(rule, range, frame)]
      .filter((period) => period.start >= start)
      .map((period): Happening => {
        const at = period.start
        const id = nameOf(name, period, frame)
        const stand = { id, kind: name, shape: 'event', recorded: at, values: {} } as const
        const isOwn = rule.is === 'agreement' || rule.is === 'agreement-step'
        const instant = leaf(at, isOwn ? { clause: 'agreement_period' } : {})
        return { kind: name, at, fact: { ...stand, at, begins: { ...period, rule } }, instant }
      }),
  )
}

const nameOf = (name: string, { start }: Period, { zone }: Frame) =>
  `${name} of ${local(start, zone).toPlainDate()}`

/** The period that a line or a duty names as what began it, where a promise starts with it. */
export function periodNamed(id: string, { revisions, frame }: Agreement): Period | undefined {
  const day = parseDate(id.slice(-10))
  const starts = revisions.flatMap(({ contract }) =>
    [...contract.promises.values()].flatMap(({ begins }) => begins ?? []),
  )
  if (!day) return undefined
  const at = startOfDay(day.add({ days: 1 }), frame.zone) - 1
  const found = starts.flatMap(({ name, rule }) => {
    const period = periodAround(rule, at, frame)
    return period && nameOf(name, period, frame) === id ? [period] : []
  })
  return found[0]
}

/** Words that need a fact at the start, or that tell which period something was done for. */
export function checkStart(words: TargetWords, path: Path, compiling: Compiling): void {
  const { start, stop, concerning } = words
  const { faults, names } = compiling
  const rule = startingPeriod(words, compiling, path)
  if (concerning !== undefined && (stop === undefined || rule?.is === 'agreement'))
    faults.add(
      'word_without_effect',
      [...path, 'concerning'],
      '“concerning” tells for which of several starts something was done: it changes nothing without “stop”, and where the agreement starts it, once.',
    )
  if (start === undefined || isEvent(start, names)) return
  if (isUnreadable(start, compiling.periods)) return
  // What it is counted from by a name is said where that is looked up.
  if (!rule && parsePeriodRule(start, compiling.periods)) return
  if (!rule)
    faults.add(
      'fact_undeclared',
      [...path, 'start'],
      `“${start}” is no kind of fact, no term that makes events, and no period.${nearName(start, names, ['event', 'period']) || nearPeriod(start, compiling)}`,
    )
  else checkPeriod(words, rule, { path, compiling })
}

function checkPeriod(
  words: TargetWords,
  rule: PeriodRule,
  { path, compiling: { faults, periods } }: { path: Path; compiling: Compiling },
): void {
  const { start, stop, concerning, by } = words
  if ((grain(rule) ?? Exact.zero).compare(Exact.one) < 0)
    faults.add(
      'period_unknown',
      [...path, 'start'],
      `“${start}” begins at no time of its own, or several times a day: say agreement, day, week, month, agreement-month, month from 10 or the like.`,
    )
  const from = countedFrom(rule)
  if (from !== undefined)
    faults.add(
      'period_unknown',
      [...path, 'start'],
      `Which periods there are from “${from}” on is known when it has happened: say “start: ${from}”, or a period of the calendar or of the agreement.`,
    )
  if (words['paired-by'] !== undefined)
    faults.add(
      'word_without_effect',
      [...path, 'paired-by'],
      `A period has no attribute to share: ${stop === undefined ? 'leave it out.' : `say “concerning:” what in “${stop}” names the period.`}`,
    )
  if (by?.cutoff !== undefined)
    faults.add(
      'word_without_effect',
      [...path, 'by', 'cutoff'],
      'A period begins with its day: “cutoff” changes nothing.',
    )
  if (stop !== undefined && concerning === undefined && outlasts(words, rule, periods))
    faults.add(
      'policy_unsaid',
      path,
      `The time for one ${start} is not up when the next begins: say “concerning:” the date in “${stop}” that tells for which it is.`,
    )
}

/** Whether what is written shows that one deadline runs into the next period. */
function outlasts(
  { within, by }: TargetWords,
  rule: PeriodRule,
  periods: Compiling['periods'],
): boolean {
  const own = grain(rule)
  if (rule.is === 'agreement' || !own) return false
  const end = by?.['end-of'] === undefined ? undefined : parsePeriodRule(by['end-of'], periods)
  if (end) {
    const later = (by?.after ?? 0) > 0 || by?.['after-it'] !== undefined
    return later || (grain(end) ?? own).compare(own) > 0
  }
  const length = within === undefined ? undefined : Length.parse(within)
  return length !== undefined && daysOf(length).compare(own) > 0
}

const daysIn: Readonly<Record<string, number>> = { weeks: 7, months: 30, years: 365 }
const daysOf = ({ minutes, count, unit }: Length): Exact =>
  minutes ? minutes.over(Exact.whole(dayMinutes)) : count.times(Exact.whole(daysIn[unit] ?? 1))
