import { z } from 'zod'
import { AgreedValue } from '../contract/agreement/agreed.ts'
import { named, words } from '../contract/language/map.ts'
import { Deviation } from '../contract/language/term.ts'
import { InstantText, Name, Text } from '../contract/language/words.ts'

const Deviations = z.array(Deviation)

/** An offering in the context of two parties: who, for how long, with which values and deviations, and every revision. */
export const AgreementWords = words({
  kind: z.literal('agreement'),
  id: Name.describe('its name'),
  title: Text.optional().describe('how it is called; without it, the title of the offering'),
  relationship: Name.describe('the relationship that it stands in'),
  offering: Name.describe('the offering that it takes up'),
  period: z.tuple([InstantText, InstantText]).describe('from and until (excluded)'),
  users: named(z.array(Name).min(1))
    .optional()
    .describe('for each kind of user its persons, `driver: [ ana ]`; without it, nobody'),
  agreed: named(AgreedValue)
    .optional()
    .describe('agreed values by their names; without it, their defaults'),
  deviations: Deviations.optional().describe('what is agreed otherwise; without it, nothing'),
  revisions: z
    .array(
      words({
        from: InstantText.describe('from when it holds'),
        'agreed-on': InstantText.optional().describe(
          'when it was agreed, which `known-by` reads; without it, it was always known',
        ),
        agreed: named(AgreedValue).optional().describe('values that change; without it, none'),
        deviations: Deviations.optional().describe(
          'those that hold from then on, instead of those before; without it, the same',
        ),
      }),
    )
    .optional()
    .describe('what changes from when on; without it, nothing'),
})
export type AgreementWords = z.infer<typeof AgreementWords>

export const FactsWords = words({
  kind: z.literal('facts'),
  agreement: Name.describe('the agreement under which it happened'),
  facts: z.array(z.unknown()).describe('what happened: `- kind: { at: …, … }`'),
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
