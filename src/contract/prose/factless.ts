import type { MeasureWords } from '../language/measure.ts'
import type { PartWords, StructureWords } from '../language/structure.ts'
import { priceOfScale } from '../measure/scale.ts'
import { groupOf } from '../offering/structure.ts'
import { english } from './english.ts'
import { glossary } from './english-definitions.ts'
import { priceProse } from './price.ts'
import type { Speaker } from './speaker.ts'

/** Measures that read no facts, and the structures that some of them read. */

type FactlessWords = Extract<
  MeasureWords,
  | { between: unknown }
  | { months: unknown }
  | { forecast: unknown }
  | { split: unknown }
  | { scale: unknown }
>

const forms = ['between', 'months', 'forecast', 'split', 'scale']
export const isFactless = (words: MeasureWords): words is FactlessWords =>
  forms.some((form) => form in words)

export function factlessProse(words: FactlessWords, speaker: Speaker): string[] {
  if ('between' in words)
    return [
      glossary.between(
        words.in,
        speaker.say(words.between[0], { nested: true }),
        speaker.say(words.between[1], { nested: true }),
      ),
      ...(words.calendar === undefined
        ? []
        : [glossary.onlyWithin(speaker.calendar(words.calendar))]),
      ...(words.in === 'months' || words.in === 'years' ? [glossary.onlyCompleted(words.in)] : []),
    ]
  if ('months' in words)
    return [
      glossary.months(words.months, {
        from: words.from === undefined ? undefined : speaker.say(words.from, { nested: true }),
        until: words.until === undefined ? undefined : speaker.say(words.until, { nested: true }),
      }),
      glossary.monthParts(words.parts, words.months),
    ]
  if ('forecast' in words) return [glossary.forecast(structureName(words.forecast, speaker))]
  return 'split' in words ? splitProse(words, speaker) : scaleProse(words, speaker)
}

function scaleProse(words: Extract<MeasureWords, { scale: unknown }>, speaker: Speaker): string[] {
  const { per } = words
  const price = priceOfScale(words, speaker.contract.words)
  const said = priceProse(price, speaker, { credited: false, sameCase: undefined })
  return [
    glossary.scale(said.price, per === undefined ? undefined : speaker.inPeriod(per)),
    ...said.sentences.map(glossary.ofScale),
  ]
}

function splitProse(
  { split, rounded }: Extract<MeasureWords, { split: unknown }>,
  speaker: Speaker,
): string[] {
  const spoken = (name: string) => name.replaceAll('_', ' ')
  const money = { money: speaker.quantity(split.of).money, nested: true }
  const weights = Object.entries(split.among ?? {})
  const { to, mode } = rounded ?? speaker.contract.words.rounding
  return [
    glossary.split(
      speaker.say(split.of, money),
      weights.length > 0
        ? weights.map(([name, weight]) => ({
            name: spoken(name),
            weight: speaker.say(weight, { nested: true }),
          }))
        : (split.evenly ?? []).map((name) => ({ name: spoken(name) })),
    ),
    // A step of its own is printed with the measure.
    ...(rounded ? [] : [`${english.rounding(glossary.eachShare, to.text, mode)}.`]),
    glossary.remainder(split.remainder),
  ]
}

export function structureName(name: string, speaker: Speaker): string {
  speaker.mentioned.add(name)
  return english.the(speaker.title(name))
}

export function structureProse(words: StructureWords, speaker: Speaker): string {
  return glossary.structure(groupProse(words, speaker))
}

function groupProse(words: Exclude<PartWords, string> | StructureWords, speaker: Speaker): string {
  const { parts, atLeast } = groupOf(words)
  return glossary.group(
    atLeast,
    parts.map((part) =>
      typeof part === 'string' ? partName(part, speaker) : `(${groupProse(part, speaker)})`,
    ),
  )
}

function partName(part: string, speaker: Speaker): string {
  switch (speaker.contract.definitions.get(part)?.sort) {
    case 'structure':
      return structureName(part, speaker)
    case 'component':
      return speaker.component(part)
    case 'promise':
      return speaker.clause(part)
    case 'agreed':
      return glossary.promisedPart(english.the(speaker.title(part)), speaker.agreed(part))
    case 'measure':
      return speaker.say(part, { nested: true })
    default:
      return speaker.title(part)
  }
}
