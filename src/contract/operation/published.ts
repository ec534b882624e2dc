import type { Exact } from '../../kernel/exact.ts'
import {
  beginningOfTime,
  endOfTime,
  type Instant,
  type Length,
  type Period,
  utcText,
} from '../../kernel/time.ts'
import type { Calendar } from '../calendar/calendar.ts'
import { timeOfDayText } from '../language/words.ts'
import type { Frame } from '../period/period.ts'
import { type Value, valueText } from '../value.ts'
import type { OperationName, SettingsOf } from './operation.ts'
import type { Pattern } from './price.ts'

/** The settings of a step in the form of the published data: instants as UTC text, a calendar by its name. */
export const settingsData = (settings: object): object =>
  Object.fromEntries(
    Object.entries(settings)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => [key, key in published ? published[key as Key](value) : value]),
  )

type AnySettings = NonNullable<{ [Name in OperationName]: SettingsOf<Name> }[OperationName]>
type KeyIn<Settings> = Settings extends unknown ? keyof Settings : never
type SettingOf<Key, Settings = AnySettings> = Settings extends unknown
  ? NonNullable<Settings[Key & keyof Settings]>
  : never
/** What says by itself what it is. A number may be an instant, and an object may hold one. */
type Plain = string | boolean | Exact | Length
type Key = {
  [Key in KeyIn<AnySettings>]: SettingOf<Key> extends Plain ? never : Key
}[KeyIn<AnySettings>]

const asItIs = (value: unknown) => value
const instant = (at: Instant) => utcText(Math.min(Math.max(at, beginningOfTime), endOfTime))
const period = ({ start, end }: Period) => ({ start: instant(start), end: instant(end) })
const called = ({ name }: Calendar) => name
const frame = ({ zone, agreed, agreedOn }: Frame) => ({
  ...{ zone, agreed: period(agreed) },
  ...(agreedOn !== undefined && { agreedOn: instant(agreedOn) }),
})

const isOfPatterns = (row: object): row is readonly Pattern[] => Array.isArray(row)
const patternData = (pattern: Pattern): object =>
  Object.fromEntries(
    Object.entries(pattern).map(([key, value]: [string, Value]) => [key, valueText(value)]),
  )

/** A new setting that is or holds a number does not compile before it is said here how it is published. */
const published: { [Of in Key]: (value: SettingOf<Of>) => unknown } = {
  ...{ asOf: instant, until: instant, window: period, covered: period, whole: period, frame },
  ...{ calendar: called, clock: called, clocks: Object.keys },
  ...{ at: timeOfDayText, cutoff: timeOfDayText, missing: valueText },
  rows: (rows) => rows.map((row) => (isOfPatterns(row) ? row.map(patternData) : row)),
  // Counts, and places among the inputs.
  ...{ days: asItIs, after: asItIs, highest: asItIs, lowest: asItIs, place: asItIs },
  ...{ keys: asItIs, spans: asItIs, through: asItIs, structure: asItIs, subjects: asItIs },
  // What was written so.
  ...{ rule: asItIs, each: asItIs, upTo: asItIs },
}
