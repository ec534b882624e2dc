import { z } from 'zod'
import { words } from '../language/map.ts'
import { InstantText, Name, Side, Sides, Text } from '../language/words.ts'

const asked = {
  at: InstantText.optional().describe(
    'the instant it is asked as of: nothing later has happened yet; without it, everything known has happened, and the deadlines of a fact asked about are over; `may`, `change` and `end` need it',
  ),
  'known-by': InstantText.optional().describe(
    'only what had been recorded by then is known; without it, everything recorded',
  ),
}
const suppose = z
  .array(z.record(Text, z.record(Text, Text)))
  .min(1)
  .optional()
  .describe(
    'facts that are supposed, `{ kind: { at: …, … } }`: nothing is recorded; without it, none',
  )

/** One typed question, one answer. */
export const questionForms = [
  words({
    may: Name.describe(
      'a component: whether it may be used at the instant `at`. Unless any instant may change it, the answer says until when it stands if nothing is recorded before',
    ),
    user: Name.describe('the kind of user who asks'),
    item: Text.optional().describe(
      'an item of a component with items; without it, the component as one',
    ),
    ...asked,
  }),
  words({
    value: Text.describe('any name, or a part of an answer by its path'),
    in: Text.optional().describe(
      'a period; of a charge its lines in the bill of that period; without it, at the instant, or `for` a fact; without both, of a charge the sum of all lines billed until the instant, each of them in the answer; what rests on no fact and is the same throughout the agreement needs none',
    ),
    for: Text.optional().describe('the id of a fact; without it, `in` a period, or at the instant'),
    about: Text.optional().describe(
      'of what is charged `for-each` of several in a period: the one whose line is meant; without it, all of them; of a measure with `about: same`: the subject that is meant; without it, that of the fact asked `for`',
    ),
    suppose,
    ...asked,
  }),
  words({ bill: Text.describe('a period: every line that is billed in it'), ...asked }),
  words({
    due: Name.describe(
      'a target or duty: by when it has to be kept; an option: until when it may be used; a credit with a claim: until when it can be claimed',
    ),
    for: Text.optional().describe(
      'the id of the fact that starts it, or of one about the same subject; of a claim, the event that it is for; without it, say `in`',
    ),
    in: Text.optional().describe(
      'of what starts with a period, that period; of a claim for a period, the one in which it is billed; without it, say `for`, and of what starts with the agreement nothing',
    ),
    about: Text.optional().describe(
      'of what is credited `for-each` of several in a period: the one that is claimed for; without it, the only one',
    ),
    ...asked,
  }),
  words({
    met: Name.describe(
      'a target or duty: whether it was kept; an option: whether it was used in time',
    ),
    for: Text.optional().describe(
      'of a deadline, the id of the fact that starts it, or of one about the same subject; without it, say `in`',
    ),
    in: Text.optional().describe(
      'of a level, one of its periods; of what starts with a period, that one; without it, say `for`, and of what starts with the agreement nothing',
    ),
    ...asked,
  }),
  words({ whose: Text.describe('an item or a component: who owns it'), ...asked }),
  words({
    level: Name.describe('a target with a measure: what was measured, its bounds, what is left'),
    in: Text.describe('one of its periods'),
    ...asked,
  }),
  words({
    duties: Sides.describe('who has to do it'),
    in: Text.optional().describe(
      'a period: what fell due in it, by the last instant that is in time; without it, what is still to be done',
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
      .describe('agreed values as they would be from `from` on; without it, those that are agreed'),
    from: InstantText.optional().describe(
      'from when they would be so; without it, from the instant `at` on',
    ),
    in: Text.optional().describe(
      'the period over which what is due is compared, and the difference the answer; without it, the answer is what is posted at the instant, and the whole agreement is compared, if it has an end',
    ),
    ...asked,
  }),
  words({
    end: z
      .literal('agreement')
      .describe('when it would take effect, and what would be posted from then on'),
    by: Side.optional().describe('who would end it; without it, either side'),
    on: Name.optional().describe(
      'the kind of fact that ends it; without it, the only one that does',
    ),
    suppose,
    ...asked,
  }),
  words({
    fit: z
      .enum(['purpose', 'use', 'value'])
      .describe(
        '`purpose`: whether each must-have need of the `utility` is met; `use`: whether conditions of availability, capacity, security and continuity are agreed (`warrants`) and all that fell due in the period were met; `value`: whether it is both, without which it enables none',
      ),
    in: Text.optional().describe(
      'the period in which the conditions were to be met; without it, `purpose` alone can be asked',
    ),
    ...asked,
  }),
  words({
    exposure: Text.describe(
      '`agreement` or a period: `committed`, what is due if nothing further is recorded and what is owed is done in time; `expected`, what would be due under `suppose`; `ceiling`, the most that may fall due whatever happens, by each revision and each agreed value as far as it is in force, or in its place `unbounded`, the clauses that set no bound',
    ),
    suppose,
    ...asked,
  }),
] as const
export type Question = z.infer<(typeof questionForms)[number]>
