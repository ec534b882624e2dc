import type { Period } from '../../kernel/time.ts'
import { type Derivation, derive, type Input, leaf } from '../derivation.ts'
import { compileExpression } from '../expression.ts'
import type { Path } from '../fault.ts'
import type { Claim as ClaimWords } from '../language/deadline.ts'
import { clockPart } from '../operation-time.ts'
import { a } from '../prose/grammar.ts'
import {
  type Compiling,
  demandCompiled,
  eventScope,
  happened,
  instantLeaf,
  isEvent,
  kindsAtHand,
  namesRead,
  paired,
} from '../reading.ts'
import type { Compiled, Happening, Line, Place, Report, Scope } from '../scope.ts'
import { typeText } from '../type.ts'
import { compileDeadline } from './deadline.ts'

/** What is due only if it is claimed in time. */
export type Claim = {
  readonly reads: readonly string[]
  readonly check: (place: Place, report: Report) => void
  /** Of the line for an event or a period: until when it had to be claimed, and whether it was. */
  readonly of: (scope: Scope, line: Pick<Line, 'service' | 'event'>) => Claimed
}
type Claimed = { readonly due: Derivation; readonly inTime: Derivation }

type Told = {
  readonly id: string
  readonly path: Path
  /** The period that a credit is counted in; without one it is of an event. */
  readonly per: string | undefined
}

export function compileClaim(words: ClaimWords, told: Told, compiling: Compiling): Claim {
  const { id, per } = told
  const { names, zone, faults } = compiling
  const path = [...told.path, 'claim']
  checkClaim(words, { ...told, path }, compiling)
  const deadline = compileDeadline(
    claimDeadline(words, per),
    { id, path, ...(per !== undefined && { lengthAt: [...path, 'within'] }) },
    compiling,
  )
  const concerning =
    words.concerning === undefined
      ? undefined
      : compileExpression(words.concerning, {
          ...{ names, zone, faults, path: [...path, 'concerning'], clause: id },
        })
  if (concerning && !['date', 'instant', 'any'].includes(concerning.type.is))
    faults.add(
      'types_do_not_fit',
      [...path, 'concerning'],
      `“${words.concerning}” is ${typeText(concerning.type)}: a date or an instant tells which period is claimed for.`,
    )
  return {
    reads: [words.fact.split('.')[0] ?? '', ...deadline.reads, ...namesRead([concerning])],
    check: (place, report) => {
      deadline.check(place, report)
      const claimed = { events: kindsAtHand(words.fact, names) }
      demandCompiled([concerning], claimed, names, report)
    },
    of: (scope, line) => {
      const { service, event } = line
      const due = deadline.due(scope, startOf(service, event), event)
      const done = derive('first-from', [
        { as: 'from', is: event ? instantLeaf(event) : leaf(service?.start ?? scope.at) },
        ...claims(words, scope, { line, concerning }),
      ])
      const said = { clause: id, name: `${id}.claim`, of: missingClaim(words.fact, id, compiling) }
      return { due, inTime: deadline.kept(scope, { due, done, ...said }) }
    },
  }
}

/** A length is counted from the end of the period, which is the last moment of a day: it ends with a day too. */
export function claimDeadline({ within, by, clock, ends }: ClaimWords, per: string | undefined) {
  const counted =
    per === undefined || within === undefined
      ? { ...(within !== undefined && { within }), ...(by && { by }) }
      : { by: { 'end-of': per, 'after-it': within } }
  return { ...counted, ...(clock !== undefined && { clock }), ...(ends !== undefined && { ends }) }
}

/** Which claim is waited for, so that a sum that rests on it says so. */
function missingClaim(fact: string, clause: string, { names }: Compiling): string {
  const claim = names.fact(fact)?.title ?? fact.replaceAll('_', ' ')
  return `${a(claim)} for “${names.find(clause)?.title ?? clause}”`
}

const startOf = (service: Period | undefined, event: Happening | undefined): Derivation =>
  event ? instantLeaf(event) : leaf((service?.end ?? 0) - 1)

/** Claims about the subject of the event, or those that concern the period; the others stay as left out. */
function claims(
  words: ClaimWords,
  scope: Scope,
  {
    line: { service, event },
    concerning,
  }: { line: Pick<Line, 'service' | 'event'>; concerning: Compiled | undefined },
): Input[] {
  const all = scope.asking.happenings(words.fact)
  const ours = event ? paired(all, event, words['paired-by']) : all
  return ours.map((claim): Input => {
    const made = happened(claim)
    if (!concerning || !service) return made
    const named = { as: 'concerns', is: concerning.evaluate(eventScope(scope, claim)) }
    const inPeriod = withinPeriod(named, concerning, { service, zone: scope.asking.frame.zone })
    return { as: made.as, is: derive('keep', [{ as: 'if', is: inPeriod }, made]) }
  })
}

function withinPeriod(
  named: Input,
  { type }: Compiled,
  { service, zone }: { service: Period; zone: string },
): Derivation {
  const isDate = type.is === 'date'
  const edge = (at: number) => leaf(isDate ? clockPart(at, 'date', zone) : at)
  return derive('all', [
    { as: 'from', is: derive('from', [named, { as: 'start', is: edge(service.start) }]) },
    { as: 'until', is: derive('up-to', [named, { as: 'end', is: edge(service.end - 1) }]) },
  ])
}

function checkClaim(words: ClaimWords, { path, per }: Told, { faults, names }: Compiling): void {
  if (!isEvent(words.fact, names))
    faults.add(
      'fact_undeclared',
      [...path, 'fact'],
      `“${words.fact}” is no kind of fact and no term that makes events.`,
    )
  if ((words.within === undefined) === (words.by === undefined))
    faults.add('word_missing', path, 'Say “within:” a length or “by:” a date: one of the two.')
  if (words.concerning !== undefined && per === undefined)
    faults.add(
      'word_without_effect',
      [...path, 'concerning'],
      'A claim for an event is about its subject: “concerning” changes nothing without “per”.',
    )
  if (words['paired-by'] !== undefined && per !== undefined)
    faults.add(
      'word_without_effect',
      [...path, 'paired-by'],
      'A claim for a period pairs with no event: say “concerning:” what in it names the period.',
    )
}
