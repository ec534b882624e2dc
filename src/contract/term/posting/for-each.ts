import type { Period } from '../../../kernel/time.ts'
import type { Compiling } from '../../compiling.ts'
import { type Derivation, leaf } from '../../derivation.ts'
import type { Fact } from '../../fact/fact.ts'
import { concerns, happeningOf } from '../../happening.ts'
import type { PostingWords } from '../../language/posting.ts'
import { type Each, readEach, subjectsIn } from '../../measure/subjects.ts'
import { countedFrom } from '../../period/period.ts'
import { parsePeriodRule } from '../../period/words.ts'
import type { Asking, Line, Scope } from '../../scope.ts'
import { unknown } from '../../value.ts'
import type { PostingTold } from './check.ts'

/** A charge for periods that is taken for each subject, or for each value of an attribute, that a period has. */
export type ForEach = Each & {
  readonly subjects: (asking: Asking, service: Period) => readonly ChargedSubject[]
}

/** One of them, with a line of its own. */
export type ChargedSubject = {
  readonly about: string
  /** What names are read in beside the period. */
  readonly scope: Required<Pick<Scope, 'subject'>>
  readonly occurs: Derivation
  /** Facts that name none cannot be told apart: what they cost is not known. */
  readonly unsaid?: Derivation
}

/** What its lines say of it. */
export function saidOf(subject: ChargedSubject | undefined): Pick<Line, 'about' | 'toldApartBy'> {
  if (!subject) return {}
  const { by } = subject.scope.subject.each ?? {}
  return { about: subject.about, ...(by !== undefined && { toldApartBy: by }) }
}

export function compileForEach(
  words: PostingWords,
  told: PostingTold,
  compiling: Compiling,
): ForEach | undefined {
  const written = words['for-each']
  if (written === undefined) return undefined
  const each = readEach(written, compiling, [...told.path, 'for-each'])
  checkForEach(words, told, compiling)
  const component = compiling.components.get(words['pays-for'] ?? '')
  const subjects = (asking: Asking, service: Period) => {
    const isMeant = (fact: Fact) => concerns(component, happeningOf(fact), asking, compiling.names)
    return subjectsIn(each, service, { asking, isMeant }).map(
      ({ about, first, ...subject }): ChargedSubject =>
        about === undefined
          ? { about: '', ...subject, unsaid: leaf(unknown(unsaid(first, each))) }
          : { about, ...subject },
    )
  }
  return { ...each, subjects }
}

const unsaid = ({ id }: Fact, { of: { by } }: Each) =>
  by === undefined ? `what “${id}” is about` : `the ${by.replaceAll('_', ' ')} of “${id}”`

function checkForEach(words: PostingWords, told: PostingTold, compiling: Compiling): void {
  const path = [...told.path, 'for-each']
  const fault = (name: Parameters<Compiling['faults']['add']>[0], said: string) =>
    compiling.faults.add(name, path, said)
  const every = words.every ?? words.per
  if (every === undefined || every === 'once')
    fault(
      'word_without_effect',
      'It divides the charge of a period: “for-each” changes nothing without one. For each event say “each:”.',
    )
  const billed = words.billed ?? compiling.policies.billed
  if (told.kind === 'charge' && billed === 'in-advance')
    fault(
      'words_exclude_each_other',
      'What a period has is known when it is over: say “billed: in-arrears”. What is there as it begins is a measure, such as { count: server, as-of: period-start, per: month }.',
    )
  const from = countedFrom(
    every === undefined ? undefined : parsePeriodRule(every, compiling.periods),
  )
  if (from !== undefined && compiling.names.fact(from))
    fault(
      'words_exclude_each_other',
      `Any “${from}” begins the periods of all of them anew: say a period of the calendar or of the agreement, or “each: ${from}”.`,
    )
  if (words.rise !== undefined)
    fault(
      'words_exclude_each_other',
      '“rise” is of the whole period: it cannot stand beside “for-each”.',
    )
}
