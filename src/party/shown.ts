import { z } from 'zod'
import { componentKinds } from '../contract/language/offering.ts'

/** An id with what it is called. */
export const Ref = z.object({ id: z.string(), title: z.string() })

/** A button: on, or off with the rule that refuses. */
export const Allowance = z.object({
  command: z.string(),
  refused: z.object({ name: z.string(), pointer: z.string(), words: z.string() }).optional(),
})
export type Allowance = z.infer<typeof Allowance>

export const Role = z.enum(['owner', 'practitioner', 'customer', 'user', 'sponsor'])
export const Kind = z.enum(componentKinds)

/** A page of a list: `next` is the cursor of the page after it. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), next: z.string().optional() })

const limitMax = 100
const limitWords = `A whole number from 1 to ${limitMax}.`

export const paging = {
  cursor: z.string().max(200).optional(),
  limit: z.coerce
    .number(limitWords)
    .int(limitWords)
    .min(1, limitWords)
    .max(limitMax, limitWords)
    .default(50),
}
