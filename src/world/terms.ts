import { z } from 'zod'
import { words } from '../contract/language/map.ts'
import { InstantText, Name, Text } from '../contract/language/words.ts'

/** How the demonstration introduces a world: what to try in it, at which time it begins, and where time may be moved to. */
export const WorldWords = words({
  kind: z.literal('world'),
  id: Name.describe('its name'),
  title: Text.describe('how it is called'),
  says: Text.describe('what to try in it'),
  clock: InstantText.describe(
    'the instant at which the demonstration begins; in UTC, where it has neither Z nor an offset',
  ),
  moments: z
    .array(
      words({
        title: Text.describe('what there is to see'),
        at: InstantText.describe('the instant, read as that of `clock` is'),
      }),
    )
    .optional()
    .describe('where time may be moved to; without it, no particular ones'),
  persons: z
    .array(words({ person: Name.describe('a person'), says: Text.describe('what to try') }))
    .optional()
    .describe('what each may try; without it, nothing is said'),
})
export type WorldWords = z.infer<typeof WorldWords>
