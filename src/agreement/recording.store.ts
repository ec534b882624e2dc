import type { Refusal } from '../kernel/refusal.ts'
import { type Instant, utcText } from '../kernel/time.ts'
import type { Command, Facts } from '../platform/journal/command.ts'
import type { Event, Json } from '../platform/journal/entry.ts'
import type { EntityKind } from '../platform/journal/kind.ts'
import { followed, followingReads, spokenOf, thingsOf } from '../provision/following.store.ts'
import type { Holder } from '../relationship/authority.ts'
import { endMoved } from './ending.ts'
import {
  happenedAt,
  mustHaveRun,
  mustRun,
  type NewFact,
  partiesOf,
  type Situation,
  situationLoads,
  situationOf,
  situationReads,
  withFact,
} from './situation.store.ts'

/** What a rule finds that decides about one fact under a running agreement. */
export type Finding = {
  readonly situation: Situation
  readonly facts: Facts
  /** When it happened, and the same as UTC text. */
  readonly instant: Instant
  readonly at: string
  /** Of the fact, if it is recorded. */
  readonly id: string
}
type Made =
  | { readonly refusal: Refusal }
  | {
      readonly fact: NewFact
      /** What it takes for done, where nobody has recorded that. */
      readonly before?: NewFact
      readonly events?: readonly Event[]
      readonly answer?: Json
    }

type Input = {
  readonly agreement: string
  readonly id?: string | undefined
  readonly order?: string | undefined
}

/** A command that records a fact under an agreement, and what follows from it for an entity of the agreement. */
export function recording<Wanted extends Input>(
  name: string,
  declared: {
    readonly roles: readonly Holder[]
    readonly beside: EntityKind
    /** What it ends may have begun before the agreement ended. */
    readonly survives?: 'end'
    /** Which word of the input says when it happened. */
    readonly at: (input: Wanted) => string | undefined
    /** To that word. */
    readonly pointer?: string
    readonly make: (input: Wanted, finding: Finding) => Made
  },
): Command<Wanted> {
  const { roles, beside, make } = declared
  return {
    ...{ name, version: 1 },
    streams: ({ agreement }) => [agreement],
    load: (input) => [...situationLoads(input.agreement), ...besideLoads(beside, input)],
    read: ({ agreement }, request) => ({
      ...situationReads(agreement, request),
      ...followingReads(agreement),
    }),
    decide: (input, facts) => {
      const situation = situationOf(facts, input.agreement, roles)
      if ('refusal' in situation) return situation
      const halted = (declared.survives ? mustHaveRun : mustRun)(situation)
      if (halted) return { refusal: halted }
      const when = happenedAt(situation, declared.at(input), declared.pointer)
      if ('refusal' in when) return when
      const id = input.id ?? `fct_${facts.version(input.agreement) + 1}`
      const made = make(input, { situation, facts, instant: when.at, at: utcText(when.at), id })
      if ('refusal' in made) return made
      const recorded = withFacts(situation, made, facts)
      if ('refusal' in recorded) return recorded
      const { after, events, ids } = recorded
      // What was just recorded stands last.
      const fresh = after.placed.slice(-ids.length)
      const change = {
        stream: input.agreement,
        events: [...events, ...(made.events ?? []), ...endMoved(after, fresh)],
      }
      const things = spokenOf({ ...after, placed: fresh }, thingsOf(situation, facts), ids)
      return {
        answer: made.answer ?? { id },
        role: situation.role,
        changes: [
          { ...change, parties: partiesOf(situation), occurredAt: when.at },
          ...followed(after, things, when.at),
        ],
      }
    },
  }
}

function withFacts(
  situation: Situation,
  { before, fact }: { readonly before?: NewFact; readonly fact: NewFact },
  { request }: Facts,
) {
  const found: { after: Situation; events: Event[]; ids: string[] } = {
    ...{ after: situation, events: [], ids: [] },
  }
  for (const one of [...(before ? [before] : []), fact]) {
    const recorded = withFact(found.after, one, request)
    if ('refusal' in recorded) return recorded
    found.after = recorded.after
    found.events.push(recorded.event)
    found.ids.push(one.id)
  }
  return found
}

/** The one that is named. Any other that changes is new, with a name that the platform gives: there may be thousands. */
const besideLoads = (kind: EntityKind, { agreement: stream, order: id }: Input) =>
  id === undefined ? [] : [{ kind, stream, id }]
