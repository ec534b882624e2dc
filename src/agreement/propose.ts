import { isSlot } from '../contract/agreement/agreed.ts'
import type { Contract } from '../contract/compile.ts'
import type { PlainMap } from '../contract/document/document.ts'
import type { Fault } from '../contract/document/fault.ts'
import { readValue } from '../contract/fact/read.ts'
import type { AgreedSlotWords } from '../contract/language/offering.ts'
import type { Type } from '../contract/type.ts'
import { sameValue } from '../contract/value.ts'
import { type Refusal, refuser } from '../kernel/refusal.ts'
import {
  beginningOfTime,
  endOfTime,
  type Instant,
  type Period,
  parseDate,
  parseInstant,
  startOfDay,
  utcText,
} from '../kernel/time.ts'
import { contractOf, instantRefusal } from './contract.ts'

export type Proposal = {
  readonly from: string
  readonly until: string
  readonly users: Readonly<Record<string, readonly string[]>>
  readonly agreed: PlainMap
  readonly deviations: readonly PlainMap[]
}

export type ProposedOn = {
  readonly offering: {
    readonly provider: string
    readonly groups: readonly string[]
    readonly document: string
    readonly zone: string
  }
  readonly relationship: {
    readonly provider: string
    readonly group: string
    readonly from: string
    readonly until?: string
  }
  /** Persons who hold the role of user on the consumer's side. */
  readonly users: ReadonlySet<string>
  /** The side that proposes. */
  readonly side: string
  /** When it is proposed; none for what was concluded elsewhere, whenever that was. */
  readonly now?: Instant
}

export const proposalRefusals = {
  offering_must_be_the_providers: 'The offering is another provider’s.',
  target_group_must_fit: 'The offering is made for other target groups.',
  offering_must_be_available: 'It is not offered today.',
  ...instantRefusal,
  agreement_must_end_after_it_starts: 'An agreement has to end after it starts.',
  agreement_must_not_lie_in_the_past: 'The period has ended already.',
  agreement_must_lie_within_its_relationship:
    'An agreement lies within its relationship, also in time.',
  user_undeclared: 'The offering has no such kind of user.',
  person_without_role: 'A user of the agreement holds the role of user in the relationship.',
  user_needed:
    'Name at least one person who uses it: what is only for users is permitted to nobody else.',
  deviation_must_be_the_providers:
    'A customer proposes an offering as it is published; the provider proposes deviations.',
} as const
const refuse = refuser(proposalRefusals)

export type Judged = {
  readonly valid_from: string
  readonly valid_until: string
  /** Agreed values of the proposer's own, which the offering does not leave to the consumer. */
  readonly own: readonly string[]
}

/** The agreed period as UTC text, or why this cannot be proposed: the first rule that refuses. */
export function proposed(
  proposal: Proposal,
  { offering, relationship, users, side, now }: ProposedOn,
): Judged | { readonly refusal: Refusal } {
  const no = (name: keyof typeof proposalRefusals, pointer: string, more?: string) => ({
    refusal: refuse(name, pointer, more),
  })
  if (relationship.provider !== offering.provider)
    return no('offering_must_be_the_providers', '/offering')
  if (!offering.groups.includes(relationship.group)) return no('target_group_must_fit', '/offering')
  const { zone } = offering
  if (now !== undefined && !isAvailable(offering, now))
    return no('offering_must_be_available', '/offering')
  const [from, until] = [parseInstant(proposal.from, zone), parseInstant(proposal.until, zone)]
  if (from === undefined) return no('instant_unreadable', '/from')
  if (until === undefined) return no('instant_unreadable', '/until')
  if (from >= until) return no('agreement_must_end_after_it_starts', '/until')
  if (now !== undefined && until <= now) return no('agreement_must_not_lie_in_the_past', '/until')
  const within = daysIn(relationship, zone)
  if (from < within.start || until > within.end)
    return no('agreement_must_lie_within_its_relationship', '/from')
  const stranger = unfitUser(proposal.users, kindsOfUser(offering.document), users)
  if (stranger) return { refusal: stranger }
  if (now !== undefined && isForNobody(proposal.users, offering.document))
    return no('user_needed', '/users')
  if (side === 'consumer' && proposal.deviations.length > 0)
    return no('deviation_must_be_the_providers', '/deviations')
  const terms = { valid_from: utcText(from), valid_until: utcText(until) }
  const { agreement, faults } = contractOf({ ...terms, ...proposal }, [], offering.document)
  const contract = agreement?.revisions[0]?.contract
  if (!contract) return { refusal: unsound(faults) }
  return { ...terms, own: ownValues(proposal.agreed, contract) }
}

/** What an agreement stands on, as it is now: the offering as it is published last, and the relationship. */
export type Ground = {
  readonly version: number
  readonly document: string
  readonly zone: string
  readonly held_from: string
  readonly held_until?: string
}

export const lapseRefusals = {
  agreement_must_not_lie_in_the_past: proposalRefusals.agreement_must_not_lie_in_the_past,
  agreement_must_lie_within_its_relationship:
    proposalRefusals.agreement_must_lie_within_its_relationship,
} as const
export const availabilityRefusals = {
  offering_must_be_available: proposalRefusals.offering_must_be_available,
} as const

/** Why what was proposed can be taken up no more. */
export function lapseRefused(
  { valid_until: until }: { readonly valid_until: string },
  ground: Ground,
  now: Instant,
): Refusal | undefined {
  const { held_from: from, held_until, zone } = ground
  if (Date.parse(until) <= now) return refuse('agreement_must_not_lie_in_the_past')
  const { end } = daysIn({ from, until: held_until }, zone)
  return Date.parse(until) > end ? refuse('agreement_must_lie_within_its_relationship') : undefined
}

/** What is offered no more is not accepted either. */
export const availabilityRefused = (ground: Ground, now: Instant): Refusal | undefined =>
  isAvailable(ground, now) ? undefined : refuse('offering_must_be_available')

/**
 * Agreed values that are neither as published nor left to the consumer to choose: whoever proposes them speaks for himself
 * alone, and the provider accepts them or does not.
 */
export function ownValues(
  agreed: PlainMap,
  { words, definitions, zone }: Pick<Contract, 'words' | 'definitions' | 'zone'>,
): string[] {
  return Object.entries(agreed).flatMap(([name, text]) => {
    const slot = words.agreed?.[name]
    const type = definitions.get(name)?.type()
    if (!slot || !type || leavesChoice(slot, type)) return []
    const usual = isSlot(slot) && slot.default !== undefined && readValue(slot.default, type, zone)
    const value = typeof text === 'string' ? readValue(text, type, zone) : undefined
    const isUsual = value !== undefined && usual !== undefined && usual !== false
    return isUsual && sameValue(value, usual) ? [] : [name]
  })
}

/**
 * Whether the offering itself says what the consumer may choose: a list, or a range with both ends. One bound alone says
 * what can never be agreed: a rate of at least nothing offers nobody a rate of nothing.
 */
export function leavesChoice(slot: AgreedSlotWords, type: Type): boolean {
  if (type.is === 'choice') return true
  if (!isSlot(slot)) return false
  return slot.allowed !== undefined || (!!slot['at-least'] && !!slot['at-most'])
}

type Days = { readonly from?: string | undefined; readonly until?: string | undefined }

/** Dates begin with their day in a zone; the last is the first that no longer counts. */
function daysIn({ from, until }: Days, zone: string): Period {
  const begin = (date: string | undefined) => {
    const read = date === undefined ? undefined : parseDate(date)
    return read && startOfDay(read, zone)
  }
  return { start: begin(from) ?? beginningOfTime, end: begin(until) ?? endOfTime }
}

/** Whether an offering may be taken up at an instant, on the dates that it names in its own zone. */
export function isAvailable(
  { document, zone }: { readonly document: string; readonly zone: string },
  now: Instant,
): boolean {
  const { available }: { available?: Days } = JSON.parse(document)
  const { start, end } = daysIn(available ?? {}, zone)
  return start <= now && now < end
}

function kindsOfUser(document: string): readonly string[] {
  const { users }: PlainMap = JSON.parse(document)
  return Array.isArray(users) ? users.map(String) : []
}

/** Everything that it offers to be used or ordered is for kinds of user, and nobody is named as any of them. */
function isForNobody(wanted: Proposal['users'], document: string): boolean {
  const { components }: PlainMap = JSON.parse(document)
  const all = (Array.isArray(components) ? components : []) as readonly PlainMap[]
  const served = all.filter((one) => 'access' in one || 'action' in one)
  const hasUser = Object.values(wanted).some((persons) => persons.length > 0)
  return !hasUser && served.length > 0 && served.every((one) => one['for'] !== undefined)
}

function unfitUser(
  wanted: Proposal['users'],
  known: readonly string[],
  persons: ReadonlySet<string>,
): Refusal | undefined {
  for (const [kind, all] of Object.entries(wanted)) {
    if (!known.includes(kind)) return refuse('user_undeclared', `/users/${kind}`)
    const place = all.findIndex((person) => !persons.has(person))
    if (place >= 0) return refuse('person_without_role', `/users/${kind}/${place}`)
  }
  return undefined
}

/** The offering is sound by itself, so what is wrong comes from what is agreed. */
function unsound([fault]: readonly Fault[]): Refusal {
  if (!fault) throw new Error('terms that do not compile have a fault')
  const pointer = fault.of === 'agreement' ? fault.pointer : '/deviations'
  return { name: fault.name, pointer, words: fault.words }
}
