import { spokenInstant } from '../../kernel/time.ts'
import { leaf } from '../derivation.ts'
import { type PermissionQuestion, permission } from '../permission.ts'
import { revisionAt } from '../revision.ts'
import { itemsOf, standingOf } from '../standing.ts'
import { notAgreed } from '../value.ts'
import { type Asked, type Found, instead, listed } from './asked.ts'
import type { Question } from './form.ts'
import { QuestionRefused } from './refused.ts'

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
  const absent = (clause?: string): Found => ({
    question: 'may',
    derivation: leaf(notAgreed, { name: question.may }),
    final: true,
    ...(clause !== undefined && { clause }),
  })
  if (!component) {
    if (contract.definitions.has(question.may))
      throw new QuestionRefused(
        'question_names_nothing',
        '/may',
        `“${question.may}” is no component; what may be used is ${[...contract.components.keys()].join(', ')}.`,
      )
    return absent()
  }
  const users = contract.words.users ?? []
  // A person of the relationship who is no user gets an answer: no.
  if (!isPerson && !users.includes(question.user))
    throw new QuestionRefused(
      'user_undeclared',
      '/user',
      `The contract knows no user “${question.user}”; it knows ${users.join(', ') || 'none'}.`,
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
  return { question: 'may', derivation, clause, final: true, ...warned }
}

export function whose(
  { agreement, asking: ask, asOf: at }: Asked,
  question: Extract<Question, { whose: string }>,
): Found {
  const asking = ask()
  const { contract } = revisionAt(agreement, at ?? asking.asOf)
  const id = question.whose
  const own = contract.components.get(id)
  const component = own ?? contract.components.get(asking.facts.componentOfItem(id) ?? '')
  if (!component)
    throw new QuestionRefused(
      'question_names_nothing',
      '/whose',
      `No component or item of this agreement is called “${id}” as of ${spokenInstant(at ?? asking.asOf, contract.zone)}.${listed(contract.components.keys(), 'Its components are')}`,
    )
  const standing = standingOf(agreement, asking, { component, ...(!own && { item: id }) })
  const { value } = standing.title
  const decided = [...standing.title.changes].at(-1)?.clause ?? component.id
  return { question: 'whose', derivation: value, clause: decided, final: true, standing }
}
