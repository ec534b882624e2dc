import { z } from 'zod'
import { words } from '../contract/language/map.ts'
import { Currency, ExactNumber, Name, Text } from '../contract/language/words.ts'

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
  id: Name.describe('its name'),
  title: Text.describe('how it is called'),
  owner: Name.describe('the organisation that has it'),
  dimension: z
    .enum(dimensions)
    .describe('which of the four dimensions of service management it belongs to'),
  supplier: Name.optional().describe('the organisation that it comes from; without it, its own'),
  cost: words({
    amount: ExactNumber.describe('how much'),
    currency: Currency.describe('of the amount'),
    per: Text.describe('for what'),
  })
    .optional()
    .describe('what it costs the provider, whom alone it concerns; without it, nothing is said'),
  stock: ExactNumber.optional().describe('how many there are; without it, it is not counted'),
  items: z
    .array(Name)
    .min(1)
    .optional()
    .describe('single things, each by its tag; without it, none are kept apart'),
})
export type Resource = z.infer<typeof Resource>

export const resourceId = (name: string) => `res_${name}`
