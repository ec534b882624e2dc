import type { Revision } from '../agreement/revision.ts'
import type { Answer } from '../answer/answer.ts'
import type { Fact } from '../fact/fact.ts'
import type { MeasureWords } from '../language/measure.ts'
import { restsOn } from '../measure/rests.ts'
import type { Question } from '../question/form.ts'
import { isUnknown } from '../value.ts'

/** What an unknown answer misses although it is on file: by what the measures that it rests on choose. */
export function onFileButNotCounted(
  answer: Answer,
  { facts, question }: { readonly facts: readonly Fact[]; readonly question: Question },
  { contract }: Revision,
): string[] {
  const { value } = answer.derivation
  if (!isUnknown(value)) return []
  const asked = namesAsked(answer, question)
  const read = Object.entries(contract.words.measures ?? {}).filter(([measure]) =>
    restsOn(asked, contract.names, (name) => name === measure),
  )
  return value.missing.flatMap((name) => {
    const count = facts.filter(({ kind, at }) => kind === name && at <= answer.asOf).length
    const choosing = read.flatMap(([measure, words]) => {
      const by = isRead(name, words) ? chooses(words) : []
      return by.length > 0 ? [`“${measure}” reads only those that fit ${by.join(', ')}`] : []
    })
    return count > 0 && choosing.length > 0
      ? [`${count} “${name}” ${count === 1 ? 'is' : 'are'} on file by then: ${choosing.join('; ')}`]
      : []
  })
}

/** The name that the question says; of what has lines, the clauses of which it is not known what they come to. */
function namesAsked({ lines = [] }: Answer, question: Question): string[] {
  const words = question as Readonly<Record<string, unknown>>
  for (const said of [words.value, words.due, words.met, words.level])
    if (typeof said === 'string') return [said.split('.')[0] ?? said]
  return lines.filter(({ posted }) => isUnknown(posted.value)).map(({ clause }) => clause)
}

/** Its form names the kind, whichever form it is. */
const isRead = (kind: string, words: MeasureWords) =>
  Object.entries(words).some(([word, read]) => read === kind && !besideForm.has(word))

const choices = ['about', 'paired-by', 'where', 'per', 'as-of'] as const
const besideForm: ReadonlySet<string> = new Set([...choices, 'title', 'for-each', 'value'])

/** Its words as they stand there. */
function chooses(words: MeasureWords): string[] {
  const written = words as Readonly<Record<string, unknown>>
  return choices.flatMap((word) =>
    typeof written[word] === 'string' ? [`“${word}: ${written[word]}”`] : [],
  )
}
