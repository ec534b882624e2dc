import { z } from 'zod'
import { words } from '../contract/language/map.ts'
import { DateText, Name, Text } from '../contract/language/words.ts'

/** A human being acting for an organisation. A single person may be an organisation. */
const Person = words({ id: Name.describe('its name'), title: Text.describe('how it is called') })

const Belonging = z.union([
  Name.transform((entity): BelongingWords => ({ 'legal-entity': entity })),
  words({
    'legal-entity': Name.describe('a legal entity'),
    from: DateText.optional().describe('the first day; without it, ever since'),
    until: DateText.optional().describe('the first day no more; without it, it goes on'),
  }),
])
type BelongingWords = {
  'legal-entity': string
  from?: string | undefined
  until?: string | undefined
}

/** A person or group with its own functions, responsibilities and authorities. */
export const Organisation = words({
  kind: z.literal('organisation'),
  id: Name.describe('its name'),
  title: Text.describe('how it is called'),
  says: Text.optional().describe('who it is; without it, nothing is said'),
  objectives: z.array(Text).optional().describe('what it wants; without it, nothing is said'),
  'legal-entities': z
    .array(Belonging)
    .optional()
    .describe(
      'those that it belongs to, perhaps with dates, `[]` where it left all; what two sides of one charge each other is internal, without a tax invoice; without it, none, or those that were named before',
    ),
  persons: z.array(Person).optional().describe('who acts for it; without it, nobody'),
})
export type Organisation = z.infer<typeof Organisation>

/** A body that the law lets own, owe and sign. An organisation may belong to none, to one or to several. */
export const LegalEntity = words({
  kind: z.literal('legal-entity'),
  id: Name.describe('its name'),
  title: Text.describe('how it is called'),
  says: Text.optional().describe(
    'what tells it from others, such as its number in a register; without it, nothing is said',
  ),
})
export type LegalEntity = z.infer<typeof LegalEntity>

/** Consumers with common needs, for whom offerings are designed. */
export const TargetGroup = words({
  kind: z.literal('target-group'),
  id: Name.describe('its name'),
  title: Text.describe('how it is called'),
  says: Text.optional().describe('what they need; without it, nothing is said'),
})
export type TargetGroup = z.infer<typeof TargetGroup>

/** Ids of what comes from files: the author's name behind the prefix of its kind. */
export const organisationId = (name: string) => `org_${name}`
export const legalEntityId = (name: string) => `ent_${name}`
export const personId = (name: string) => `per_${name}`
export const targetGroupId = (name: string) => `grp_${name}`
