import type { Contract } from '../compile.ts'
import type { Fact } from '../fact/fact.ts'
import { lacksEvent } from '../period/own-period.ts'
import { QuestionRefused } from '../question-refused.ts'
import type { Definition, Scope } from '../scope.ts'
import { instead, listed } from './asked.ts'

/**
 * What is measured of one subject has no value for all of them together: a question says whose, as a fact does, and as
 * `for-each` does in a charge.
 */
export function ofSubject(definition: Definition, scope: Scope, about: string | undefined): Scope {
  const { name, sort } = definition
  const isMeasured = sort === 'measure' || sort === 'table'
  const isOfOne = isMeasured && scope.event === undefined && isOfSubject(definition)
  if (about === undefined) {
    if (!isOfOne) return scope
    const whose = isToldByAttribute(definition)
      ? '“for:” a fact that has it'
      : '“about:” whose it is, or “for:” a fact about it'
    throw new QuestionRefused(
      'question_needs_one_scope',
      '/value',
      `“${name}” is of one subject, and none is at hand: say ${whose}.`,
    )
  }
  if (!isOfOne || isToldByAttribute(definition))
    throw new QuestionRefused('question_names_nothing', '/about', withoutEffect(definition, scope))
  return { ...scope, subject: subjectOf(about, scope) }
}

/** What is measured while an interval lasts, or of one, is another for each: a question says which, as a term does. */
export function checkInterval(
  { name, sort, demand, per }: Definition,
  { asking, event }: Scope,
  kinds: Contract['factKinds'],
): void {
  if (sort !== 'measure' || event) return
  const period = per?.()
  const place = { ...(period && { period }), subject: {} } as const
  // What any event has, such as the time since one before it, is of no interval.
  if (!lacksEvent(demand, { ...place, events: [''] })) return
  const lasting = [...kinds].flatMap(([kind, { shape }]) =>
    shape === 'interval' && !lacksEvent(demand, { ...place, events: [kind] }) ? [kind] : [],
  )
  if (lasting.length === 0) return
  const ids = asking.facts.all.filter(({ kind }) => lasting.includes(kind)).map(({ id }) => id)
  throw new QuestionRefused(
    'question_needs_one_scope',
    '/value',
    `“${name}” is of one interval, and none is at hand: say “for:” one.${listed(ids, 'Known are')}`,
  )
}

const isOfSubject = ({ demand, per }: Definition) => {
  const period = per?.()
  const place = { ...(period && { period }), events: [] }
  return lacksEvent(demand, place) && !lacksEvent(demand, { ...place, subject: {} })
}

/** Told by what each is about alone, it would be refused. */
const isToldByAttribute = ({ demand, per }: Definition) => {
  const period = per?.()
  const place = { ...(period && { period }), events: [], subject: { each: {} } }
  return lacksEvent(demand, place)
}

function withoutEffect(definition: Definition, { event }: Scope): string {
  const { name } = definition
  if (event) return `The fact that “${name}” is asked for says what it is about already.`
  return isOfSubject(definition)
    ? `“${name}” is told apart by an attribute: say “for:” a fact that has it.`
    : `“${name}” is of no one subject: leave “about:” out.`
}

function subjectOf(about: string, { asking, at }: Scope): Scope['subject'] & object {
  const known = new Set(asking.facts.all.flatMap((fact) => fact.about ?? []))
  if (!known.has(about))
    throw new QuestionRefused(
      'question_names_nothing',
      '/about',
      `No fact is about “${about}” as of then.${instead(about, known, 'There are facts about')}`,
    )
  const kind = 'about'
  const told = { id: `${kind} ${about}`, kind, shape: 'event', about, values: {} } as const
  const fact: Fact = { ...told, at, recorded: at }
  return { kind, at, fact }
}
