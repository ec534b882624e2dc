import { z } from 'zod'
import { InstantText, Name, Text, words } from '../words.ts'

const asked = {
  at: InstantText.optional().describe(
    'the instant it is asked as of: nothing later has happened yet',
  ),
  'known-by': InstantText.optional().describe('only what had been recorded by then is known'),
}
const suppose = z
  .array(z.record(Text, z.record(Text, Text)))
  .min(1)
  .optional()
  .describe('facts that are supposed, `{ kind: { at: …, … } }`: nothing is recorded')
const Side = z.enum(['provider', 'consumer'])

/** One typed question, one answer. */
export const questionForms = [
  words({ may: Name.describe('a component'), user: Name, item: Text.optional(), ...asked }),
  words({
    value: Text.describe('any name, or a part of an answer by its path'),
    in: Text.optional(),
    for: Text.optional(),
    ...asked,
  }),
  words({ bill: Text.describe('a period'), ...asked }),
  words({ due: Name.describe('a target or duty'), for: Text, ...asked }),
  words({
    met: Name.describe('a target or duty'),
    for: Text.optional(),
    in: Text.optional(),
    ...asked,
  }),
  words({ whose: Text.describe('an item or a component'), ...asked }),
  words({
    level: Name.describe('a target with a measure: what was measured, its bounds, what is left'),
    in: Text.describe('a period'),
    ...asked,
  }),
  words({
    duties: Side.or(z.literal('both')).describe('who has to do it'),
    in: Text.optional().describe(
      'a period: what fell due in it; without one, what is still to be done',
    ),
    ...asked,
  }),
  words({
    remedy: Text.describe(
      'a fact by its id: what follows from it, with until when it is claimed; or a period: its credits',
    ),
    suppose,
    ...asked,
  }),
  words({
    change: Name.describe('a charge, or `all`: the lines that a change of what is agreed posts'),
    agree: z
      .record(Name, Text)
      .optional()
      .describe('agreed values as they would be from `at` on; without them those that are agreed'),
    ...asked,
  }),
  words({
    end: z
      .literal('agreement')
      .describe('when it would take effect, and what would be posted from then on'),
    by: Side.optional().describe('who would end it'),
    on: Name.optional().describe('the kind of fact that ends it, where there are several'),
    suppose,
    ...asked,
  }),
  words({
    exposure: Text.describe(
      '`agreement` or a period: what is due whatever else happens, and at most',
    ),
    suppose,
    ...asked,
  }),
] as const
export type Question = z.infer<(typeof questionForms)[number]>
