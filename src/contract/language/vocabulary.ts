import type { FactShape } from './fact.ts'
import type { Side } from './words.ts'

/** What the platform itself does, as kinds of fact that every offering may read without declaring them. FIELD.md explains each. */
type StandardKind = {
  readonly shape: FactShape
  readonly has?: Readonly<Record<string, 'number' | 'money' | 'text'>>
  /** The side that records it, unless the offering says `measured-by`; without one, both. */
  readonly by?: Side
}

export const standardFacts = {
  handed_over: { shape: 'event' },
  received: { shape: 'event' },
  granted: { shape: 'event' },
  suspended: { shape: 'event', by: 'provider' },
  restored: { shape: 'event', by: 'provider' },
  ended: { shape: 'event' },
  kept: { shape: 'event' },
  missing: { shape: 'event' },
  returned: { shape: 'event' },
  retagged: { shape: 'event', has: { was: 'text' } },
  requested: { shape: 'event' },
  responded: { shape: 'event' },
  paused: { shape: 'interval', by: 'provider' },
  performed: { shape: 'interval' },
  accepted: { shape: 'event', by: 'consumer' },
  rejected: { shape: 'event', by: 'consumer' },
  used: { shape: 'event', has: { quantity: 'number' } },
  outage: { shape: 'interval', by: 'provider' },
  maintenance: { shape: 'interval', by: 'provider' },
  reported: { shape: 'event' },
  invoiced: { shape: 'event', has: { amount: 'money' }, by: 'provider' },
  paid: { shape: 'event', has: { amount: 'money' }, by: 'provider' },
  notice_given: { shape: 'event' },
} satisfies Record<string, StandardKind>

export type StandardFact = keyof typeof standardFacts

/** Names that mean something already, so that none may be given: CEL's own words, what is always there, parts of an answer. */
export const reservedNames = new Set(
  (
    'return package let for in as if else import function loop void var const break continue while namespace true false null ' +
    'this agreement period provider consumer always any yes no unknown ' +
    'agreed_on agreement_start agreement_end period_start period_end ' +
    'min max whole started rounded minutes hours days weeks months years'
  ).split(' '),
)

/** What is counted from it would be counted `from first`, as times are that the first of several events begins. */
export const reservedBeginning = 'first'

/** What a formula cannot read after a dot: as an attribute or a share each could be declared, and never named. */
export const unreadableNames = new Set('in null true false'.split(' '))
export const unreadable = (name: string) =>
  `“${name}” means something in a formula, which could not read it: choose another name, such as “our_${name}”.`

/** As the id of a waiver or band these would hide a part of the answer. */
export const answerParts = new Set('share base quantity beyond amount met missed'.split(' '))
