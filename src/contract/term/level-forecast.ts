import { Exact } from '../../kernel/exact.ts'
import { reached } from '../../kernel/reached.ts'
import { type Instant, spokenDate, startOfDay } from '../../kernel/time.ts'
import type { Compiling } from '../compiling.ts'
import { namesRead } from '../demand.ts'
import type { TargetWords } from '../language/term.ts'
import { partsOf, promisedBy, type Structure } from '../offering/structure.ts'
import { upOf } from '../operation/structure.ts'
import type { Compiled, Scope } from '../scope.ts'

/**
 * What is measured through a structure rests on its parts: a level above what they promise together is no mistake of
 * arithmetic but a risk, and the contract says that somebody takes it.
 */
export function checkForecast(
  words: TargetWords,
  {
    path,
    measure,
    atLeast,
  }: { path: readonly (string | number)[]; measure: Compiled; atLeast: Compiled | undefined },
  compiling: Compiling,
): void {
  const rests = structuresBelow(namesRead([measure]), compiling)
  const isShare = measure.type.is === 'number' && measure.type.unit === undefined
  if (words['risk-accepted'] !== undefined) {
    if (rests.length === 0 || !atLeast || !isShare)
      compiling.faults.add(
        'word_without_effect',
        [...path, 'risk-accepted'],
        'It accepts a level “at-least” above what the parts of a structure promise together: the level is a share of time measured “through:” one.',
      )
    return
  }
  if (!atLeast || !isShare) return
  for (const structure of rests) {
    const above = promisedAbove(structure, { path: [...path, 'at-least'], atLeast }, compiling)
    if (above) {
      const since = above.from ? ` from ${spokenDate(above.from)} on` : ''
      compiling.faults.add(
        'promise_unwarranted',
        [...path, 'at-least'],
        `The parts of “${structure.name}” promise ${percent(above.forecast)} together${since}, and ${percent(above.level)} is promised here. Promise no more, or say who takes the risk: “risk-accepted: ” and why.`,
      )
    }
  }
}

/** The structures through which the time below these names is measured. */
function structuresBelow(open: readonly string[], compiling: Compiling): Structure[] {
  const { names, measures, structures } = compiling
  const found = new Set<Structure>()
  const below = (name: string) => (names.find(name)?.sort === 'measure' ? names.readsOf(name) : [])
  for (const name of reached(open, below)) {
    const words = measures.get(name)
    const through = words && 'through' in words ? words.through : undefined
    const structure = through === undefined ? undefined : structures.get(through)
    if (structure) found.add(structure)
  }
  return [...found]
}

/** The first day from which more is promised than the parts promise; nothing where one of them is not known yet. */
function promisedAbove(
  structure: Structure,
  { path, atLeast }: { path: readonly (string | number)[]; atLeast: Compiled },
  compiling: Compiling,
) {
  const { agreed, zone, names, faults } = compiling
  const parts = partsOf(structure.rests)
  const promised = parts.map((part): Compiled['evaluate'] | undefined => {
    const definition = names.find(part)
    if (definition?.sort === 'agreed') return definition.evaluate
    return isOfAgreed(definition?.promised, compiling) ? definition?.promised?.evaluate : undefined
  })
  const dates = [...agreed.values()].flat().flatMap(({ from }) => from ?? [])
  const known = [undefined, ...dates.sort(Temporal.PlainDate.compare)].flatMap((from) => {
    const scope = scopeAt(from ? startOfDay(from, zone) : 0, zone)
    const shares = promised
      .map((evaluate) => evaluate?.(scope).value)
      .filter((share) => share instanceof Exact)
    const level = isOfAgreed(atLeast, compiling) ? atLeast.evaluate(scope).value : undefined
    return level instanceof Exact && shares.length === parts.length ? [{ from, level, shares }] : []
  })
  const rests = known.length > 0 ? promisedBy(structure, { faults, path }) : undefined
  const days = known.flatMap((one) =>
    rests ? [{ ...one, forecast: upOf(rests, one.shares) }] : [],
  )
  return days.find(({ forecast, level }) => level.compare(forecast) > 0)
}

/** It rests on nothing but numbers and what was agreed. */
const isOfAgreed = (compiled: Compiled | undefined, { names }: Compiling): compiled is Compiled =>
  compiled?.reads.every(
    ({ name, attribute }) => attribute === undefined && names.find(name)?.sort === 'agreed',
  ) === true

/** What was agreed reads no more than a day. */
const scopeAt = (at: Instant, zone: string) => ({ at, asking: { frame: { zone } } }) as Scope

const percent = (share: Exact) => {
  const { text } = share.times(Exact.whole(100))
  return text.length > 16 ? `about ${share.times(Exact.whole(100)).shown(8)}%` : `${text}%`
}
