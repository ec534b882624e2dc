import { z } from 'zod'
import { Side } from '../contract/language/words.ts'
import { type OperationName, operations } from '../contract/operation/operation.ts'
import { Ref } from '../party/shown.ts'

const Reason = z.object({
  clause: z.string(),
  number: z.string(),
  says: z.string(),
  facts: z.array(z.string()),
  steps: z.array(z.string()),
})

const AspectShown = z.object({
  is: z.string(),
  /** In their order, each with the clause that says so. */
  changes: z.array(
    z.object({ at: z.string(), to: z.string(), clause: z.string(), fact: z.string() }),
  ),
})

/** Each operation has its own settings; numbers, amounts and lengths among them are text outside. */
const written = (settings: unknown): Json => JSON.parse(JSON.stringify(settings))
type Json = z.output<ReturnType<typeof z.json>>

const Step = z.object({
  same: z.string().optional().describe('the `id` of a step that is written before'),
  id: z.string().optional(),
  value: z.string().optional(),
  unit: z.string().optional(),
  clause: z.string().optional(),
  name: z.string().optional(),
  fact: z.object({ id: z.string(), field: z.string() }).optional(),
  facts: z.object({ kind: z.string(), count: z.number(), digest: z.string() }).optional(),
  how: z
    .object({
      operation: z.enum(Object.keys(operations) as OperationName[]),
      with: z.unknown().transform(written).optional().meta({ type: 'object' }),
    })
    .optional(),
  from: z
    .array(z.object({ as: z.string(), is: z.unknown().describe('a step like this one') }))
    .optional(),
})
type Step = Omit<z.output<typeof Step>, 'from'> & {
  from?: { readonly as: string; readonly is: Step }[]
}

const { $schema: _, ...described } = z.toJSONSchema(Step, { unrepresentable: 'any' })

/** A step of an answer with what it rests on, down to facts and to what a clause states. */
const DerivationShown = z.unknown().transform(derivationShown).meta(described)

/** Not by a schema that calls itself: a year of days that carry over is a thousand steps deep, where that has no stack left. */
function derivationShown(root: unknown): Step {
  const shown: Step = {}
  const waiting = [{ step: root, into: shown }]
  for (const { step, into } of waiting) {
    const { from, ...said } = Step.parse(step)
    Object.assign(into, said)
    if (!from) continue
    into.from = from.map(({ as, is }) => {
      const next: Step = {}
      waiting.push({ step: is, into: next })
      return { as, is: next }
    })
  }
  return shown
}

/** Due only if claimed by then. */
const Claim = z.object({ until: z.string().optional(), says: z.string(), claimed: z.string() })

/** An edge that is left out is open. */
const Stretch = z.object({
  ...{ from: z.string().optional(), until: z.string().optional(), says: z.string() },
})

const Cited = { clause: z.string(), number: z.string(), title: z.string() }
const FigureShown = z.object({
  ...{ name: z.string(), answer: z.string(), says: z.string(), unit: z.string().optional() },
})
/** What an event changes: title, custody or right of a thing, or the end of the agreement. */
export const EffectShown = z.object({
  ...Cited,
  at: z.string(),
  of: z.string(),
  item: z.string().optional(),
  sets: z.object({
    title: Side.optional(),
    custody: Side.optional(),
    right: z.string().optional(),
  }),
})
/** Something that a side has to do by some time. */
const DutyShown = z.object({
  ...Cited,
  who: Side,
  fact: z.string(),
  about: z.string().optional(),
  start: z.string(),
  due: z.string().optional(),
  says: z.string(),
  done: z.string().optional(),
  state: z.enum(['met', 'missed', 'open']),
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
  about: z.string().optional().describe('of a charge for each of several, which of them'),
  at: z.string().optional(),
  billed: z.string(),
  payer: Side,
  payee: Side,
  component: z.string().optional(),
  claim: Claim.optional(),
  internal: z
    .string()
    .optional()
    .describe('the legal entity to which both sides belong on the bill date: no tax invoice'),
  otherwise: z.string().optional().describe('what it would be without what is asked about'),
  missing: z.array(z.string()).optional().describe('what has to be recorded first, in words'),
  waived: z.boolean(),
  because: z.array(Reason),
})

/** Charges within one legal entity, of which no tax invoice is made. */
export const InternalShown = z.object({
  legal_entities: z.array(Ref).describe('those to which both sides belong on the bill dates'),
  lines: z.number().describe('how many of the lines are internal charges'),
  of: z.number().describe('how many lines there are'),
  says: z.string(),
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
  missing: z.array(z.string()).optional().describe('what has to be recorded first, in words'),
  why: z
    .string()
    .optional()
    .describe('of what is not agreed: what is so instead, where a clause says anything of it'),
  final: z.boolean().describe('no fact that may still come changes it'),
  as_of: z.string(),
  clause: z.string().optional(),
  number: z.string().optional(),
  warnings: z.array(z.string()).optional(),
  stands: Stretch.optional().describe(
    'of `may`, from when until when nothing on file changes it; left out where any instant may',
  ),
  lines: z.array(LineShown).optional(),
  internal: InternalShown.optional().describe(
    'of a bill: what the parties belong to rests on their own streams, not on the version',
  ),
  standing: z.object({ title: AspectShown, custody: AspectShown, right: AspectShown }).optional(),
  figures: z.array(FigureShown).optional(),
  sums: z
    .array(FigureShown.omit({ name: true }).extend(Cited))
    .optional()
    .describe('what the lines of each clause add up to, where they are many'),
  effects: z.array(EffectShown).optional(),
  duties: z.array(DutyShown).optional(),
  unbounded: z
    .array(z.object(Cited))
    .optional()
    .describe(
      'clauses that set no bound to what may fall due; of a remedy under an agreement without an end, those that it changes for ever: its amount is that of three years',
    ),
  undecided: z
    .array(z.object(Cited))
    .optional()
    .describe('clauses of which it is not known yet what they make due'),
  because: z.array(Reason),
  derivation: DerivationShown,
})
/** The sum, and each price that would be due; where no clause speaks, it is for the parties to settle. */
export const SuppositionShown = z.object({
  kind: z.enum(['value', 'nothing-due', 'not-agreed', 'unknown']),
  answer: z.string(),
  says: z.string(),
  at: z.string(),
  answers: z.array(AnswerShown),
  effects: z.array(EffectShown).optional(),
  refunds: z
    .array(
      z.object({
        ...Cited,
        kind: z.string().describe('the kind of fact that brings it about'),
        until: z.string().optional().describe('the last minute at which it still does'),
      }),
    )
    .optional()
    .describe('credits that give back what it would cost'),
})
export type AnswerShown = z.infer<typeof AnswerShown>
