import { z } from 'zod'
import { Exact } from '../../kernel/exact.ts'
import { type Instant, local, parseDate } from '../../kernel/time.ts'
import { leaf } from '../derivation.ts'
import type { Faults, Path } from '../document/fault.ts'
import { readValue } from '../fact/read.ts'
import { words } from '../language/map.ts'
import type { AgreedSlotWords } from '../language/offering.ts'
import { refused, Text } from '../language/words.ts'
import type { Evaluate } from '../scope.ts'
import { isNumeric, type Type, typeText } from '../type.ts'
import { notAgreed, sameValue, unknown, type Value } from '../value.ts'

/** An agreed value, or several, each from a date on. */
export type AgreedValues = readonly {
  readonly from?: Temporal.PlainDate
  readonly value: Value
  /** A percentage as the parties wrote it. */
  readonly written?: string
}[]

/** What is agreed changes with a day; a revision is in force from any instant. */
const AgreedFrom = z
  .string()
  .refine(
    (text) => parseDate(text) !== undefined,
    refused(
      'value_misshapen',
      'is not a date such as 2026-05-31. A value changes with a day: what changes at a time of day is said under “revisions”.',
    ),
  )
  .meta({ title: 'Date' })

/** What the parties fill into a slot: one value, or several, each from a date on. */
export const AgreedValue = z.union([
  Text,
  z.array(words({ from: AgreedFrom.optional(), value: Text })).min(1),
])
export type AgreedWords = Readonly<Record<string, z.infer<typeof AgreedValue>>>

export type SlotWords = Extract<AgreedSlotWords, { type: unknown }>
export const isSlot = (slot: AgreedSlotWords): slot is SlotWords =>
  typeof slot === 'object' && 'type' in slot

/** Reads what the parties filled into a slot. */
export function agreedValues(
  written: AgreedWords[string],
  type: Type,
  { zone, faults, path }: { zone: string; faults: Faults; path: Path },
): AgreedValues {
  const list = typeof written === 'string' ? [{ value: written }] : written
  const rising = list.every((one, at) => at === 0 || (one.from ?? '') > (list[at - 1]?.from ?? ''))
  if (!rising)
    faults.add(
      'period_misordered',
      path,
      'Values that change follow each other by their dates; only the first may have none.',
      'agreement',
    )
  return list.flatMap(({ value: text, ...dated }) => {
    const value = readValue(text, type, zone)
    if (value === undefined) {
      faults.add(
        type.is === 'choice' ? 'choice_unknown' : 'value_misshapen',
        path,
        `“${text}” is not ${typeText(type)}.`,
        'agreement',
      )
      return []
    }
    return [
      {
        value,
        ...(text.endsWith('%') && value instanceof Exact && { written: text }),
        ...(dated.from !== undefined && { from: Temporal.PlainDate.from(dated.from) }),
      },
    ]
  })
}

/** Numbers and amounts are bounded; of anything else the values that are allowed are listed. */
export function checkBounds(
  slot: Partial<SlotWords>,
  type: Type,
  { faults, path }: { faults: Faults; path: Path },
): void {
  for (const word of ['at-least', 'at-most'] as const)
    if (slot[word] !== undefined && !isNumeric(type))
      faults.add(
        'word_without_effect',
        [...path, word],
        `“${word}” bounds a number or an amount; this is ${typeText(type)}: say “allowed:” and list what may be agreed.`,
      )
}

/** What may be agreed fits its own bounds; and so does the default, also where it is not used. */
export function checkSlot(
  slot: Partial<SlotWords>,
  type: Type,
  { zone, faults, path }: { zone: string; faults: Faults; path: Path },
): void {
  const { 'at-least': least, 'at-most': most, allowed = [] } = slot
  if (least && most && least.compare(most) > 0)
    faults.add(
      'bounds_misordered',
      [...path, 'at-least'],
      '“at-least” is more than “at-most”: nothing could be agreed.',
    )
  const read = (text: string, under: Path) => {
    const value = readValue(text, type, zone)
    const name = type.is === 'choice' ? 'choice_unknown' : 'value_misshapen'
    if (value === undefined) faults.add(name, under, `“${text}” is not ${typeText(type)}.`)
    return value
  }
  for (const [place, text] of allowed.entries()) {
    const under = [...path, 'allowed', place]
    const value = read(text, under)
    if (value !== undefined && !isBetween(slot, value))
      faults.add(
        'value_out_of_range',
        under,
        `“${text}” is allowed, and is not ${boundsText(slot)}: mend the one or the other.`,
      )
  }
  if (slot.default === undefined) return
  const under = [...path, 'default']
  const value = read(slot.default, under)
  if (value !== undefined && !isAllowed(slot, value, { type, zone }))
    faults.add('agreed_value_not_allowed', under, allowedText(slot))
}

/** Whether a value keeps to the bounds, where there are any. */
const isBetween = ({ 'at-least': least, 'at-most': most }: Partial<SlotWords>, value: Value) =>
  !(value instanceof Exact) ||
  ((!least || value.compare(least) >= 0) && (!most || value.compare(most) <= 0))

export function checkAllowed(
  slot: Partial<SlotWords>,
  value: Value,
  { type, zone, faults, path }: { type: Type; zone: string; faults: Faults; path: Path },
): void {
  if (!isAllowed(slot, value, { type, zone }))
    faults.add('agreed_value_not_allowed', path, allowedText(slot), 'agreement')
}

function isAllowed(
  slot: Partial<SlotWords>,
  value: Value,
  { type, zone }: { type: Type; zone: string },
): boolean {
  const allowed = slot.allowed?.map((text) => readValue(text, type, zone))
  const isListed = !allowed || allowed.some((one) => one !== undefined && sameValue(one, value))
  return isListed && isBetween(slot, value)
}

const allowedText = (slot: Partial<SlotWords>) =>
  `Allowed: ${slot.allowed?.join(', ') ?? boundsText(slot)}.`

function boundsText(slot: Partial<SlotWords>): string {
  const [least, most] = [slot['at-least']?.text, slot['at-most']?.text]
  if (least !== undefined && most !== undefined) return `${least} to ${most}`
  return least === undefined ? `${most ?? ''} or less` : `${least} or more`
}

/** The value that holds at the instant: the last that begins at or before it. */
export function agreedReader(name: string, values: AgreedValues): Evaluate {
  if (values.length === 0) return () => leaf(unknown(name), { name })
  const leaves = values.map(({ from, value, written }) => ({
    from,
    is: leaf(value, { name, ...(written !== undefined && { written }) }),
  }))
  const notYet = leaf(notAgreed, { name })
  return ({ asking, at, period, agreedAt }) => {
    const held = heldAt(leaves, agreedAt ?? period?.start ?? at, asking.frame.zone)
    return held?.is ?? notYet
  }
}

/** The last that begins at or before the day of the instant. */
export function heldAt<Dated extends { readonly from?: Temporal.PlainDate | undefined }>(
  values: readonly Dated[],
  at: Instant,
  zone: string,
): Dated | undefined {
  if (values.every(({ from }) => !from)) return values.at(-1)
  const date = local(at, zone).toPlainDate()
  return values.findLast(({ from }) => !from || Temporal.PlainDate.compare(from, date) <= 0)
}
