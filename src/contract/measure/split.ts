import { Exact } from '../../kernel/exact.ts'
import { type Compiling, lazily, type Measure, type Told, unitOf } from '../compiling.ts'
import { demandCompiled, namesRead } from '../demand.ts'
import { derive, type Input, leaf, roundedBy } from '../derivation.ts'
import type { Path } from '../document/fault.ts'
import { compileExpression } from '../formula/expression.ts'
import type { MeasureWords } from '../language/measure.ts'
import { unreadable, unreadableNames } from '../language/vocabulary.ts'
import { percentOf } from '../language/words.ts'
import type { Compiled, Scope } from '../scope.ts'
import { anything, isNumeric, joined, plainNumber, type Type, typeText } from '../type.ts'

type SplitWords = Extract<MeasureWords, { split: unknown }>

/** Shares that add up to the whole, each read by its path; the measure itself is the whole, rounded as its shares are. */
export function splitMeasure(words: SplitWords, compiling: Compiling, told: Told): Measure {
  const { name, path } = told
  const { names, currency } = compiling
  const shared = lazily(() => compileShares(words, compiling, { name, path: [...path, 'split'] }))
  const rounding = words.rounded ?? compiling.rounding
  let isTyping = false
  // A weight may name a share of the split that it belongs to: that is a circle, and refused as one.
  const type = () => {
    if (isTyping) return anything
    isTyping = true
    try {
      return shared().pool.type
    } finally {
      isTyping = false
    }
  }
  const shareNames = [...Object.keys(words.split.among ?? {}), ...(words.split.evenly ?? [])]
  for (const share of shareNames.filter((one) => unreadableNames.has(one)))
    compiling.faults.add('name_reserved', [...path, 'split'], unreadable(share))
  const said = () => (type().is === 'money' ? { unit: currency } : unitOf(type()))
  const inputs = (scope: Scope): Input[] => [
    { as: 'whole', is: shared().pool.evaluate(scope) },
    ...shared().shares.map(([share, weight]) => ({
      as: share,
      is: weight ? weight.evaluate(scope) : leaf(Exact.one),
    })),
  ]
  const { remainder } = words.split
  const part = (share: string, place: number) => {
    const shareName = `${name}.${share}`
    const settings = { place, ...rounding, remainder }
    const evaluate = (scope: Scope) =>
      derive('share', inputs(scope), settings, { ...said(), name: shareName })
    return { name: shareName, type, evaluate }
  }
  return {
    type,
    parts: () => new Map(shareNames.map((share, place) => [share, part(share, place)])),
    reads: () => namesRead([shared().pool, ...weightsOf(shared())]),
    evaluate: (scope) => roundedBy(rounding, shared().pool.evaluate(scope), said()),
    demand: (place, report) =>
      demandCompiled([shared().pool, ...weightsOf(shared())], place, names, report),
  }
}

/** An even share has no weight of its own. */
type Shared = {
  readonly pool: Compiled
  readonly shares: readonly (readonly [name: string, weight: Compiled | undefined])[]
}
const weightsOf = ({ shares }: Shared) => shares.map(([, weight]) => weight)

function compileShares({ split }: SplitWords, compiling: Compiling, told: Told): Shared {
  const { name, path } = told
  const { faults } = compiling
  const { of, among, evenly } = split
  if ((among === undefined) === (evenly === undefined))
    faults.add(
      among === undefined ? 'word_missing' : 'words_exclude_each_other',
      path,
      'Say “among:” with a weight for each share, or “evenly:” with their names: one of the two.',
    )
  evenly?.forEach((share, at) => {
    if (evenly.indexOf(share) < at)
      faults.add('name_doubled', [...path, 'evenly', at], `“${share}” stands here twice.`)
  })
  const compiled = (text: string, under: Path) => {
    const made = compileExpression(text, compiling, { path: [...path, ...under], name })
    if (!isNumeric(made.type))
      faults.add(
        'types_do_not_fit',
        [...path, ...under],
        `“${text}” is ${typeText(made.type)}; a number or an amount stands here.`,
      )
    return made
  }
  const weights = Object.entries(among ?? {}).map(
    ([share, text]) => [share, compiled(text, ['among', share])] as const,
  )
  checkWeights(among ?? {}, weights, { faults, path })
  return {
    pool: compiled(of, ['of']),
    shares: [...weights, ...(evenly ?? []).map((share) => [share, undefined] as const)],
  }
}

/** Weights are of one kind, and shares written in percent are the whole. */
function checkWeights(
  written: Readonly<Record<string, string>>,
  weights: readonly (readonly [string, Compiled])[],
  { faults, path }: { faults: Compiling['faults']; path: Path },
): void {
  const place = [...path, 'among']
  weights.reduce<Type | undefined>((sum, [, { type }]) => {
    const both = sum && joined(sum, type)
    if (sum && !both)
      faults.add(
        'units_do_not_fit',
        place,
        `One weight is ${typeText(sum)}, another ${typeText(type)}.`,
      )
    return both ?? plainNumber
  }, weights[0]?.[1].type)
  const percentages = Object.values(written).flatMap((text) => {
    const percentage = percentOf(text)
    return percentage ? [percentage] : []
  })
  const total = percentages.reduce((sum, share) => sum.plus(share), Exact.zero)
  if (
    percentages.length > 0 &&
    percentages.length === weights.length &&
    !total.equals(Exact.whole(100))
  )
    faults.add('value_misshapen', place, `The shares add up to ${total.text}%, not to 100%.`)
}
