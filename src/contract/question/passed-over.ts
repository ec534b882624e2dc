import { type Period, parsePeriod, within } from '../../kernel/time.ts'
import type { PassedOver } from '../answer.ts'
import { componentNamed, concerns } from '../happening.ts'
import type { TermWords } from '../language/term.ts'
import { type Agreement, revisionAt } from '../revision.ts'
import type { Asking, Happening } from '../scope.ts'
import { promiseWords } from '../term/term.ts'
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
  const { of, kinds } = readBy(contract.words.terms?.[clause])
  const component = contract.components.get(of ?? '')
  const names = { find: (name: string) => contract.definitions.get(name) }
  if (!component) return []
  const isMeant = (one: Happening) =>
    event ? one.fact === event || isOfSubject(one, event.about) : isWithin(one, period)
  return kinds
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

/** The component that a clause speaks of, and the events that it reads. */
function readBy(term: TermWords | undefined): { of?: string | undefined; kinds: string[] } {
  if (!term) return { kinds: [] }
  const listed = (...kinds: (string | undefined)[]) => kinds.filter((kind) => kind !== undefined)
  const posting = 'charge' in term ? term.charge : 'credit' in term ? term.credit : undefined
  if (posting) {
    const [kind] = posting['for-each']?.split('.') ?? []
    return { of: posting['pays-for'], kinds: listed(posting.each, kind) }
  }
  const promise = promiseWords(term)
  return promise ? { of: promise.of, kinds: listed(promise.start, promise.stop) } : { kinds: [] }
}
