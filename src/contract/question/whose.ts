import { spokenInstant } from '../../kernel/time.ts'
import { revisionAt } from '../agreement/revision.ts'
import type { Contract } from '../compile.ts'
import { didYouMean } from '../document/fault.ts'
import { QuestionRefused } from '../question-refused.ts'
import type { Asking } from '../scope.ts'
import { itemsOf, standingOf } from '../standing/standing.ts'
import { type Asked, type Found, listed } from './asked.ts'
import type { Question } from './form.ts'

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
      `No component or item of this agreement is called “${id}” as of ${spokenInstant(at ?? asking.asOf, contract.zone)}.${hintOf(contract, asking, id)}`,
    )
  const standing = standingOf(agreement, asking, { component, ...(!own && { item: id }) })
  const { value } = standing.title
  const decided = [...standing.title.changes].at(-1)?.clause ?? component.id
  return { question: 'whose', derivation: value, clause: decided, final: true, standing }
}

/** The nearest component or item, else the components: of items there may be thousands. */
function hintOf(contract: Contract, asking: Asking, id: string): string {
  const components = [...contract.components.values()]
  const items = components.flatMap((one) => (one.serialised ? itemsOf(asking, one) : []))
  const near = didYouMean(id, [...contract.components.keys(), ...items])
  const known = contract.components.keys()
  return near || listed(known, 'Its components are')
}
