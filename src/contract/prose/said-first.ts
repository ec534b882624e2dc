import type { Formula } from '../formula/formula.ts'
import type { MeasureWords } from '../language/measure.ts'
import { english } from './english.ts'

type Joined = Extract<Formula, { is: 'binary' }>
type Measures = Readonly<Record<string, MeasureWords>> | undefined

/** “Reported in time” stands by itself before “the peril is no theft”, though not behind it: it is said first. */
export function saidFirst(formula: Joined, measures: Measures): Joined {
  const { left, right } = formula
  return standsAlone(right, measures) && !standsAlone(left, measures)
    ? { ...formula, left: right, right: left }
    : formula
}

function standsAlone(formula: Formula, measures: Measures): boolean {
  const title = formula.is === 'name' ? measures?.[formula.name]?.title : undefined
  return title !== undefined && english.isAdverbial(title)
}
