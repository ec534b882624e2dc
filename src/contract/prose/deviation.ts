import { parseDate } from '../../kernel/time.ts'
import { tailored } from '../agreement/tailor.ts'
import { at, type Plain, type PlainMap } from '../document/document.ts'
import { Faults } from '../document/fault.ts'
import type { Deviation } from '../language/term.ts'
import { liftTerms } from '../offering/lifted.ts'
import { english } from './english.ts'
import type { Speaker } from './speaker.ts'

/** What was changed for this agreement, in words; `is` stands in the prose, `was` stood there. */
export type Deviated = {
  readonly words: string
  readonly is?: string
  readonly was?: string
  readonly because?: string
}

export function changesOf(
  deviations: readonly Deviation[],
  speaker: Speaker,
  base: PlainMap | undefined,
): Deviated[] {
  return deviations.flatMap((deviation) => {
    if ('remove' in deviation) return []
    const changed =
      'add' in deviation ? { words: english.added } : changeWords(deviation, speaker, base)
    return [{ ...changed, ...(deviation.because !== undefined && { because: deviation.because }) }]
  })
}

export function removalsOf(
  deviations: readonly Deviation[],
  base: PlainMap | undefined,
): { title: string; because: string | undefined }[] {
  const lifted = base && liftTerms(base).lifted
  return deviations.flatMap((deviation) => {
    if (!('remove' in deviation)) return []
    const title = at(lifted, ['terms', deviation.clause, 'title'])
    return [
      {
        title:
          typeof title === 'string'
            ? title
            : english.capital(deviation.clause.replaceAll('_', ' ')),
        because: deviation.because,
      },
    ]
  })
}

type Change = Extract<Deviation, { to: string }>

function changeWords(change: Change, speaker: Speaker, base: PlainMap | undefined): Deviated {
  const is = valueWords(change.to, change.path, speaker)
  const before = base && valueBefore(change, liftTerms(base).lifted)
  if (before === undefined) return { words: english.isNow(is), is }
  const was = valueWords(before, change.path, speaker)
  return { words: english.becomes(was, is), is, was }
}

/** The tailored offering differs from its base in exactly one leaf: what stood there is what was replaced. */
function valueBefore(change: Change, base: PlainMap): string | undefined {
  return difference(base, tailored(base, [change], { faults: new Faults(), path: [] }))
}

function difference(before: Plain | undefined, after: Plain | undefined): string | undefined {
  if (before === after || before === undefined) return undefined
  if (typeof before === 'string') return before
  if (typeof after !== 'object') return undefined
  for (const key of Object.keys(before)) {
    const found = difference(at(before, [key]), at(after, [key]))
    if (found !== undefined) return found
  }
  return undefined
}

/** Words whose value is an expression; of the others, names are said by their titles and keywords with spaces. */
const expressions =
  /(^|[.\]])(amount|rate|share|minimum|maximum|included|in|up-to|from|above|below|when|if|measure|within|at-least|at-most|quantity-at-least|quantity-at-most|formula|where|value|then)$/
const amounts = /(^|[.\]])(amount|rate|minimum|maximum|then)$/

function valueWords(text: string, path: string, speaker: Speaker): string {
  const money = amounts.test(path) && !text.trim().endsWith('%')
  if (expressions.test(path) || parseDate(text)) return speaker.say(text, { money })
  if (text === 'provider' || text === 'consumer') return speaker.party(text)
  if (speaker.contract.definitions.has(text)) return speaker.title(text)
  const way = /(^|\.)on-(change|end)(\.|$)/.test(path) ? english.wayOfChanging(text) : undefined
  if (way !== undefined) return way
  return /^[a-z-]+$/.test(text) ? text.replaceAll('-', ' ') : text.replaceAll('_', ' ')
}
