import type { ComponentKind } from '../contract/language/offering.ts'
import type { Side } from '../contract/language/words.ts'

/** What each command is called on its button. The sides may call the same thing differently. */
type CommandWords = {
  readonly title: string
  readonly consumer?: string
  readonly done: string
  /** What comes of it, where it cannot be undone: then it is said before it is done. */
  readonly follows?: string
}

export const commandWords = {
  accept_agreement: {
    ...{ title: 'Accept', done: 'Accepted' },
    follows:
      'Your side agrees to these terms. They bind both sides as soon as a sponsor authorises the budget.',
  },
  authorise_budget: {
    ...{ title: 'Authorise a budget', done: 'Authorised' },
    follows: 'The agreement runs from then on, and binds both sides until it ends.',
  },
  withdraw_proposal: {
    ...{ title: 'Withdraw', consumer: 'Decline', done: 'Withdrawn' },
    follows: 'The proposal is over for both sides. Whoever still wants it proposes it anew.',
  },
  hand_over_good: {
    ...{ title: 'Hand over', done: 'Handed over' },
    follows: 'It passes to the consumer and is charged, as the agreement says.',
  },
  confirm_receipt: { title: 'Confirm receipt', done: 'Confirmed' },
  grant_access: { title: 'Grant', done: 'Granted' },
  end_access: {
    ...{ title: 'End access', done: 'Ended' },
    follows: 'From now on nobody may use it under this agreement.',
  },
  record_kept: {
    ...{ title: 'Record as kept', consumer: 'Keep it', done: 'Recorded' },
    follows: 'It then counts as kept or missing, and the agreement says whose it is.',
  },
  take_back: { title: 'Take back', done: 'Taken back' },
  place_order: { title: 'Order', done: 'Ordered' },
  respond_to_order: { title: 'Answer', done: 'Answered' },
  perform_action: { title: 'Record work', done: 'Recorded' },
  record_use: { title: 'Record use', done: 'Recorded' },
  record_fact: { title: 'Record', done: 'Recorded' },
} as const satisfies Record<string, CommandWords>

export type NamedCommand = keyof typeof commandWords

export function titleOfCommand(command: NamedCommand, side: Side): string {
  const words: CommandWords = commandWords[command]
  return (side === 'consumer' ? words.consumer : undefined) ?? words.title
}

/** To be spread into what a button is given. */
export function followsFrom(command: NamedCommand): { readonly follows?: string } {
  const { follows }: CommandWords = commandWords[command]
  return follows === undefined ? {} : { follows }
}

/** How far an order is, and how that is coloured. */
export const orderWords = {
  requested: { title: 'Open', tone: 'warn' },
  responded: { title: 'Answered', tone: 'ok' },
  performed: { title: 'Done', tone: 'plain' },
} as const

/** What somebody may do in a question that supposes it, and which command records that it was done. */
export type Deed = {
  readonly kind: string
  readonly says: string
  readonly by: Side
  readonly of: ComponentKind
  /** Only single things that are out can be meant. */
  readonly item?: true
  readonly command: NamedCommand
}

export const deeds: readonly Deed[] = [
  {
    ...{ kind: 'kept', says: 'keeps', by: 'consumer', of: 'access', item: true },
    command: 'record_kept',
  },
  {
    ...{ kind: 'missing', says: 'loses', by: 'consumer', of: 'access', item: true },
    command: 'record_kept',
  },
  {
    ...{ kind: 'returned', says: 'returns', by: 'consumer', of: 'access', item: true },
    command: 'take_back',
  },
  { kind: 'performed', says: 'performs', by: 'provider', of: 'action', command: 'perform_action' },
  { kind: 'requested', says: 'orders', by: 'consumer', of: 'action', command: 'place_order' },
  { kind: 'used', says: 'uses', by: 'consumer', of: 'access', command: 'record_use' },
  {
    ...{ kind: 'granted', says: 'grants', by: 'provider', of: 'access' },
    command: 'grant_access',
  },
  {
    ...{ kind: 'handed_over', says: 'hands over', by: 'provider', of: 'good' },
    command: 'hand_over_good',
  },
]

/** How a person stands to a component, in a question whether he may. */
export const mayWords = { good: 'have', access: 'use', action: 'order' } as const

export const rightWords: Readonly<Record<string, string>> = {
  given: 'may be used',
  'not-given': 'not given yet',
  suspended: 'suspended',
  restored: 'may be used',
  ended: 'ended',
}

/** `pass_0173` → `pass 0173`: a tag as it is read aloud. */
export const spokenTag = (tag: string): string => tag.replaceAll('_', ' ')

/** `drive_change` → `drive change`: what its sender called an order; what the platform counts says nothing. */
export const namedBySender = (order: string): string | undefined =>
  /^ord_\d+$/.test(order) ? undefined : spokenTag(order)

export const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)

/** Kinds of fact that are called by what was done: `what was requested`. The others are nouns: `the meter reading`. */
export const participles: ReadonlySet<string> = new Set(
  'handed_over received granted suspended restored ended kept missing returned retagged requested responded paused performed accepted rejected used reported invoiced paid'.split(
    ' ',
  ),
)
