import type { Compiling } from '../compiling.ts'
import type { FactKind } from '../fact/fact-kind.ts'
import { aggregateIn, type MeasureWords } from '../language/measure.ts'
import { lacksEvent } from '../period/own-period.ts'
import type { Definition, Names, Report } from '../scope.ts'
import { restsOn } from './rests.ts'
import { placeOfEach } from './subjects.ts'

/**
 * What is wrong with measures whoever asks for them, and where no clause reads them as well. What is said of one of them
 * is not said again of what rests on it.
 */
export function checkReadable(
  compiling: Compiling,
  kinds: ReadonlyMap<string, FactKind>,
): ToldBelow {
  const found = new Map<string, Demands>()
  for (const [name, words] of compiling.measures) {
    const demands = demandsOf(name, compiling.names)
    found.set(name, demands)
    if (checkEach(name, words, compiling)) checkEvent(name, demands, { compiling, kinds })
  }
  return checkPeriods(found, compiling)
}

type ToldBelow = (name: string, words: string) => boolean

/** The fault, by what is said of it. */
type Demands = ReadonlyMap<string, Parameters<Report>[0]>

function demandsOf(name: string, names: Names): Demands {
  const found = new Map<string, Parameters<Report>[0]>()
  names.find(name)?.demand({ events: [] }, (fault, words) => found.set(words, fault))
  return found
}

/**
 * Rows for each of several are what another measure is of each: of one that is of no subject each would be the whole, of
 * one that is told apart otherwise what is of others. Whether they fit.
 */
function checkEach(name: string, given: MeasureWords, { names, faults }: Compiling): boolean {
  const { of, words } = aggregateIn(given)
  const written = words['for-each']
  const measure = written === undefined ? undefined : names.find(of)
  if (written === undefined || measure?.sort !== 'measure') return true
  const [kind = '', by] = written.split('.')
  const per = measure.per?.()
  const place = { ...(per && { period: per }), events: [] }
  const path = ['measures', name, 'for-each']
  let fits = true
  measure.demand(
    placeOfEach(place, { kind, of: by === undefined ? {} : { by } }),
    (fault, said) => {
      if (fault !== 'event_not_at_hand') return
      faults.add(fault, path, said)
      fits = false
    },
  )
  if (fits && !lacksEvent(measure.demand, place))
    faults.add(
      'word_without_effect',
      path,
      `“${of}” is of no subject: all of it would count once for each. Say “about: same” in “${of}”${by === undefined ? '' : `, with “paired-by: ${by}”`}, or leave “for-each” out.`,
    )
  return fits
}

/**
 * There is an event at hand or a period, and both only in a line for each of several: else a measure that needs both has no
 * value anywhere, nor has one of an interval that takes what lies across its edges, nor one of a period of its own that
 * needs an event in it.
 */
function checkEvent(
  name: string,
  demands: Demands,
  { compiling, kinds }: { compiling: Compiling; kinds: ReadonlyMap<string, FactKind> },
): void {
  const { names, faults } = compiling
  const path = ['measures', name]
  if (![...demands.values()].includes('event_not_at_hand')) return
  for (const [words, fault] of demands)
    if (
      fault === 'periods_do_not_fit' ||
      (fault === 'period_needed' && !isReadForEach(name, compiling))
    )
      faults.add(fault, path, words)
  if (isWithoutEvent(name, names, kinds))
    faults.add(
      'event_not_at_hand',
      path,
      `“${name}” would never have a value: with “per:” it is of a period of its own, in which no event is at hand, and what it reads needs one. Leave “per:” out, so that it is read for the event at hand; while an interval lasts it is “per: this”.`,
    )
}

/** Whether a line, or a row, for each of several rests on it: these are of a period and of a subject. */
function isReadForEach(name: string, { names, measures }: Compiling): boolean {
  const isForEach = ({ name: reader, forEach }: Definition) => {
    const words = measures.get(reader)
    return (words ? aggregateIn(words).words['for-each'] : forEach) !== undefined
  }
  return [...names.known()].some((one) => {
    const definition = names.find(one)
    return (
      definition !== undefined &&
      isForEach(definition) &&
      restsOn(names.readsOf(one), names, (other) => other === name)
    )
  })
}

/** Whether it has none at hand whatever it is read for. */
function isWithoutEvent(name: string, names: Names, kinds: ReadonlyMap<string, FactKind>): boolean {
  const measure = names.find(name)
  if (!measure?.per?.()) return false
  const made = [...names.known()].flatMap((one) =>
    names.find(one)?.sort === 'promise' ? [`${one}.met`, `${one}.missed`] : [one],
  )
  return lacksEvent(measure.demand, { events: [...kinds.keys(), ...made] })
}

/**
 * What has a period of its own reads others in that, wherever it is read: which of several of theirs it would be is told
 * where it stands, and not again of what rests on it.
 */
function checkPeriods(
  found: ReadonlyMap<string, Demands>,
  { names, faults }: Compiling,
): ToldBelow {
  const misfits = new Map<string, Demands>()
  for (const [name, demands] of found) {
    const own = [...demands].filter(([, fault]) => ofPeriods.includes(fault))
    if (own.length > 0 && names.find(name)?.per?.()) misfits.set(name, new Map(own))
  }
  const isToldBelow: ToldBelow = (name, words) =>
    restsOn(names.readsOf(name), names, (one) => {
      const isTold = one !== name && misfits.get(one)?.has(words) === true
      // Of two in a circle neither is below the other.
      return isTold && !restsOn([one], names, (other) => other === name)
    })
  for (const [name, own] of misfits)
    for (const [words, fault] of own)
      if (!isToldBelow(name, words)) faults.add(fault, ['measures', name], words)
  return isToldBelow
}

const ofPeriods: readonly Parameters<Report>[0][] = ['period_too_fine', 'periods_do_not_fit']
