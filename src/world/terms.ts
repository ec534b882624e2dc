import { z } from 'zod'
import { InstantText, Name, Text, words } from '../contract/words.ts'

/** How the demonstration introduces a world: what to try in it, at which time it begins, and where time may be moved to. */
export const WorldWords = words({
  kind: z.literal('world'),
  id: Name,
  title: Text,
  says: Text,
  clock: InstantText.describe(
    'the instant at which the demonstration begins, in UTC or with an offset',
  ),
  moments: z.array(words({ title: Text, at: InstantText })).optional(),
  persons: z
    .array(words({ person: Name, says: Text }))
    .optional()
    .describe('what each may try'),
})
export type WorldWords = z.infer<typeof WorldWords>
