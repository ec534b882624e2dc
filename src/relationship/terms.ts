import { z } from 'zod'
import { words } from '../contract/language/map.ts'
import { DateText, Name, Text } from '../contract/language/words.ts'

const Holder = z.union([
  Name.transform((person): RoleHolder => ({ person })),
  words({
    person: Name.describe('a person of the organisation'),
    from: DateText.optional().describe('the first day; without it, from the start'),
    until: DateText.optional().describe('the first day no more; without it, to the end'),
  }),
])
type RoleHolder = { person: string; from?: string | undefined; until?: string | undefined }
const Holders = z.array(Holder).min(1)

/** Two organisations that work together, and who acts for each. Roles belong to the relationship, not to the organisation. */
export const Relationship = words({
  kind: z.literal('relationship'),
  id: Name.describe('its name'),
  title: Text.optional().describe('how it is called; without it, its id in words'),
  provider: Name.describe('the organisation that provides'),
  consumer: Name.describe('the organisation that consumes'),
  'target-group': Name.describe('the group that the consumer belongs to'),
  from: DateText.describe('the first day'),
  until: DateText.optional().describe('the first day no more; without it, it goes on'),
  roles: words({
    provider: words({
      owner: Holders.describe('answers for what is provided'),
      practitioner: Holders.optional().describe('provides it; without it, nobody'),
    }).describe('who acts for the provider'),
    consumer: words({
      customer: Holders.describe('defines requirements, takes responsibility for the outcomes'),
      user: Holders.optional().describe('uses the services; without it, nobody'),
      sponsor: Holders.optional().describe('authorises the budget; without it, nobody'),
    }).describe('who acts for the consumer'),
  }).describe('persons by their roles'),
})
export type Relationship = z.infer<typeof Relationship>
export type Role = 'owner' | 'practitioner' | 'customer' | 'user' | 'sponsor'

export const relationshipId = (name: string) => `rel_${name}`
