import {
  asMap,
  type Plain,
  type PlainMap,
  type SourceDocument,
} from '../contract/document/document.ts'
import { pointerOf } from '../contract/document/fault.ts'
import { missingHalf } from '../contract/offering/utility.ts'
import { type HolidaysEnd, holidaysEndingIn } from '../contract/warning/holidays.ts'
import { type ForNobody, forNobodyIn } from '../contract/warning/nobody.ts'
import {
  type StrangePart,
  type StrangeSubject,
  strangePartsIn,
  strangeSubjectsIn,
} from '../contract/warning/part.ts'
import { type PlainPercentage, plainPercentagesIn } from '../contract/warning/percentage.ts'
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
    | 'part_unknown'
    | 'subject_unknown'
    | 'percentage_unsaid'
    | 'value_not_enabled'
    | 'for_nobody'
    | 'asks_nothing'
  readonly pointer: string
  readonly words: string
}
type WarningHere = Warning & { readonly file: string; readonly line: number }

/** Of every offering, those in cases among them; what any case here asks is read. */
export function warningsOf(documents: readonly SourceDocument[]): WarningHere[] {
  const cases = documents.filter((one) => kindOf(one) === 'case')
  const said = { asked: cases.flatMap(asksOf), recorded: cases.flatMap(factsOf) }
  return documents.flatMap((document) => {
    const placed = (under: string) => (one: Warning) => {
      const pointer = `${under}${one.pointer}`
      return { ...one, pointer, file: document.file, line: document.locate(pointer).line }
    }
    const own = mapOf(document)
    // A case may tell of figures alone; what stands by itself is to be used.
    if (kindOf(document) === 'offering')
      return [...warningsIn(own, said), ...forNobodyIn(own).map(forNobody)].map(placed(''))
    const { offering, agree } = own
    if (kindOf(document) === 'case' && asksNothing(own)) return [placed('')(nothingAsked)]
    if (kindOf(document) !== 'case' || typeof offering !== 'object') return []
    const here = { asked: asksOf(document), recorded: factsOf(document) }
    const found = [
      ...warningsIn(offering as PlainMap, here),
      ...holidaysEndingIn(offering as PlainMap, agree).map(holidaysEnd),
    ]
    return [
      ...found.map(placed('/offering')),
      ...subjectsIn(offering as PlainMap, own).map(placed('')),
    ]
  })
}

/** What cases ask of an offering, and the facts that they tell. */
type Said = { readonly asked: readonly Plain[]; readonly recorded: readonly Plain[] }

function asksOf(document: SourceDocument): Plain[] {
  const { asks = [], tries = [] } = mapOf(document)
  return [asks, tries]
}

function factsOf(document: SourceDocument): Plain[] {
  const { facts = [], tries = [] } = mapOf(document)
  return [facts, tries]
}

/** A case of an invoice asks for its figures in words of its own. */
function asksNothing(own: PlainMap): boolean {
  const { tries = [], invoice } = own
  const all = [own, ...(Array.isArray(tries) ? tries : []).map(asMap)]
  const isEmpty = (one: Plain | undefined) => !Array.isArray(one) || one.length === 0
  return (
    invoice === undefined && all.every(({ asks, refused }) => isEmpty(asks) && isEmpty(refused))
  )
}

function subjectsIn(offering: PlainMap, { facts, tries }: PlainMap): Warning[] {
  const told = (under: string, list: Plain | undefined) =>
    strangeSubjectsIn(offering, list).map((one) => subjectUnknown(one, under))
  const inTries = (Array.isArray(tries) ? tries : []).flatMap((one: Plain, place) =>
    told(`/tries/${place}/facts`, asMap(one)['facts']),
  )
  return [...told('/facts', facts), ...inTries]
}

function warningsIn(offering: PlainMap, { asked, recorded }: Said): Warning[] {
  const missing = missingHalf(offering)
  return [
    ...unreadIn(offering, asked).map(unread),
    ...sameTitlesIn(offering).map(titleDoubled),
    ...neverRestoredIn(offering).map(neverRestored),
    ...strangePartsIn(offering, recorded).map(partUnknown),
    ...plainPercentagesIn(offering).map(percentageUnsaid),
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

const nothingAsked: Warning = {
  name: 'asks_nothing',
  pointer: '',
  words: 'This case asks nothing, so nothing in it can fail. Say “asks:”, here or in its tries.',
}

const forNobody = ({ component, pointer }: ForNobody): Warning => ({
  name: 'for_nobody',
  pointer,
  words: `“${component}” is paid for, and nobody may use it. Say “for:” here, the kinds of user that may, and list them under “users:”.`,
})

const holidaysEnd = ({ calendar, listed, missing, pointer }: HolidaysEnd): Warning => ({
  name: 'holidays_end',
  pointer,
  words: `“${calendar}” lists holidays of ${listed.join(', ')}, and the agreement also runs in ${missing.join(', ')}, where it is open on them. List those too; what keeps its day is one of every year, such as 12-25.`,
})

const meant = (near: string | undefined) => (near === undefined ? '' : ` Did you mean “${near}”?`)

const partUnknown = ({ name, near, path }: StrangePart): Warning => ({
  name: 'part_unknown',
  pointer: pointerOf(path),
  words: `Nothing else names the part “${name}”: unless facts are about an item that is called so, it never fails.${meant(near)}`,
})

const subjectUnknown = (
  { subject, near, structure, path }: StrangeSubject,
  under: string,
): Warning => ({
  name: 'subject_unknown',
  pointer: `${under}${pointerOf(path)}`,
  words: `“${subject}” is no part of “${structure}”, and what is about it stops none of its parts.${meant(near)}`,
})

const percentageUnsaid = ({ name, number, path }: PlainPercentage): Warning => ({
  name: 'percentage_unsaid',
  pointer: pointerOf(path),
  words: `“${name}” is a share, which is at most 1: it never reaches ${number}. Write ${number}%.`,
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
