import { z } from 'zod'
import { Currency, ExactNumber, Name, Text, words } from '../contract/words.ts'

/** The four dimensions of service management; every resource belongs to exactly one. */
const dimensions = [
  'organisations-and-people',
  'information-and-technology',
  'partners-and-suppliers',
  'value-streams-and-processes',
] as const

/** What a provider has and configures into products: people, things, information, partners, processes. */
export const Resource = words({
  kind: z.literal('resource'),
  id: Name,
  title: Text,
  owner: Name.describe('the organisation that has it'),
  dimension: z.enum(dimensions),
  supplier: Name.optional().describe('the organisation that it comes from'),
  cost: words({ amount: ExactNumber, currency: Currency, per: Text }).optional(),
  stock: ExactNumber.optional(),
  items: z.array(Name).min(1).optional().describe('single things, each by its tag'),
})
export type Resource = z.infer<typeof Resource>

export const resourceId = (name: string) => `res_${name}`
