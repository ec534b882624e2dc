import type { Revision } from '../agreement/revision.ts'
import { leaf } from '../derivation.ts'
import { didYouMean } from '../document/fault.ts'
import type { TargetWords } from '../language/term.ts'
import { sortText } from '../namespace.ts'
import { QuestionRefused } from '../question-refused.ts'
import type { Definition } from '../scope.ts'
import { promiseWords } from '../term/term.ts'
import { anything } from '../type.ts'
import { notAgreed } from '../value.ts'
import { instead, listed } from './asked.ts'

/** The words of a question that name something of the contract. */
type Naming = 'value' | 'due' | 'met' | 'level'

/** What is named; else the refusal says the nearest of the names that may stand at that word. */
export function definitionOf(revision: Revision, name: string, naming: Naming): Definition {
  const { contract, deviations } = revision
  const definition = contract.definitions.get(name)
  if (naming === 'value' && definition && withoutValue.has(definition.sort))
    throw withoutAny(definition)
  if (definition) return definition
  // A clause that the parties took out is one that they know: it is not agreed, and that is an answer.
  const nothing = leaf(notAgreed, { name })
  if (deviations.some((deviation) => 'remove' in deviation && deviation.clause === name))
    return {
      name,
      sort: 'removed',
      title: name,
      type: () => anything,
      evaluate: () => nothing,
      demand: () => {},
    }
  const hint =
    naming === 'value'
      ? didYouMean(name, namesOfValues(revision)) ||
        listed(Object.keys(contract.words.terms ?? {}), 'Its clauses are')
      : instead(name, promisesAt(naming, revision), askedOf[naming].are)
  const words = `The contract names nothing “${name}”.${hint}`
  throw new QuestionRefused('question_names_nothing', `/${naming}`, words)
}

/** A clause in words alone, and one that was taken out: whatever is asked of it, the answer is its own. */
export const computesNothing = ({ sort }: Definition) => sort === 'text' || sort === 'removed'

export function refuseOtherThanPromise(
  definition: Definition,
  revision: Revision,
  naming: Exclude<Naming, 'value'>,
): void {
  const { name, sort } = definition
  if (sort === 'promise' || computesNothing(definition)) return
  const { is, are } = askedOf[naming]
  const words = `“${name}” ${is}.${listed(promisesAt(naming, revision), are)}`
  throw new QuestionRefused('question_names_nothing', `/${naming}`, words)
}

const askedOf = {
  due: { is: 'has no deadline', are: 'What has a deadline is' },
  met: { is: 'is no target and no duty', are: 'Its targets and duties are' },
  level: { is: 'is no target with a measure', are: 'Its levels are' },
} as const

/** The names of what is by itself no value: it is used, counted or measured by. */
const withoutValue: ReadonlySet<Definition['sort']> = new Set([
  ...(['fact', 'event', 'user', 'tax category', 'component', 'calendar', 'period'] as const),
])

function withoutAny({ name, sort }: Definition): QuestionRefused {
  const words = `“${name}” names ${sortText(sort)}: it has no value of its own.`
  return new QuestionRefused('question_names_nothing', '/value', words)
}

const namesOfValues = ({ contract }: Revision): string[] =>
  [...contract.definitions.values()]
    .filter(({ sort }) => !withoutValue.has(sort))
    .map(({ name }) => name)

/** What is kept by an instant, or in a period; what has to be claimed has a deadline, too. */
function promisesAt(naming: Exclude<Naming, 'value'>, revision: Revision): string[] {
  const all = [...revision.contract.promises.keys()]
  if (naming === 'met') return all
  const isLevel = (name: string) => targetWords(revision, name)?.per !== undefined
  if (naming === 'level') return all.filter(isLevel)
  const claimed = [...revision.contract.postings.keys()].filter((name) => hasClaim(revision, name))
  return [...all.filter((name) => !isLevel(name)), ...claimed]
}

export const targetWords = ({ contract }: Revision, clause: string): TargetWords | undefined =>
  promiseWords(contract.words.terms?.[clause])

/** What is due only if it is claimed. */
export const hasClaim = ({ contract }: Revision, clause: string): boolean =>
  contract.postings.get(clause)?.words.claim !== undefined
