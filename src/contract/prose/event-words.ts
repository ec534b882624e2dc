import { a, bare, isPlural } from '../../kernel/grammar.ts'
import type { StandardFact } from '../language/vocabulary.ts'

/** An event as a noun, as something that happens to a thing, and as something that a party does. */
export type EventWords = {
  readonly noun: string
  readonly happens?: string
  readonly does: string
}

type Forms = {
  readonly noun: string
  readonly happens: (thing: string, be: string) => string
  readonly does: (thing: string) => string
}

const standard: Record<StandardFact, Forms> = {
  handed_over: {
    noun: 'hand-over',
    happens: (thing, be) => `${thing} ${be} handed over`,
    does: (thing) => `hands over ${thing}`,
  },
  received: {
    noun: 'receipt',
    happens: (thing, be) => `${thing} ${be} received`,
    does: (thing) => `receives ${thing}`,
  },
  granted: {
    noun: 'grant of access',
    happens: (thing, be) => `access to ${thing} ${be === 'are' ? 'is' : be} granted`,
    does: (thing) => `grants access to ${thing}`,
  },
  suspended: {
    noun: 'suspension',
    happens: (thing, be) => `${thing} ${be} suspended`,
    does: (thing) => `suspends ${thing}`,
  },
  restored: {
    noun: 'restoration',
    happens: (thing, be) => `${thing} ${be} restored`,
    does: (thing) => `restores ${thing}`,
  },
  ended: {
    noun: 'ending',
    happens: (thing, be) => `${thing} ${be} ended`,
    does: (thing) => `ends ${thing}`,
  },
  kept: {
    noun: 'keeping of the thing',
    happens: (thing, be) => `${thing} ${be} kept`,
    does: (thing) => `keeps ${thing}`,
  },
  missing: {
    noun: 'finding that something is missing',
    happens: (thing, be) => `${thing} ${be} found missing`,
    does: (thing) => `reports ${thing} missing`,
  },
  returned: {
    noun: 'return',
    happens: (thing, be) => `${thing} ${be} returned`,
    does: (thing) => `returns ${thing}`,
  },
  retagged: {
    noun: 'correction of the tag',
    happens: (thing) => `the tag of ${thing} is corrected`,
    does: (thing) => `corrects the tag of ${thing}`,
  },
  requested: {
    noun: 'request',
    happens: (thing, be) => `${thing} ${be} requested`,
    does: (thing) => `requests ${thing}`,
  },
  responded: {
    noun: 'response',
    happens: (thing) => `there is a response about ${thing}`,
    does: () => 'responds',
  },
  paused: {
    noun: 'pause',
    happens: (thing, be) => `${thing} ${be} paused`,
    does: (thing) => `pauses ${thing}`,
  },
  performed: {
    noun: 'performance',
    happens: (thing, be) => `${thing} ${be} performed`,
    does: (thing) => `performs ${thing}`,
  },
  accepted: {
    noun: 'acceptance',
    happens: (thing, be) => `${thing} ${be} accepted`,
    does: (thing) => `accepts ${thing}`,
  },
  rejected: {
    noun: 'rejection',
    happens: (thing, be) => `${thing} ${be} rejected`,
    does: (thing) => `rejects ${thing}`,
  },
  used: {
    noun: 'use',
    happens: (thing, be) => `${thing} ${be} used`,
    does: (thing) => `uses ${thing}`,
  },
  outage: {
    noun: 'outage',
    happens: (thing) => `there is an outage of ${thing}`,
    does: () => 'reports the outage',
  },
  maintenance: {
    noun: 'maintenance',
    happens: (thing) => `there is maintenance of ${thing}`,
    does: (thing) => `maintains ${thing}`,
  },
  reported: {
    noun: 'report',
    happens: (thing) => `there is a report about ${thing}`,
    does: (thing) => `reports on ${thing}`,
  },
  invoiced: {
    noun: 'invoice',
    happens: (thing) => `there is an invoice for ${thing}`,
    does: () => 'sends the invoice',
  },
  // What is paid is an invoice, rarely the thing itself.
  paid: { noun: 'payment', happens: () => 'a payment is made', does: () => 'pays' },
  notice_given: { noun: 'notice', happens: () => 'notice is given', does: () => 'gives notice' },
}

const participle =
  /^(\w{2,}ed|lost|found|sent|kept|paid|left|given|taken|broken|made|begun|lent|sold|bought|written|seen|shown|known|done|gone|held|brought|built|cut|drawn|put|read|set|told|worn|stolen|chosen|hurt|on|in|off|out|at|under)( |$)/

type KindNamed = {
  readonly name: string
  readonly title: string | undefined
  readonly shape: string | undefined
}

/** How one speaks of a kind of event: by its title, by the standard vocabulary, or by its name. */
export function eventWords({
  name,
  title,
  thing,
  shape,
}: KindNamed & { thing: string | undefined }): EventWords {
  const known = title === undefined && name in standard ? standard[name as StandardFact] : undefined
  const be = thing !== undefined && isPlural(bare(thing)) ? 'are' : 'is'
  if (known)
    return {
      noun: known.noun,
      ...(thing !== undefined && { happens: known.happens(thing, be) }),
      does: known.does(thing ?? 'it'),
    }
  const noun = title ?? name.replaceAll('_', ' ')
  if (title !== undefined || !participle.test(noun))
    return { noun, does: `brings about ${a(noun)}` }
  return {
    noun: nameless(noun, shape),
    ...(thing !== undefined && { happens: `${thing} ${be} ${noun}` }),
    does: `sees to it that ${thing ?? 'it'} ${be} ${noun}`,
  }
}

/** A participle is no noun: who gives no title gets the word in quotes. */
const nameless = (words: string, shape: string | undefined) =>
  `“${words}” ${shape === 'interval' ? 'time' : 'record'}`

/** The noun for a kind of fact. */
export function kindNoun({ name, title, shape }: KindNamed): string {
  if (title !== undefined) return bare(title)
  if (Object.hasOwn(standard, name)) return standard[name as StandardFact].noun
  const words = name.replaceAll('_', ' ')
  return participle.test(words) ? nameless(words, shape) : words
}
