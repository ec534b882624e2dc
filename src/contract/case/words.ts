import { z } from 'zod'
import { type FaultName, faultNames } from '../document/fault.ts'
import { words } from '../language/map.ts'
import { Text } from '../language/words.ts'
import { type Question, questionForms } from '../question/form.ts'
import type { Expected } from './expectation.ts'

/** What is expected of an answer. `is` compares exactly; `shown-as` rounds the exact answer to the digits given. */
const Expectation = {
  is: z
    .union([Text, z.record(Text, Text)])
    .optional()
    .describe(
      'the exact answer; of a bill, a map of clause to amount, a credit negative; without it, say `shown-as`, `total` or `lines`',
    ),
  'shown-as': Text.optional().describe(
    'the answer as it is shown: rounded to these digits, or cut to these units; without it, it is not compared',
  ),
  total: Text.optional().describe('the sum of a bill; without it, it is not compared'),
  lines: z
    .union([Text, z.record(Text, Text)])
    .optional()
    .describe(
      'the amounts of the lines in their order, or the sum of each clause, as they are billed: a charge positive, a credit negative, also where the answer itself is the credit’s own amount; of a remedy each less what it would be otherwise; without it, they are not compared',
    ),
  because: Text.optional().describe('the clause that decides; without it, any'),
  final: z
    .enum(['yes', 'no'])
    .optional()
    .describe('whether nothing can change any more; without it, either'),
}
const Ask = z.union(
  questionForms.map((form) => form.extend(Expectation)) as unknown as readonly [
    z.ZodType<Ask>,
    z.ZodType<Ask>,
  ],
)
export type Ask = Question & Expected

const Agree = z
  .record(Text, z.unknown())
  .describe('period, deviations, and agreed values by their names')
/** A fault that the documents must be refused with. */
const RefusedWith = words({
  name: z
    .enum(Object.keys(faultNames) as [FaultName, ...FaultName[]])
    .describe('the name of the fault, one of those below')
    .meta({ title: 'Fault' }),
  at: Text.optional().describe(
    'the pointer of the fault, such as /offering/terms/fee; without it, anywhere',
  ),
  says: Text.optional().describe('words that stand in what is said; without it, any'),
})
export type RefusedWith = z.infer<typeof RefusedWith>

const asked = {
  agree: Agree.optional().describe(
    'what is agreed: `period`, `agreed-on`, `deviations`, `revisions`, and agreed values by their names; without it, nothing beside the offering, and always',
  ),
  facts: z
    .array(z.unknown())
    .optional()
    .describe('what happened: `- kind: { at: …, … }`; without it, nothing'),
  asks: z
    .array(Ask)
    .optional()
    .describe('questions, each with what is expected; without it, say `refused`'),
  refused: z
    .array(RefusedWith)
    .min(1)
    .optional()
    .describe(
      'the faults that have to be found, instead of answers; without it, there may be none',
    ),
}
const OfferingOf = z
  .union([Text, z.record(Text, z.unknown())])
  .describe('a whole offering, or the id of one in the same world')
export const CaseWords = words({
  kind: z.literal('case').optional().describe('`case`; without it, the word `case` says so'),
  case: Text.describe('its name'),
  title: Text.optional().describe('for the reader; without it, none'),
  source: Text.optional().describe('where the rule was published; without it, it is ours'),
  rule: Text.optional().describe('the rule in words; without it, none'),
  note: Text.optional().describe('for the reader; without it, none'),
  offering: OfferingOf.optional().describe(
    'a whole offering, or the id of one in the same folder; without it, each try says its own',
  ),
  ...asked,
  tries: z
    .array(
      words({
        name: Text.optional().describe('what is tried; without it, its place'),
        offering: OfferingOf.optional().describe('another offering; without it, that of the case'),
        ...asked,
      }),
    )
    .optional()
    .describe(
      'what varies: each agrees otherwise, adds facts, or takes another offering; without it, the case is one',
    ),
})
