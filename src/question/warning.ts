import type { Plain, PlainMap, SourceDocument } from '../contract/document/document.ts'
import { missingHalf } from '../contract/offering/utility.ts'
import { type HolidaysEnd, holidaysEndingIn } from '../contract/warning/holidays.ts'
import { type NeverRestored, neverRestoredIn } from '../contract/warning/restored.ts'
import { type SameTitle, sameTitlesIn } from '../contract/warning/same-title.ts'
import { type Unread, unreadIn } from '../contract/warning/unread.ts'
import { kindOf, mapOf } from '../world/world.ts'

/** What may be meant, and is no fault. */
type Warning = {
  readonly name:
    | 'unread'
    | 'title_doubled'
    | 'never_restored'
    | 'holidays_end'
    | 'value_not_enabled'
  readonly pointer: string
  readonly words: string
}
type WarningHere = Warning & { readonly file: string; readonly line: number }

/** Of every offering, those in cases among them; what any case here asks is read. */
export function warningsOf(documents: readonly SourceDocument[]): WarningHere[] {
  const asked = documents.filter((one) => kindOf(one) === 'case').flatMap(asksOf)
  return documents.flatMap((document) => {
    const placed = (under: string) => (one: Warning) => {
      const pointer = `${under}${one.pointer}`
      return { ...one, pointer, file: document.file, line: document.locate(pointer).line }
    }
    const own = mapOf(document)
    if (kindOf(document) === 'offering') return warningsIn(own, asked).map(placed(''))
    const { offering, agree } = own
    if (kindOf(document) !== 'case' || typeof offering !== 'object') return []
    const found = [
      ...warningsIn(offering as PlainMap, asksOf(document)),
      ...holidaysEndingIn(offering as PlainMap, agree).map(holidaysEnd),
    ]
    return found.map(placed('/offering'))
  })
}

function asksOf(document: SourceDocument): Plain[] {
  const { asks = [], tries = [] } = mapOf(document)
  return [asks, tries]
}

function warningsIn(offering: PlainMap, asked: readonly Plain[]): Warning[] {
  const missing = missingHalf(offering)
  return [
    ...unreadIn(offering, asked).map(unread),
    ...sameTitlesIn(offering).map(titleDoubled),
    ...neverRestoredIn(offering).map(neverRestored),
    ...(missing === undefined ? [] : [valueNotEnabled[missing]]),
  ]
}

const unread = ({ name, pointer }: Unread): Warning => ({
  name: 'unread',
  pointer,
  words: `No clause reads “${name}”, and no case here asks it. It changes nothing.`,
})

const titleDoubled = ({ name, before, title, pointer }: SameTitle): Warning => ({
  name: 'title_doubled',
  pointer,
  words: `“${name}” is called “${title}” in print, as “${before}” is: no reader can tell them apart. Give it a title of its own.`,
})

const neverRestored = ({ name, of, pointer }: NeverRestored): Warning => ({
  name: 'never_restored',
  pointer,
  words: `No transition suspends the right to “${of}”, so none comes back, and “${name}” never happens: what is due for it never is. Say by a transition what suspends the right; or leave this one out, and name its event where “${name}” is read.`,
})

const holidaysEnd = ({ calendar, listed, missing, pointer }: HolidaysEnd): Warning => ({
  name: 'holidays_end',
  pointer,
  words: `“${calendar}” lists holidays of ${listed.join(', ')}, and the agreement also runs in ${missing.join(', ')}, where it is open on them. List those too; what keeps its day is one of every year, such as 12-25.`,
})

/** By what is missing. */
const valueNotEnabled = {
  warranty: {
    name: 'value_not_enabled',
    pointer: '/utility',
    words:
      'It says what the service is for, and warrants nothing of how it performs: without both it enables no value. Say “warrants:” in the targets that are conditions of availability, capacity, security or continuity.',
  },
  utility: {
    name: 'value_not_enabled',
    pointer: '/terms',
    words:
      'It warrants how the service performs, and does not say what it is for: without both it enables no value. Say “utility:”, the needs that it meets.',
  },
} as const

export const warningLines = ({ name, pointer, file, line, words }: WarningHere): string[] => [
  `${file}:${line}  ${name}  ${pointer}`,
  `    Warning: ${words}`,
]
