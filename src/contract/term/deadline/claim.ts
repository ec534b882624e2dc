import { a } from '../../../kernel/grammar.ts'
import type { Compiling } from '../../compiling.ts'
import { demandCompiled, namesRead } from '../../demand.ts'
import { type Derivation, derive, type Input, leaf, onlyIf } from '../../derivation.ts'
import type { Path } from '../../document/fault.ts'
import { checkPairedBy, paired } from '../../fact/alike.ts'
import { spanLeaf } from '../../formula/attribute.ts'
import {
  componentNamed,
  happened,
  instantLeaf,
  isEvent,
  kindsAtHand,
  termOf,
} from '../../happening.ts'
import type { ClaimWords } from '../../language/deadline.ts'
import { nearName } from '../../near-name.ts'
import type { Compiled, Happening, Line, Place, Report, Scope, ToldApart } from '../../scope.ts'
import { eventScope } from '../../scope.ts'
import { compileConcerning, liesIn } from './concerning.ts'
import { compileDeadline } from './deadline.ts'

/** What is due only if it is claimed in time. */
export type Claim = {
  readonly reads: readonly string[]
  readonly check: (place: Place, report: Report) => void
  /** Of the line for an event or a period. */
  readonly of: (scope: Scope, line: Pick<Line, 'service' | 'event'>) => NonNullable<Line['claim']>
}

type Told = {
  readonly id: string
  readonly path: Path
  /** The period that a credit is counted in; without one it is of an event. */
  readonly per: string | undefined
  /** Of what is credited for each of several, what tells them apart. */
  readonly forEach?: ToldApart | undefined
  /** The component that is paid for: what claims for another claims nothing of this. */
  readonly component?: string | undefined
}

export function compileClaim(words: ClaimWords, told: Told, compiling: Compiling): Claim {
  const { id, per } = told
  const { names } = compiling
  const path = [...told.path, 'claim']
  checkClaim(words, { ...told, path }, compiling)
  const deadline = compileDeadline(
    claimDeadline(words, per),
    { id, path, ...(per !== undefined && { lengthAt: [...path, 'within'] }) },
    compiling,
  )
  const concerning = compileConcerning(words.concerning, { id, path, of: 'period' }, compiling)
  const isOurs = (scope: Scope, claim: Happening) => ofComponent(claim, told, { scope, names })
  return {
    reads: [termOf(words.fact), ...deadline.reads, ...namesRead([concerning])],
    check: (place, report) => {
      deadline.check(place, report)
      const claimed = { events: kindsAtHand(words.fact, names) }
      demandCompiled([concerning], claimed, names, report)
    },
    of: (scope, line) => {
      const { service, event } = line
      const due = deadline.due(scope, startOf(service, event), event && { event })
      const done = derive('first-from', [
        { as: 'from', is: event ? instantLeaf(event) : leaf(service?.start ?? scope.at) },
        ...claims(words, scope, { line, concerning, isOurs }),
      ])
      const said = { clause: id, name: `${id}.claim`, of: missingClaim(words.fact, id, compiling) }
      return { due, done, inTime: deadline.kept(scope, { due, done, ...said }) }
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

/** A period is over before it can be claimed for, and so is an interval. */
function startOf(service: Line['service'], event: Happening | undefined): Derivation {
  if (!event) return leaf((service?.end ?? 0) - 1)
  const { fact, kind } = event
  if (fact.shape !== 'interval' || kind !== fact.kind) return instantLeaf(event)
  const of = `the end of ${a(kind.replaceAll('_', ' '))}`
  const end = derive('end', [{ as: kind, is: spanLeaf(fact) }])
  return derive('first', [{ as: kind, is: end }], { of })
}

type Claiming = {
  readonly line: Pick<Line, 'service' | 'event'>
  readonly concerning: Compiled | undefined
  readonly isOurs: (scope: Scope, claim: Happening) => Derivation | undefined
}

/** Claims about the subject of the event or the line, and that concern the period; the others stay as left out. */
function claims(
  words: ClaimWords,
  scope: Scope,
  { line: { service, event }, concerning, isOurs }: Claiming,
): Input[] {
  const all = scope.asking.happenings(words.fact)
  const { subject } = scope
  const ours = event
    ? paired(all, event, words['paired-by'])
    : paired(all, subject, subject?.each?.by)
  return ours.map((claim): Input => {
    const { as, is } = happened(claim)
    const made = onlyIf(isOurs(scope, claim), is)
    if (!concerning || !service) return { as, is: made }
    const named = { as: 'concerns', is: concerning.evaluate(eventScope(scope, claim)) }
    const { zone } = scope.asking.frame
    return { as, is: onlyIf(liesIn(named, concerning, { period: service, zone }), made) }
  })
}

/** Whether a claim that names a component is for the one that is paid for; one that names none is for all. */
function ofComponent(
  { fact }: Happening,
  { id: clause, component }: Told,
  { scope: { asking }, names }: { scope: Scope; names: Compiling['names'] },
): Derivation | undefined {
  if (component === undefined) return undefined
  const named = componentNamed({ fact }, asking, names)
  if (named === undefined) return undefined
  const field = fact.component === named ? 'component' : 'about'
  // Of an item the record says the tag; whose item it is, another fact says.
  const said = named === fact[field] ? { fact: { id: fact.id, field } } : {}
  const from = { as: 'component', is: leaf(named, { name: 'component', ...said }) }
  return derive('same', [from, { as: 'paid for', is: leaf(component, { clause }) }])
}

function checkClaim(
  words: ClaimWords,
  { path, per, forEach }: Told,
  { faults, names }: Compiling,
): void {
  if (!isEvent(words.fact, names))
    faults.add(
      'fact_undeclared',
      [...path, 'fact'],
      `“${words.fact}” is no kind of fact and no term that makes events.${nearName(words.fact, names, ['event'])}`,
    )
  checkPairedBy(words['paired-by'], [words.fact], { faults, names }, [...path, 'paired-by'])
  checkPairedBy(forEach?.by, [words.fact], { faults, names }, [...path, 'fact'])
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
      forEach
        ? 'A claim for each of several shares with its line what “for-each” tells them apart by: “paired-by” changes nothing.'
        : 'A claim for a period pairs with no event: say “concerning:” what in it names the period.',
    )
}
