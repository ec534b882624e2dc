import { z } from 'zod'
import { AgreementWords, FactsWords } from '../src/agreement/terms.ts'
import { InvoiceCaseWords } from '../src/charging/invoice-case.ts'
import { CaseWords } from '../src/contract/case/words.ts'
import { named } from '../src/contract/language/map.ts'
import { ComponentWords, OfferingWords } from '../src/contract/language/offering.ts'
import { Deviation, TermWords } from '../src/contract/language/term.ts'
import { InstantText, Text } from '../src/contract/language/words.ts'
import { questionForms } from '../src/contract/question/form.ts'
import { LegalEntity, Organisation, TargetGroup } from '../src/party/terms.ts'
import { Product } from '../src/product/terms.ts'
import { Relationship } from '../src/relationship/terms.ts'
import { Resource } from '../src/resource/terms.ts'
import { Service } from '../src/service/terms.ts'
import { WorldWords } from '../src/world/terms.ts'

// What an editor completes and checks. Where the parser reads a part later, with what it knows by then, the schema says
// its form at once.

/** Terms of a component are those of an offering, with the component filled in. */
const componentTerms = z.union(
  TermWords.options.map((option) => {
    const [kind = '', inner] = Object.entries(option.shape)[0] ?? []
    const own = inner as z.ZodObject
    return option.extend({ [kind]: 'of' in own.shape ? own.partial({ of: true }) : own })
  }) as unknown as [z.ZodType, z.ZodType],
)
const Components = z.array(ComponentWords.extend({ terms: named(componentTerms).optional() }))
const components = Components.optional().describe(OfferingWords.shape.components.description ?? '')
const Offering = OfferingWords.extend({ components })

const OfferingOf = z.union([Text, Offering])
const Facts = z.array(named(z.unknown()))
const Agree = z.looseObject({
  period: z.tuple([InstantText, InstantText]).optional(),
  'agreed-on': InstantText.optional(),
  deviations: z.array(Deviation).optional(),
  revisions: z
    .array(
      z.looseObject({
        from: InstantText,
        'agreed-on': InstantText.optional(),
        deviations: z.array(Deviation).optional(),
      }),
    )
    .optional(),
})
const asked = {
  offering: OfferingOf.optional(),
  agree: Agree.optional(),
  facts: Facts.optional(),
  asks: CaseWords.shape.asks,
  refused: CaseWords.shape.refused,
}
const Try = z.strictObject({ name: Text.optional(), ...asked })
const Case = z.union([
  CaseWords.extend({ ...asked, tries: z.array(Try).optional() }),
  InvoiceCaseWords,
])

const Document = z.union([
  Case,
  Offering.extend({ kind: z.literal('offering') }),
  AgreementWords,
  FactsWords.extend({ facts: Facts }),
  LegalEntity,
  Organisation,
  TargetGroup,
  Relationship,
  Resource,
  Product,
  Service,
  WorldWords,
])

export const schemas: Readonly<Record<string, z.ZodType>> = {
  offering: Offering,
  case: Case,
  question: z.union(questionForms),
  document: Document,
}

/** A JSON Schema of what is written: YAML reads `0.10` and `2` as numbers, which the language reads as their text. */
export function schemaText(schema: z.ZodType): string {
  const made = z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
    reused: 'ref',
    override: ({ jsonSchema }) => {
      const isAnyText =
        jsonSchema.type === 'string' &&
        jsonSchema.enum === undefined &&
        jsonSchema.const === undefined
      if (isAnyText) jsonSchema.type = ['string', 'number', 'boolean'] as unknown as 'string'
    },
  })
  return `${JSON.stringify(made, undefined, 2)}\n`
}
