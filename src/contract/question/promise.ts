import { leaf, nodes } from '../derivation.ts'
import { periodScope, promiseFor } from '../reading.ts'
import { type Agreement, revisionAt } from '../revision.ts'
import type { Asking, Definition } from '../scope.ts'
import { Absent, notAgreed, Span } from '../value.ts'
import { type Asked, definitionOf, eventOf, type Found, periodOf } from './asked.ts'
import type { Question } from './form.ts'
import { QuestionRefused } from './refused.ts'

export function due(
  { agreement, asking }: Asked,
  question: Extract<Question, { due: string }>,
): Found {
  const promise = promiseOf(agreement, asking(), {
    name: question.due,
    pointer: '/due',
    id: question.for,
  })
  const derivation = promise?.due ?? leaf(notAgreed, { name: question.due })
  const held = [...nodes(derivation)].some(
    ({ value }) => value instanceof Span && value.end === undefined,
  )
  return { question: 'due', derivation, clause: question.due, final: !held }
}

export function met(
  { agreement, asking }: Asked,
  question: Extract<Question, { met: string }>,
): Found {
  if (question.in !== undefined) {
    const period = periodOf(question.in, agreement.frame.zone, '/in')
    const scope = asking(period)
    const definition = definitionOf(revisionAt(agreement, period.start), question.met, '/met')
    refuseOtherThanPromise(definition, '/met')
    const derivation = definition.evaluate(periodScope({ asking: scope }, period))
    return { question: 'met', derivation, clause: question.met, final: period.end <= scope.asOf }
  }
  if (question.for === undefined)
    throw new QuestionRefused(
      'question_needs_one_scope',
      '',
      'Say “for:” a fact or “in:” a period.',
    )
  const promise = promiseOf(agreement, asking(), {
    name: question.met,
    pointer: '/met',
    id: question.for,
  })
  const derivation = promise?.met ?? leaf(notAgreed, { name: question.met })
  return {
    question: 'met',
    derivation,
    clause: question.met,
    final: !(derivation.value instanceof Absent),
  }
}

function promiseOf(
  agreement: Agreement,
  asking: Asking,
  { name, pointer, id }: { name: string; pointer: '/due' | '/met'; id: string },
) {
  const event = eventOf(id, asking)
  const definition = definitionOf(revisionAt(agreement, event.at), name, pointer)
  if (definition.sort === 'text') return undefined
  refuseOtherThanPromise(definition, pointer)
  return promiseFor(asking.promises(name), event)
}

export function refuseOtherThanPromise(
  { name, sort }: Definition,
  pointer: '/due' | '/met' | '/level',
): void {
  // A clause that was taken out has no sort of its own: it is not agreed.
  if (sort === 'promise' || sort === 'text') return
  const words = `“${name}” is no target and no duty.`
  throw new QuestionRefused('question_names_nothing', pointer, words)
}
