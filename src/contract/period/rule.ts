import type { Compiling } from '../compiling.ts'
import { didYouMean, type Path } from '../document/fault.ts'
import { isEvent } from '../happening.ts'
import { nearName } from '../near-name.ts'
import { countedOn, madeOfFacts } from './counted.ts'
import type { PeriodRule } from './period.ts'
import { isUnreadable, parsePeriodRule, periodForms, periodWords } from './words.ts'

/** What a period is by its words, if there are any. */
export const periodRule = (text: string | undefined, compiling: Compiling, path: Path) =>
  text === undefined
    ? undefined
    : ruleOf(text, compiling, { path, also: 'so-far-month, past 30 days, since a kind of fact' })

/** What is due for periods needs such as follow each other. */
export const chargedPeriod = (text: string, compiling: Compiling, path: Path) =>
  ruleOf(text, compiling, { path, also: 'once' })

function ruleOf(
  text: string,
  compiling: Compiling,
  { path, also }: { readonly path: Path; readonly also: string },
): PeriodRule | undefined {
  const rule = parsePeriodRule(text, compiling.periods)
  if (!rule && !isUnreadable(text, compiling.periods))
    compiling.faults.add(
      'period_unknown',
      path,
      text.startsWith('so-far-')
        ? `“${text}” is no period: after “so-far-” stands day, week, month, quarter, half-year, year, agreement, agreement-month, or a name under periods that is one of these, also from another day on, or a window of each day.`
        : `“${text}” is no period.${(intervalHint(text, compiling) ?? madeHint(text, compiling) ?? nearPeriod(text, compiling)) || ` Say ${periodForms}, ${also}, or a name under periods.`}`,
    )
  else if (rule?.is === 'since' && !isEvent(rule.kind, compiling.names))
    compiling.faults.add(
      'fact_undeclared',
      path,
      `“${rule.kind}” is no kind of fact and no term that makes events.${nearName(rule.kind, compiling.names, ['event'])}`,
    )
  return rule && countedOn(rule, compiling, path)
}

/** Who would have what happens while an interval lasts names the interval. */
function intervalHint(text: string, { names }: Compiling): string | undefined {
  if (text === 'this') return ' “this” is the interval at hand: a measure of facts may say it.'
  return names.fact(text)?.shape === 'interval'
    ? ` It is a kind of interval: a measure that is read for one says “per: this”.`
    : undefined
}

function madeHint(text: string, { names }: Compiling): string | undefined {
  const made = / from (\w+\.(?:met|missed))$/.exec(text)?.[1]
  return made !== undefined && isEvent(made, names) ? ` ${madeOfFacts(made)}` : undefined
}

/** Of several words, such as “2 months”, one alone is not what was meant. */
export const nearPeriod = (text: string, { periods }: Pick<Compiling, 'periods'>) =>
  text.includes(' ') ? '' : didYouMean(text, [...periodWords, ...periods.keys()])
