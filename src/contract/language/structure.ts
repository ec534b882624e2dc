import { z } from 'zod'
import { words } from './map.ts'
import { Text, Title, WholeNumber } from './words.ts'

/** Structures: what something rests on. One tree, two readings: time that was measured, and availability that is promised. */
export type PartWords = string | GroupWords
type GroupWords =
  | { 'all-of': PartWords[] }
  | { 'any-of': PartWords[] }
  | { 'at-least': number; of: PartWords[] }

const Parts = z
  .array(z.lazy((): z.ZodType<PartWords> => z.union([Text, Group])))
  .min(1)
  .describe(
    'parts: what the facts are about (an item or a component), an agreed value, a measure or a level target; the name of another structure; or a structure written here',
  )
const allOf = { 'all-of': Parts.describe('needed together: one down is all down') }
const anyOf = { 'any-of': Parts.describe('each can stand in for the others: all down is down') }
const atLeast = {
  'at-least': WholeNumber.describe('so many of the parts have to be up'),
  of: Parts,
}
const Group: z.ZodType<GroupWords> = z.union([words(allOf), words(anyOf), words(atLeast)])

export const StructureWords = z.union([
  words({ ...allOf, title: Title }),
  words({ ...anyOf, title: Title }),
  words({ ...atLeast, title: Title }),
])
export type StructureWords = z.infer<typeof StructureWords>
