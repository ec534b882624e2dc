import { type Period, parsePeriod, within } from '../../kernel/time.ts'
import { type Agreement, revisionAt } from '../agreement/revision.ts'
import type { PassedOver } from '../answer/answer.ts'
import { componentNamed, concerns } from '../happening.ts'
import type { Asking, Happening } from '../scope.ts'
import { componentOf, eventsRead } from '../term/term.ts'
import { Absent } from '../value.ts'
import type { Found } from './asked.ts'
import type { Question } from './form.ts'

/**
 * Facts of the kinds that a clause reads, where it found nothing because they concern another component. They change no
 * answer; whoever meant them learns why they did not count.
 */
export function passedOver(
  agreement: Agreement,
  asking: Asking,
  { question, found }: { question: Question; found: Found },
): readonly PassedOver[] {
  const { value } = found.derivation
  if (!(value instanceof Absent) && !(found.question === 'met' && value === false)) return []
  const asked = 'value' in question || 'due' in question || 'met' in question ? question : undefined
  const clause = found.clause
  if (!asked || clause === undefined) return []
  const event = asked.for === undefined ? undefined : asking.facts.byId(asked.for)
  const period = asked.in === undefined ? undefined : parsePeriod(asked.in, agreement.frame.zone)
  const { contract } = revisionAt(agreement, event?.at ?? period?.start ?? asking.asOf)
  const term = contract.words.terms?.[clause]
  const component = contract.components.get(componentOf(term) ?? '')
  const names = { find: (name: string) => contract.definitions.get(name) }
  if (!component) return []
  const isMeant = (one: Happening) =>
    event ? one.fact === event || isOfSubject(one, event.about) : isWithin(one, period)
  return eventsRead(term)
    .flatMap((kind) => asking.happenings(kind))
    .filter((one) => isMeant(one) && !concerns(component, one, asking, names))
    .map((one) => {
      const named = componentNamed(one, asking, names)
      return { fact: one.fact.id, of: component.title, ...(named !== undefined && { named }) }
    })
}

const isOfSubject = ({ fact }: Happening, about: string | undefined) =>
  about !== undefined && fact.about === about
const isWithin = ({ at }: Happening, period: Period | undefined) => !period || within(at, period)
