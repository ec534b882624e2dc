import { z } from 'zod'
import { AgreedValue } from '../contract/agreed.ts'
import { Deviation } from '../contract/language/term.ts'
import { InstantText, Name, named, Text, words } from '../contract/words.ts'

const Deviations = z.array(Deviation)

/** An offering in the context of two parties: who, for how long, with which values and deviations, and every revision. */
export const AgreementWords = words({
  kind: z.literal('agreement'),
  id: Name,
  title: Text.optional(),
  relationship: Name,
  offering: Name,
  period: z.tuple([InstantText, InstantText]).describe('from and until (excluded)'),
  users: named(z.array(Name).min(1)).optional().describe('kind of user → persons'),
  agreed: named(AgreedValue).optional(),
  deviations: Deviations.optional(),
  revisions: z
    .array(
      words({
        from: InstantText,
        'agreed-on': InstantText.optional().describe('when it was agreed; --known-by reads it'),
        agreed: named(AgreedValue).optional(),
        deviations: Deviations.optional(),
      }),
    )
    .optional()
    .describe('what changes from when on; deviations given here replace those before'),
})
export type AgreementWords = z.infer<typeof AgreementWords>

export const FactsWords = words({
  kind: z.literal('facts'),
  agreement: Name,
  facts: z.array(z.unknown()),
})
export type FactsWords = z.infer<typeof FactsWords>

/** What a sender calls a fact or an order of its own; ids that the platform gives begin otherwise. */
export const SenderId = z
  .string()
  .regex(
    /^(?!(fct|ord|grt)_)[a-z][a-z0-9_]{0,59}$/,
    'Write a small letter, then small letters, digits and underscores, at most 60: item_0173. Names that begin with fct_, ord_ or grt_ are given by Tessera.',
  )

export const agreementId = (name: string) => `agr_${name}`
