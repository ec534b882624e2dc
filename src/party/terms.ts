import { z } from 'zod'
import { Name, Text, words } from '../contract/words.ts'

/** A human being acting for an organisation. A single person may be an organisation. */
const Person = words({ id: Name, title: Text })

/** A person or group with its own functions, responsibilities and authorities. */
export const Organisation = words({
  kind: z.literal('organisation'),
  id: Name,
  title: Text,
  says: Text.optional(),
  objectives: z.array(Text).optional(),
  persons: z.array(Person).optional(),
})
export type Organisation = z.infer<typeof Organisation>

/** Consumers with common needs, for whom offerings are designed. */
export const TargetGroup = words({
  kind: z.literal('target-group'),
  id: Name,
  title: Text,
  says: Text.optional(),
})
export type TargetGroup = z.infer<typeof TargetGroup>

/** Ids of what comes from files: the author's name behind the prefix of its kind. */
export const organisationId = (name: string) => `org_${name}`
export const personId = (name: string) => `per_${name}`
export const targetGroupId = (name: string) => `grp_${name}`
