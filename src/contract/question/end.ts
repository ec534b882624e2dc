import { reached } from '../../kernel/reached.ts'
import type { Instant } from '../../kernel/time.ts'
import { type Agreement, type Revision, revisionAt } from '../agreement/revision.ts'
import { hasEnd } from '../agreement/running.ts'
import { askingOf } from '../answering.ts'
import { type Derivation, derive, leaf } from '../derivation.ts'
import type { Fact } from '../fact/fact.ts'
import type { FactKind } from '../fact/fact-kind.ts'
import { type StandardFact, standardFacts } from '../language/vocabulary.ts'
import { QuestionRefused } from '../question-refused.ts'
import type { Asking } from '../scope.ts'
import { notAgreed, nothingDue } from '../value.ts'
import { type Asked, type Found, instead } from './asked.ts'
import { sumOf } from './bill.ts'
import type { Question } from './form.ts'
import { effectsOf } from './remedy.ts'
import {
  answeredLine,
  isChanged,
  isDue,
  type Pair,
  pairedLines,
  rangeAround,
  type Supposing,
  supposedFacts,
  supposing,
} from './supposing.ts'
import { comesOfTime } from './undated.ts'

/** When the agreement would end if one side ended it now, and all that would be posted from then on. */
export function end(asked: Asked, question: Extract<Question, { end: string }>): Found {
  const { agreement, asOf } = asked
  if (asOf === undefined)
    throw new QuestionRefused('instant_needed', '/at', 'An end is asked at an instant: say “at:”.')
  const answer = { question: 'end', final: false, asOf } as const
  const supposed = supposedFacts(asked, question.suppose)
  const kind = supposed.length === 0 ? endingKind(agreement, asOf, question) : undefined
  if (kind) supposed.push(barely(kind, asOf))
  const ahead = lookingAhead(agreement, supposing(asked, supposed), asOf)
  const ending = ahead.ending()
  const hasNoEnd = supposed.length === 0 && !endsByItself(agreement, asOf, ending)
  if (hasNoEnd) {
    const { agreed } = agreement.frame
    const { by } = question
    const noEnd = { ...(by && { by }), ...(hasEnd(agreed) && { agreed: agreed.end }) }
    return { ...answer, derivation: leaf(notAgreed, { name: 'end' }), noEnd }
  }
  const until = typeof ending.value === 'number' ? ending.value : asOf
  const world = supposing(asked, supposed, until)
  // What is not due yet is done in time, as an exposure supposes: that nobody pays is no consequence of the end.
  const told = { inTimeFrom: asOf }
  const then = askingOf(agreement, world.facts, world.asOf, told)
  const without = askingOf(agreement, supposing(asked, []).facts, world.asOf, told)
  const range = rangeAround(agreement, asOf, world.asOf)
  const { pairs } = pairedLines(agreement, { asking: then, without, range })
  const posted = pairs.filter(
    (pair) => isDue(pair.line) && (latest(pair) >= asOf || isChanged(pair)),
  )
  const lines = posted.map(answeredLine)
  const { currency } = revisionAt(agreement, asOf).contract
  const effects = supposed.flatMap((fact) => effectsOf(agreement, then, fact))
  // What its condition refuses ends nothing: the agreed end stands.
  const clause = effects.find(({ of }) => of === 'agreement')?.clause ?? endedBy(ahead, ending)
  return {
    ...answer,
    derivation: { ...ending, name: 'end' },
    clause,
    lines,
    figures: { posted: postedFrom(asOf, posted, currency) },
    effects,
  }
}

/** A date comes though nothing more is recorded, an option lapses, and what is owed is done in time: one of them may end it. */
function lookingAhead(agreement: Agreement, { facts, asking }: Supposing, asOf: Instant): Asking {
  if (!comesOfTime(agreement, asking)) return asking
  const { end } = rangeAround(agreement, asOf, asking.asOf)
  return askingOf(agreement, facts, end, { inTimeFrom: asOf })
}

/** The clause that has ended it, or the agreed period. */
const endedBy = (asking: Asking, { value }: Derivation): string =>
  asking.ends().find(({ at, holds }) => at === value && holds?.value === true)?.kind ??
  'agreement_period'

/**
 * Where no fact ends it but a deadline that is missed, no side can end it: it ends as agreed, since what falls due is
 * supposed to be done in time, unless one was missed already.
 */
function endsByItself(agreement: Agreement, at: Instant, { value }: Derivation): boolean {
  const { agreed } = agreement.frame
  const revision = revisionAt(agreement, at)
  if (causesOfEnd(revision).length === 0 || endingKinds(revision).length > 0) return false
  return value !== agreed.end || hasEnd(agreed)
}

/** An end that cuts a period has its line stand there, before the last day on which it stands otherwise. */
const latest = ({ line, otherwise }: Pair) =>
  Math.max(line.billed, otherwise?.billed ?? line.billed)

/** Of a line that was posted before, only what the end makes of it counts. */
function postedFrom(at: Instant, pairs: readonly Pair[], currency: string): Derivation {
  const said = { name: 'posted', currency, missing: nothingDue }
  const all = sumOf(
    pairs.map(({ line }) => line),
    said,
  )
  const before = pairs.flatMap(({ line, otherwise }) =>
    otherwise && latest({ line, otherwise }) < at ? [otherwise] : [],
  )
  if (before.length === 0) return all
  const inputs = [
    { as: 'with it', is: all },
    { as: 'posted before', is: sumOf(before, said) },
  ]
  return derive('minus', inputs, undefined, { unit: currency, name: 'posted' })
}

/** A fact that says nothing but that it happened then. */
const barely = ({ name, shape }: FactKind, at: Instant): Fact => ({
  ...{ id: `supposed_${name}`, kind: name, shape, at, recorded: at },
  values: {},
})

/** The kind of fact by which that side ends the agreement; none where no clause lets it. */
function endingKind(
  agreement: Agreement,
  at: Instant,
  { by, on }: Extract<Question, { end: string }>,
): FactKind | undefined {
  const revision = revisionAt(agreement, at)
  const { factKinds } = revision.contract
  const all = endingKinds(revision)
  if (on !== undefined) {
    if (all.includes(on)) return factKinds.get(on)
    throw new QuestionRefused(
      'question_names_nothing',
      '/on',
      all.length > 0
        ? `“${on}” does not end the agreement.${instead(on, all, 'What does is')}`
        : `“${on}” does not end the agreement: it has no transition “of: agreement”.`,
    )
  }
  const own = all.filter((kind) => {
    const side = recordedBy(revision, kind)
    return by === undefined || side === undefined || side === 'both' || side === by
  })
  if (own.length > 1)
    throw new QuestionRefused(
      'event_not_said',
      '/on',
      `Several kinds of fact end the agreement: say “on:” one of ${own.join(', ')}.`,
    )
  return factKinds.get(own[0] ?? '')
}

/** Down to the facts: a transition may follow from another one. */
const endingKinds = (revision: Revision): string[] =>
  causesOfEnd(revision).filter((name) => revision.contract.factKinds.has(name))

function causesOfEnd({ contract }: Revision): readonly string[] {
  const ending = [...contract.transitions.values()].flatMap(({ words }) =>
    words.of === 'agreement' ? words.on : [],
  )
  const caused = (name: string) => [
    ...(contract.transitions.get(name)?.words.on ?? []),
    ...(contract.events.get(name)?.anyOf ?? []),
  ]
  return [...reached(ending, caused)]
}

const recordedBy = ({ contract }: Revision, kind: string) => {
  const standard = kind in standardFacts ? standardFacts[kind as StandardFact] : {}
  const own = contract.words.facts?.[kind]?.['measured-by']
  return own ?? ('by' in standard ? standard.by : undefined)
}
