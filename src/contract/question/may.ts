import { spokenInstant } from '../../kernel/time.ts'
import { revisionAt } from '../agreement/revision.ts'
import type { Contract } from '../compile.ts'
import { leaf } from '../derivation.ts'
import { QuestionRefused } from '../question-refused.ts'
import type { Asking } from '../scope.ts'
import { type PermissionQuestion, permission } from '../standing/permission.ts'
import { itemsOf } from '../standing/standing.ts'
import { stretchAround } from '../standing/stretch.ts'
import { notAgreed } from '../value.ts'
import { type Asked, type Found, instead, insteadIn } from './asked.ts'
import type { Question } from './form.ts'

export function may(
  { agreement, asking: ask, asOf: at, isPerson }: Asked,
  question: Extract<Question, { may: string }>,
): Found {
  const asking = ask()
  if (at === undefined)
    throw new QuestionRefused(
      'instant_needed',
      '/at',
      'Whether somebody may is asked at an instant: say “at:”.',
    )
  const { contract } = revisionAt(agreement, at)
  const component = contract.components.get(question.may)
  const stretch = stretchAround(agreement, asking, question.may)
  const stands = stretch && { stands: stretch }
  if (!component) {
    // A component that another revision has is one that the parties know: it is not agreed now, and that is an answer.
    if (agreement.revisions.some((one) => one.contract.components.has(question.may)))
      return {
        ...{ question: 'may', final: true, ...stands },
        derivation: leaf(notAgreed, { name: question.may }),
      }
    throw noComponent(contract, asking, question.may)
  }
  const users = contract.words.users ?? []
  // A person of the relationship who is no user gets an answer: no.
  if (!isPerson && !users.includes(question.user))
    throw new QuestionRefused(
      'user_undeclared',
      '/user',
      `The contract knows no user “${question.user}”.${instead(question.user, users, 'It knows')}`,
    )
  const { item } = question
  const known =
    item === undefined ||
    (component.serialised && asking.facts.componentOfItem(item) === component.id)
  if (!known)
    throw new QuestionRefused(
      'question_names_nothing',
      '/item',
      `“${item}” is no item of “${component.id}” as of ${spokenInstant(at, contract.zone)}.${instead(item, itemsOf(asking, component), 'Its items are')}`,
    )
  const asked: PermissionQuestion = {
    component,
    user: question.user,
    at,
    ...(question.item !== undefined && { item: question.item }),
  }
  const { derivation, clause, warnings = [] } = permission(agreement, asking, asked)
  const warned = warnings.length > 0 && { warnings }
  return { question: 'may', derivation, clause, final: true, ...warned, ...stands }
}

function noComponent(contract: Contract, asking: Asking, id: string): QuestionRefused {
  const of = contract.components.get(asking.facts.componentOfItem(id) ?? '')?.id
  const says = 'What may be used is'
  const hint =
    of === undefined
      ? insteadIn(contract, id, { known: contract.components.keys(), says })
      : ` It is an item of “${of}”: say “may: ${of}” and “item: ${id}”.`
  const words = `“${id}” is no component of this agreement.${hint}`
  return new QuestionRefused('question_names_nothing', '/may', words)
}
