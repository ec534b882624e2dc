import { z } from 'zod'
import { DateText, Name, Text, words } from '../contract/words.ts'

const Holder = z.union([
  Name.transform((person): RoleHolder => ({ person })),
  words({ person: Name, from: DateText.optional(), until: DateText.optional() }),
])
type RoleHolder = { person: string; from?: string | undefined; until?: string | undefined }
const Holders = z.array(Holder).min(1)

/** Two organisations that work together, and who acts for each. Roles belong to the relationship, not to the organisation. */
export const Relationship = words({
  kind: z.literal('relationship'),
  id: Name,
  title: Text.optional(),
  provider: Name,
  consumer: Name,
  'target-group': Name.describe('the group that the consumer belongs to'),
  from: DateText,
  until: DateText.optional(),
  roles: words({
    provider: words({ owner: Holders, practitioner: Holders.optional() }),
    consumer: words({
      customer: Holders.describe('defines requirements, takes responsibility for the outcomes'),
      user: Holders.optional().describe('uses the services'),
      sponsor: Holders.optional().describe('authorises the budget'),
    }),
  }),
})
export type Relationship = z.infer<typeof Relationship>
export type Side = 'provider' | 'consumer'
export type Role = 'owner' | 'practitioner' | 'customer' | 'user' | 'sponsor'

export const relationshipId = (name: string) => `rel_${name}`
