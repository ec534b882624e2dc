import { z } from 'zod'
import { Side } from '../party/shown.ts'

const Reason = z.object({
  clause: z.string(),
  number: z.string(),
  says: z.string(),
  facts: z.array(z.string()),
  steps: z.array(z.string()),
})

/** A line of a bill: what it posts, by which clause, and the reasons for it. */
export const LineShown = z.object({
  clause: z.string(),
  number: z.string(),
  title: z.string(),
  amount: z.string(),
  says: z.string(),
  currency: z.string(),
  from: z.string().optional(),
  to: z.string().optional(),
  event: z.string().optional(),
  at: z.string().optional(),
  billed: z.string(),
  payer: Side,
  payee: Side,
  component: z.string().optional(),
  waived: z.boolean(),
  because: z.array(Reason),
})

/** One of four: a value, nothing due, not agreed, unknown. The last two are not zero. */
export const AnswerShown = z.object({
  agreement: z.string(),
  revision: z.number(),
  version: z.number().describe('of the agreement’s stream: with it the answer never changes'),
  question: z.string(),
  kind: z.enum(['value', 'nothing-due', 'not-agreed', 'unknown']),
  answer: z.string(),
  says: z.string(),
  unit: z.string().optional(),
  missing: z.array(z.string()).optional(),
  final: z.string(),
  asOf: z.string(),
  clause: z.string().optional(),
  number: z.string().optional(),
  warnings: z.array(z.string()).optional(),
  lines: z.array(LineShown).optional(),
  standing: z.record(z.string(), z.unknown()).optional(),
  because: z.array(Reason),
  derivation: z.unknown(),
})
/** The sum, and each price that would be due; where no clause speaks, it is for the parties to settle. */
export const SuppositionShown = z.object({
  kind: z.enum(['value', 'nothing-due', 'not-agreed', 'unknown']),
  answer: z.string(),
  says: z.string(),
  at: z.string(),
  answers: z.array(AnswerShown),
})
export type AnswerShown = z.infer<typeof AnswerShown>
