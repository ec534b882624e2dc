import type { z } from 'zod'
import { factsAlone, factsOf, inForceAt } from '../agreement/contract.ts'
import { addressed, type Read } from '../agreement/reading.store.ts'
import { askingOf } from '../contract/answering.ts'
import type { Contract } from '../contract/compile.ts'
import type { Fact } from '../contract/fact/fact.ts'
import { eventsCalled } from '../contract/fact/named-event.ts'
import { answerQuestion } from '../contract/question/question.ts'
import { effectsOf } from '../contract/question/remedy.ts'
import { Exact } from '../kernel/exact.ts'
import { type Instant, utcText } from '../kernel/time.ts'
import { clauseShown, effectShown } from './listed.ts'
import type { EffectShown } from './shown.ts'
import { speakingAt } from './told.ts'

/** What a supposed fact makes of things, and until when what it costs is given back. */
export function afterwards(then: Read, fact: Fact, charged: readonly string[]) {
  const { agreement, placed, at } = then
  const { clauses } = speakingAt(addressed(then), fact.at)
  const asking = askingOf(agreement, factsAlone(placed), at)
  const effects = effectsOf(agreement, asking, fact)
  const refunds = refundsOf(then, fact, charged)
  return {
    effects: effects.map((one) => effectShown(one, { clauses }) as z.input<typeof EffectShown>),
    refunds: refunds.map(({ clause, kind, until }) => ({
      ...clauseShown(clause, clauses),
      ...{ kind, ...(until !== undefined && { until: utcText(until) }) },
    })),
  }
}

type Refund = { readonly clause: string; readonly kind: string; readonly until?: Instant }

/** Each credit of a charge that some later fact brings about; and the last instant at which it still does. */
function refundsOf(then: Read, fact: Fact, charged: readonly string[]): Refund[] {
  const contract = inForceAt(then, fact.at)
  return charged
    .flatMap((clause) => creditsOf(contract, clause))
    .flatMap(({ clause, kinds }) => {
      const found = kinds.flatMap((kind) => refundBy(then, { fact, clause, kind }) ?? [])
      return found.slice(0, 1)
    })
}

function creditsOf({ words, transitions }: Contract, charged: string) {
  return Object.entries(words.terms ?? {}).flatMap(([clause, term]) => {
    const credit = 'credit' in term ? term.credit : undefined
    if (credit?.each === undefined || ![credit.of].flat().includes(charged)) return []
    const kinds = eventsCalled(credit.each, words).flatMap(
      (kind) => transitions.get(kind)?.words.on ?? [kind],
    )
    return [{ clause, kinds }]
  })
}

const minute = 60_000
/** Beyond that nobody counts on it, and it is told without a date. */
const minutesMax = 400 * 24 * 60
/** Each instant that is tried is a question over all facts: of an agreement with many the hint is left out. */
const factsMax = 500

type Trying = { readonly fact: Fact; readonly clause: string; readonly kind: string }

/** A time limit makes it due until some instant and not after: halving finds the instant, to the minute. */
function refundBy(then: Read, { fact, clause, kind }: Trying): Refund | undefined {
  if (then.placed.length > factsMax) return undefined
  const said = { ...(fact.about !== undefined && { about: fact.about }) }
  const concerning = { ...said, ...(fact.component !== undefined && { component: fact.component }) }
  const next = { id: 'what follows', kind, said: { ...concerning, at: utcText(fact.at) } }
  const { placed, faults } = factsOf(then.agreement, [{ ...next, recorded_at: utcText(fact.at) }])
  const [own] = factsAlone(placed)
  if (own?.shape !== 'event' || faults.length > 0) return undefined
  const isDue = (minutes: number) => {
    const at = fact.at + minutes * minute
    const facts = [...factsAlone(then.placed), { ...own, at, recorded: at }]
    const asked = { value: clause, for: own.id, at: utcText(Math.max(at, then.at)) }
    const { derivation } = answerQuestion(then.agreement, facts, asked)
    return derivation.value instanceof Exact && !derivation.value.isZero
  }
  if (!isDue(1)) return undefined
  if (isDue(minutesMax)) return { clause, kind }
  let [due, over] = [1, minutesMax]
  while (over - due > 1) {
    const middle = Math.floor((due + over) / 2)
    if (isDue(middle)) due = middle
    else over = middle
  }
  return { clause, kind, until: fact.at + due * minute }
}
