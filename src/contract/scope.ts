import type { Instant, Length, Period } from '../kernel/time.ts'
import type { Component } from './compiling.ts'
import type { Derivation } from './derivation.ts'
import type { Fact } from './fact/fact.ts'
import type { FactKind } from './fact/fact-kind.ts'
import type { Facts } from './fact/facts.ts'
import type { Side } from './language/words.ts'
import type { PartOfSpan } from './operation/time.ts'
import type { AskedPeriod } from './period/asked.ts'
import type { Frame, PeriodRule } from './period/period.ts'
import type { Changing } from './standing/standing.ts'
import type { Crediting } from './term/posting/creditable.ts'
import type { Posting } from './term/posting/posting.ts'
import type { Type } from './type.ts'
import type { Value } from './value.ts'

/** Something at hand: a fact, or what a term made of one (`loan_kept`, `pay.missed`). */
export type Happening = {
  readonly kind: string
  readonly at: Instant
  /** The fact itself, or the one that caused it. */
  readonly fact: Fact
  /** Whether the term's condition held; absent for a fact. What did not happen stays, so that it can be asked why. */
  readonly holds?: Derivation | undefined
  /** Of a transition: whether its conditions held, also where everything was so already. */
  readonly applies?: Derivation | undefined
  /** Why it happens when it does, where that is not the instant of the fact. */
  readonly instant?: Derivation
  /** It ends the agreement on a later date than its fact: it is of the periods that end there, not of those that begin. */
  readonly endsLater?: boolean
}

/** One line that a charge or credit posts. */
export type Line = {
  readonly clause: string
  /** The period the service was given in, for lines of a period. */
  readonly service?: Period
  readonly event?: Happening
  /** Of a charge for each of several in a period, which of them: a subject, or the value of an attribute. */
  readonly about?: string
  /** Of a value of an attribute, which attribute. */
  readonly toldApartBy?: string
  /** Its bill date as an instant: a line is in exactly one bill. */
  readonly billed: Instant
  /** Billed because the price changed, or the agreement ended, inside the period of another line. */
  readonly follows?: 'change' | 'end'
  /** What is charged or credited. */
  readonly amount: Derivation
  /** The same as it stands in the consumer’s bill: what the provider pays is negative. */
  readonly posted: Derivation
  /** What an answer may be asked for by path: share, base, quantity, waivers by their id. */
  readonly parts: Readonly<Record<string, Derivation>>
  readonly payer: Side
  readonly payee: Side
  readonly tax?: string
  readonly component?: string
  /** Until when it has to be claimed, when it was, and whether in time. */
  readonly claim?: Readonly<Record<'due' | 'done' | 'inTime', Derivation>>
}

/** One question being answered: the facts that are known, and what was found on the way. */
export type Asking = {
  readonly facts: Facts
  /** Nothing later than this has happened yet. */
  readonly asOf: Instant
  /** What falls due from here on, and somebody could record, is supposed to be done in time. */
  readonly inTimeFrom?: Instant
  readonly frame: Frame
  /** Beyond so many facts a derivation holds them as one leaf: which, how many, and a digest. */
  readonly factsShownMax: number
  /** Facts of a kind, or what a term made, in the order of time; those that a condition refused among them. */
  readonly happenings: (name: string) => readonly Happening[]
  /** Lines of a charge or credit billed within a range, by the contract in force at the start of each. */
  readonly lines: (clause: string, range: Period) => readonly Line[]
  /** The line of a charge or credit for exactly this event. */
  readonly line: (clause: string, event: Happening) => Line | undefined
  /** The line of a charge or credit for exactly this event, as its limit leaves it; and before that. */
  readonly limited: (clause: string, event: Happening) => Line | undefined
  readonly unlimited: (clause: string, event: Happening) => Line | undefined
  /** The credits that give back of the lines of this charge, by each revision in turn. */
  readonly credits: (charge: string) => readonly GovernedCrediting[]
  /** What each revision says of a charge or credit, and when it governs. */
  readonly postings: (clause: string) => readonly GovernedPosting[]
  /** When the agreement ends: its agreed end, or earlier by a transition. */
  readonly ending: () => Derivation
  /** The same as far as events before this one have it. */
  readonly endingBefore: (event: Pick<Happening, 'at' | 'fact'>) => Derivation
  /** What may end it, each as it is found before an end is known. */
  readonly ends: () => readonly Happening[]
  /** Events that a charge or credit is due for and that this fact made. */
  readonly eventsOf: (clause: string, fact: Fact) => readonly Happening[]
  /** What begins with a period of this id, where some promise starts with it. */
  readonly begun: (id: string) => Fact | undefined
  /** The same question, supposing one more fact. */
  readonly supposing: (fact: Fact) => Asking
  /** Deadlines of a target or duty. */
  readonly promises: (clause: string) => readonly Promised[]
  /** How title, custody or right of what a fact is about stood just before it. */
  readonly before: (
    aspect: 'title' | 'custody' | 'right',
    component: Component,
    event: Pick<Happening, 'at' | 'fact'>,
    /** With this change as well: how it stands after it. */
    then?: Changing,
  ) => Derivation
  /** Each value is found once in a question; by one name two revisions may mean two things, `of` the one or the other. */
  readonly once: <Found>(key: string, find: () => Found, of?: object) => Found
}

export type GovernedCrediting = {
  readonly clause: string
  readonly crediting: Crediting
  readonly governs: Period & { readonly since: Instant }
  /** Where it stands in the offering. */
  readonly place: number
  readonly names: Names
}
export type GovernedPosting = { readonly posting: Posting; readonly governs: Period }

/** A target or duty that started, with its deadline and what stopped its clock. */
export type Promised = {
  readonly clause: string
  readonly start: Happening
  readonly due: Derivation
  readonly stop: Derivation
  readonly met: Derivation
  /** Whether it begins at all, where it has a condition; and the deadline as it is if so. */
  readonly conditional?: Record<'begins' | 'due' | 'met', Derivation>
  /** The attribute that pairs start and stop, where it is not their subject. */
  readonly pairedBy?: string
  /** Where stops name their start: whether this one names it; of what could not nothing. */
  readonly isNamedBy?: (event: Happening) => Derivation | undefined
}

/** What starts and stops the clock of a target or duty, where each is one kind of event. */
export type StartAndStop = {
  readonly start: string
  readonly stop: string
  /** What ends it undone. */
  readonly lifts?: readonly string[]
  readonly pairedBy?: string
  /** Several starts may stand beside each other: the stop names the one it is for, or not each of them begins one. */
  readonly several?: true
}

/**
 * A period that reaches up to an event holds the instant of the event, so that what is recorded then is in it; time in it
 * passes until that instant, and none after it. `back` says how long before that instant it begins. One of an interval that
 * has not ended reaches up to the instant that is asked about, and goes on.
 */
export type Window = Period & {
  readonly upTo?: Derivation
  readonly back?: Length
  readonly isOngoing?: true
}

/** How several are told apart: by what they are about, or by this attribute. */
export type ToldApart = { readonly by?: string }

/** Whose facts are read where no event is at hand: of what happened to it, or of a fact of its own. */
type Subject = Happening & {
  /** It is one of several, for each of which a charge or a measure is taken: lines, too, are of it alone. */
  readonly each?: ToldApart
}

/** Where a name is read: in the period of the term, or for the event at hand, at an instant. */
export type Scope = {
  readonly asking: Asking
  readonly period?: Window
  readonly event?: Happening
  readonly at: Instant
  /** In a period: the subject that it is read for. */
  readonly subject?: Subject
  /** As though what is agreed at this instant held for the whole period: a price on either side of a change. */
  readonly agreedAt?: Instant
  /** Of an interval that is priced part by part, the part at hand. */
  readonly part?: PartOfSpan
  /** Until when facts count, where it is not until the agreement ends: of a term that survives the end, or brings it. */
  readonly until?: Instant
}

export type Evaluate = (scope: Scope) => Derivation
export type Valued = (scope: Scope) => Value

/** What a compiled formula or definition reads; checked for each place that it is read from. */
export type Read = { readonly name: string; readonly attribute?: string }

export type Compiled = {
  readonly type: Type
  readonly evaluate: Evaluate
  /** Its value without its reasons. */
  readonly value: Valued
  readonly reads: readonly Read[]
}

/** From where a definition is read, for checking before any fact is there. */
export type Place = {
  /** The period of the term, or what is on no grid: the interval at hand, what a question says; undefined for an event or an instant. */
  readonly period?: PeriodRule | AskedPeriod | { readonly is: 'interval' }
  /** Kinds of event at hand. */
  readonly events: readonly string[]
  /** A subject is at hand, though no event of it is. */
  readonly subject?: Pick<Subject, 'each'>
}

/** Everything named in a contract. */
export type Definition = {
  readonly name: string
  readonly sort:
    | 'fact'
    | 'event'
    | 'agreed'
    | 'user'
    | 'tax category'
    | 'component'
    | 'calendar'
    | 'period'
    | 'measure'
    | 'table'
    | 'price'
    | 'structure'
    | TermSort
    | 'always'
    /** A clause that the parties took out: no contract has it, and a question may name it. */
    | 'removed'
  readonly title: string
  readonly type: () => Type
  /** Kinds of fact that are at hand with an event that a term makes: its cause, where there is only one. */
  readonly causes?: readonly string[] | undefined
  /** Of a charge for each of several in a period: their subjects, or this attribute. */
  readonly forEach?: ToldApart | undefined
  /** The own period of a measure. */
  readonly per?: () => PeriodRule | undefined
  /** Of a charge or credit for periods its period, of a total that of all that it adds up; none where there are several. */
  readonly periods?: () => readonly PeriodRule[]
  /**
   * Read at an instant, it changes with the facts that are known and at these turns; undefined where it may change as
   * time goes on, also when it is read at the same instant.
   */
  readonly turns?: () => readonly Turn[] | undefined
  /** What is read by path: the shares of a split. */
  readonly parts?: () =>
    | ReadonlyMap<string, Pick<Definition, 'name' | 'type' | 'evaluate'>>
    | undefined
  /** What a level target promises at least. */
  readonly promised?: Compiled
  /** Of a target, duty or option, the events that it makes: a level makes none, and a date that nobody keeps is only over. */
  readonly endings?: readonly Ending[]
  /** What somebody may do and need not: nobody owes it, and it never stands unmet. */
  readonly isOption?: true
  readonly evaluate: Evaluate
  /** Reports what cannot be read from that place; `report` names the fault. */
  readonly demand: (place: Place, report: Report) => void
}
export type Ending = 'met' | 'missed'
/**
 * One period follows another; a term does something, as a transition takes effect or the time of a promise is up; or any
 * instant follows another.
 */
export type Turn =
  | PeriodRule
  | { readonly is: 'term'; readonly term: string }
  | { readonly is: 'instant' }
type TermSort = 'posting' | 'total' | 'promise' | 'transition' | 'limit' | 'text'
export type Report = (
  name:
    | 'period_needed'
    | 'period_too_fine'
    | 'period_too_long'
    | 'periods_do_not_fit'
    | 'event_not_at_hand'
    | 'names_in_a_circle',
  words: string,
) => void

export type Names = {
  readonly find: (name: string) => Definition | undefined
  /** A kind of fact, or a name for several kinds of event. */
  readonly fact: (kind: string) => FactKind | undefined
  /** The names for several kinds of event of which this is one. */
  readonly eventsThatMean: (kind: string) => readonly string[]
  readonly known: () => Iterable<string>
  /** What a definition rests on. */
  readonly readsOf: (name: string) => readonly string[]
}

/** Whose question is answered, and until when facts count in it. */
export type Reader = Pick<Scope, 'asking' | 'until'>

export function periodScope({ asking, until }: Reader, period: Window): Scope {
  const scope = { asking, period, at: period.end - 1 }
  return until === undefined ? scope : { ...scope, until }
}

export function eventScope({ asking, until }: Reader, event: Happening): Scope {
  const scope = { asking, event, at: event.at }
  return until === undefined ? scope : { ...scope, until }
}
