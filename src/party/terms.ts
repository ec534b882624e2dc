import { z } from 'zod'
import { Name, Text, words } from '../contract/words.ts'

/** A human being acting for an organisation. A single person may be an organisation. */
const Person = words({ id: Name.describe('its name'), title: Text.describe('how it is called') })

/** A person or group with its own functions, responsibilities and authorities. */
export const Organisation = words({
  kind: z.literal('organisation'),
  id: Name.describe('its name'),
  title: Text.describe('how it is called'),
  says: Text.optional().describe('who it is; without it, nothing is said'),
  objectives: z.array(Text).optional().describe('what it wants; without it, nothing is said'),
  persons: z.array(Person).optional().describe('who acts for it; without it, nobody'),
})
export type Organisation = z.infer<typeof Organisation>

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
export const personId = (name: string) => `per_${name}`
export const targetGroupId = (name: string) => `grp_${name}`
