import { types } from 'pg'

type Parse = (text: string) => unknown

const oid = {
  int8: 20,
  date: 1082,
  timestamp: 1114,
  timestamptz: 1184,
  interval: 1186,
  numeric: 1700,
} as const
const arrays = {
  int8: 1016,
  date: 1182,
  timestamp: 1115,
  timestamptz: 1185,
  numeric: 1231,
} as const

const asWritten: Parse = (text) => text
// The driver's types name no array, its parsers know this one: text[].
const textArray = types.getTypeParser(1009 as number as never) as (
  text: string,
) => (string | null)[]

/**
 * `2026-11-21T23:18:24.123Z`, with six decimals only where there are microseconds: the text that `utcText` of the kernel
 * gives for the same instant. The connection's time zone is UTC (`database.ts`), so the offset is always `+00`.
 */
const utcText: Parse = (text) => {
  const match = /^(\d{4,}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d+))?\+00$/.exec(text)
  if (!match) return text // `infinity`, and years before Christ
  const [, date, time, decimals = ''] = match
  return `${date}T${time}.${decimals.padEnd(decimals.length > 3 ? 6 : 3, '0')}Z`
}

const parsers = new Map<number, Parse>([
  ...[oid.int8, oid.date, oid.timestamp, oid.interval, oid.numeric].map(written),
  ...[arrays.int8, arrays.date, arrays.timestamp, arrays.numeric].map((array): [number, Parse] => [
    array,
    textArray,
  ]),
  [oid.timestamptz, utcText],
  [
    arrays.timestamptz,
    (text) => textArray(text).map((one) => (one === null ? null : utcText(one))),
  ],
])

/** Whole numbers beyond 2^53, decimals and dates arrive as text: the driver's own types would round or shift them. */
export const exactTypes = {
  getTypeParser: (id: number, format?: 'text' | 'binary') =>
    (format === 'binary' ? undefined : parsers.get(id)) ?? types.getTypeParser(id, format),
}

function written(id: number): [number, Parse] {
  return [id, asWritten]
}
