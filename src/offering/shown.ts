import { z } from 'zod'
import { Clause } from '../agreement/shown.ts'
import { Allowance, Kind, Ref } from '../party/shown.ts'

export const OfferingCard = z.object({
  id: z.string(),
  version: z.number(),
  title: z.string(),
  provider: Ref,
  target_groups: z.array(Ref),
  currency: z.string(),
  needs: z.array(z.string()),
  components: z.array(z.object({ id: z.string(), kind: Kind, title: z.string() })),
  /** Of the viewer with this provider, where there is one. */
  relationships: z.array(z.object({ id: z.string(), counterpart: Ref })),
  propose: Allowance,
})

const AgreedSlot = z.object({
  name: z.string(),
  title: z.string(),
  type: z.string(),
  default: z.string().optional(),
  choices: z.array(z.string()).optional(),
  /** Another value than the published one is not the consumer's to choose: its provider accepts it or does not. */
  needs_acceptance: z.boolean(),
})

export const OfferingShown = OfferingCard.extend({
  zone: z.string(),
  published_at: z.string(),
  versions: z.array(z.object({ version: z.number(), published_at: z.string() })),
  head: z.array(z.string()),
  clauses: z.array(Clause),
  definitions: z.array(z.object({ term: z.string(), text: z.string() })),
  agreed: z.array(AgreedSlot),
  users: z.array(z.string()),
  /** The provider's own: what it writes, in the offering language; the draft, or what is published while there is none. */
  source: z
    .object({
      is: z.enum(['draft', 'published']),
      draft: z.string().optional().describe('what publish_offering expects'),
      text: z.string(),
      faults: z.array(z.object({ name: z.string(), pointer: z.string(), words: z.string() })),
      write: Allowance,
      publish: Allowance,
    })
    .optional(),
})
export type OfferingShown = z.infer<typeof OfferingShown>
