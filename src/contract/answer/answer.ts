import type { Instant } from '../../kernel/time.ts'
import type { Derivation } from '../derivation.ts'
import type { Side } from '../language/words.ts'
import type { Line } from '../scope.ts'
import type { Standing } from '../standing/standing.ts'
import type { Stretch } from '../standing/stretch.ts'
import { Absent } from '../value.ts'

/**
 * One of four: a value; nothing due, with what decided it; not agreed, because no clause speaks; unknown, with the
 * facts that are missing. The last two are not zero.
 */
export type Answer = {
  readonly question: QuestionKind
  readonly derivation: Derivation
  /** The clause that decides. */
  readonly clause?: string
  /** No while a period is not over or facts may still come. */
  readonly final: boolean
  /** The instant whose revision answers: of the period’s start, the event, or the question. */
  readonly concerns: Instant
  /** Nothing later than this had happened. */
  readonly asOf: Instant
  readonly lines?: readonly AnsweredLine[]
  /** Further figures by their names: what was measured, what is committed. */
  readonly figures?: Readonly<Record<string, Derivation>>
  /** What the lines of each clause add up to, where they are many. */
  readonly sums?: Readonly<Record<string, Derivation>>
  /** What an event changes about things and about the agreement itself. */
  readonly effects?: readonly Effect[]
  readonly duties?: readonly Duty[]
  /** Clauses that set no bound to what may fall due. */
  readonly unbounded?: readonly string[]
  /** Clauses of which it is not known yet what they make due. */
  readonly undecided?: readonly string[]
  /** Clauses whose limits are exceeded and only warn. */
  readonly warnings?: readonly string[]
  /** In which stretch of time nothing that is known changes it; absent where any instant may. */
  readonly stands?: Stretch
  /** Title, custody and right, each with its changes. */
  readonly standing?: Standing
  /** Of an end that no clause lets a side bring about: whose wish it was, and when it ends as agreed. */
  readonly noEnd?: NoEnd
  /** Facts that the clause would have read, did they not concern another component. */
  readonly passedOver?: readonly PassedOver[]
}
type QuestionKind =
  | 'may'
  | 'value'
  | 'bill'
  | 'due'
  | 'met'
  | 'whose'
  | 'level'
  | 'duties'
  | 'remedy'
  | 'change'
  | 'end'
  | 'exposure'
  | 'fit'
export type NoEnd = { readonly by?: Side; readonly agreed?: Instant }
/** A line, and what it would be without that which is asked about. */
export type AnsweredLine = Line & { readonly otherwise?: Derivation }
/** A fact, the component it names if any, and the title of the one that the clause speaks of. */
export type PassedOver = {
  readonly fact: string
  readonly named?: string
  readonly of: string
}
export type Effect = {
  readonly clause: string
  readonly at: Instant
  /** A component, or the agreement. */
  readonly of: string
  readonly item?: string
  /** Title, custody or right, and what each becomes. */
  readonly sets: Readonly<Partial<Record<keyof Standing, string>>>
  readonly happens: Derivation
}
/** Something that somebody has to do by some time. */
export type Duty = {
  readonly clause: string
  readonly who: Side
  /** The fact that started it. */
  readonly fact: string
  readonly about?: string
  readonly start: Instant
  readonly due: Derivation
  readonly met: Derivation
  readonly done?: Instant
}

export const answerKind = ({ derivation: { value } }: Answer) =>
  value instanceof Absent ? value.kind : 'value'

/** Done in time or not; open while that cannot be said yet. */
export const dutyState = ({ met: { value } }: Duty): 'met' | 'missed' | 'open' =>
  value === true ? 'met' : value === false ? 'missed' : 'open'
