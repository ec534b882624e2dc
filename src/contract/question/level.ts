import { revisionAt } from '../agreement/revision.ts'
import { type Derivation, derive, inUnitOf } from '../derivation.ts'
import { QuestionRefused } from '../question-refused.ts'
import { periodScope } from '../scope.ts'
import { type Asked, type Found, periodOf } from './asked.ts'
import { isFinal } from './final.ts'
import type { Question } from './form.ts'
import { refuseSeveral } from './level-periods.ts'
import { computesNothing, definitionOf, refuseOtherThanPromise, targetWords } from './named.ts'

/** What was measured in a period, on which side of the promised bounds it lies, and how much is left to each. */
export function level(
  { agreement, asking: ask }: Asked,
  question: Extract<Question, { level: string }>,
): Found {
  const period = periodOf(question.in, agreement.frame.zone, '/in')
  const asking = ask(period)
  const revision = revisionAt(agreement, period.start)
  const definition = definitionOf(revision, question.level, 'level')
  refuseOtherThanPromise(definition, revision, 'level')
  const answer = { question: 'level', clause: question.level } as const
  const scope = periodScope({ asking }, period)
  const derivation = definition.evaluate(scope)
  const final = isFinal({ asOf: asking.asOf, period, derivation })
  if (computesNothing(definition)) return { ...answer, derivation, final }
  const words = targetWords(revision, question.level)
  if (words?.measure === undefined || words.per === undefined)
    throw new QuestionRefused(
      'question_names_nothing',
      '/level',
      `“${question.level}” is a deadline, not a level: ask “met: ${question.level}” or “due: ${question.level}”, “for:” a fact.`,
    )
  refuseSeveral(question.level, revision, { period, asking })
  return { ...answer, derivation, figures: figuresOf(derivation), final }
}

/** The sides of the level are comparisons of what was measured with a bound. */
function figuresOf({ from }: Derivation): Record<string, Derivation> {
  return Object.assign(
    {},
    ...from.map(({ is }): Record<string, Derivation> => {
      const [measured, bound] = is.from
      if (!measured || !bound) return {}
      const isLeast = is.operation === 'from'
      const sides = isLeast ? [measured, bound] : [bound, measured]
      const left = derive('minus', sides, undefined, inUnitOf(measured.is))
      const name = isLeast ? 'at_least' : 'at_most'
      const side = from.length > 1 ? `left_to_${name}` : 'left'
      return { measured: measured.is, [name]: bound.is, [side]: left }
    }),
  )
}
