import { type Instant, type Period, parsePeriod, spokenInstant } from '../../kernel/time.ts'
import type { Agreement } from '../agreement/revision.ts'
import type { Answer } from '../answer/answer.ts'
import type { Contract } from '../compile.ts'
import { didYouMean } from '../document/fault.ts'
import type { Fact } from '../fact/fact.ts'
import { happeningOf } from '../happening.ts'
import { QuestionRefused } from '../question-refused.ts'
import type { Asking } from '../scope.ts'

/** What a question is asked of: the agreement and the facts as they are known. */
export type Asked = {
  readonly agreement: Agreement
  readonly facts: readonly Fact[]
  /** The instant it is asked as of, where it says one. */
  readonly asOf: Instant | undefined
  /** The user is a person of the relationship who may hold no kind of user. */
  readonly isPerson: boolean
  /** As of then, or once the period is over. */
  readonly asking: (period?: Period) => Asking
}
/** An answer before it is said what it concerns; what is supposed may be asked as of a later instant. */
export type Found = Omit<Answer, 'asOf' | 'concerns'> & { readonly asOf?: Instant }

export function periodOf(text: string, zone: string, pointer: string): Period {
  const period = parsePeriod(text, zone)
  if (!period)
    throw new QuestionRefused(
      'period_unreadable',
      pointer,
      `“${text}” is no period: write 2024, 2024-H1, 2024-Q1, 2024-05, 2024-05-30, or from one date or instant to another: 2024-05-01 to 2024-06-15, 2024-05-30T09:00 to 2024-05-30T09:05.`,
    )
  return period
}

export function eventOf(id: string, asking: Asking): ReturnType<typeof happeningOf> {
  const fact = asking.facts.byId(id) ?? asking.begun(id)
  if (!fact) {
    const by = spokenInstant(asking.asOf, asking.frame.zone)
    const words = `No fact that has happened by ${by} has the id “${id}”.${knownIds(id, asking)}`
    throw new QuestionRefused('fact_not_found', '/for', words)
  }
  return happeningOf(fact)
}

/** Which ids there are: of a kind of fact its own, else the one that is meant or the first few. */
export function knownIds(id: string, { facts }: Pick<Asking, 'facts'>): string {
  const ids = (some: readonly Fact[]) => some.map((fact) => fact.id)
  const own = ids(facts.of(id))
  return own.length > 0
    ? ` “${id}” is a kind of fact: say the id of one, ${firstOf(own)}.`
    : instead(id, ids(facts.all), 'Known are')
}

/** ` Did you mean “paid”?`, or what could have been said; nothing where nothing could. */
export function instead(word: string, known: Iterable<string>, says: string): string {
  const all = [...known]
  return didYouMean(word, all) || listed(all, says)
}

/** The same of what the contract names, unless the word means something else in it: then nothing near to it is meant. */
export function insteadIn(
  { definitions }: Contract,
  word: string,
  { known, says }: { readonly known: Iterable<string>; readonly says: string },
): string {
  return definitions.has(word) ? listed(known, says) : instead(word, known, says)
}

/** The same of a word that means something else. */
export function listed(known: Iterable<string>, says: string): string {
  const all = [...known]
  return all.length > 0 ? ` ${says} ${firstOf(all)}.` : ''
}

const shownMax = 8
const firstOf = (names: readonly string[]) =>
  `${names.slice(0, shownMax).join(', ')}${names.length > shownMax ? ' …' : ''}`
