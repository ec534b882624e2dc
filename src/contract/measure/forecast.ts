import { type Compiling, lazily, type Measure, unknownName } from '../compiling.ts'
import { demandCompiled } from '../demand.ts'
import { derive, leaf, roundedBy } from '../derivation.ts'
import type { Path } from '../document/fault.ts'
import type { MeasureWords } from '../language/measure.ts'
import { partsOf, promisedBy } from '../offering/structure.ts'
import type { Compiled, Definition } from '../scope.ts'
import { isNumeric, plainNumber, typeText } from '../type.ts'
import { unknown } from '../value.ts'

type ForecastWords = Extract<MeasureWords, { forecast: string }>

/** The share of time that a structure promises to be up: a measure without facts, from what its parts promise. */
export function forecastMeasure(words: ForecastWords, compiling: Compiling, path: Path): Measure {
  const { names, structures } = compiling
  const structure = structures.get(words.forecast)
  if (!structure)
    unknownName(words.forecast, compiling, { path: [...path, 'forecast'], sorts: ['structure'] })
  const parts = structure ? partsOf(structure.rests) : []
  const shares = lazily(() => parts.map((part) => shareOf(part, compiling, path)))
  const place = { faults: compiling.faults, path: [...path, 'forecast'] }
  const rests = structure && promisedBy(structure, place)
  return {
    type: () => {
      shares()
      return plainNumber
    },
    reads: () => parts,
    evaluate: (scope) => {
      if (!rests) return leaf(unknown(words.forecast))
      const inputs = shares().map((share, at) => ({
        as: parts[at] ?? 'part',
        is: share ? share.evaluate(scope) : leaf(unknown(parts[at] ?? 'part')),
      }))
      return roundedBy(words.rounded, derive('forecast', inputs, { structure: rests }))
    },
    demand: (place, report) => {
      for (const [at, share] of shares().entries()) {
        const definition = names.find(parts[at] ?? '')
        if (definition?.promised) demandCompiled([definition.promised], place, names, report)
        else if (share) definition?.demand(place, report)
      }
    },
  }
}

/** What a part promises: an agreed value, a measure, or the least that a level target lets through. */
function shareOf(
  part: string,
  compiling: Compiling,
  path: Path,
): Pick<Definition, 'evaluate'> | undefined {
  const definition = compiling.names.find(part)
  const share: Pick<Compiled, 'type' | 'evaluate'> | undefined =
    definition?.sort === 'agreed' || definition?.sort === 'measure'
      ? { type: definition.type(), evaluate: definition.evaluate }
      : definition?.promised
  const place = [...path, 'forecast']
  if (!share) {
    compiling.faults.add(
      'name_unknown',
      place,
      `“${part}” promises no share: a part that is forecast is an agreed value, a measure, or a target with “measure:” and “at-least:”.`,
    )
    return undefined
  }
  const { type } = share
  if (!isNumeric(type) || type.is === 'money' || (type.is === 'number' && type.unit !== undefined))
    compiling.faults.add(
      'types_do_not_fit',
      place,
      `“${part}” is ${typeText(type)}; a share such as 99.9% stands here.`,
    )
  return share
}
