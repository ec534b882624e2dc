import type { Agreement } from '../contract/agreement/revision.ts'
import { answerValue } from '../contract/answer/data.ts'
import { clausesOf } from '../contract/prose/clause.ts'
import { answerQuestion } from '../contract/question/question.ts'
import { answerWorkMax, withinWork } from '../contract/work.ts'
import { utcText } from '../kernel/time.ts'

type Cited = { readonly clause: string; readonly number: string; readonly title: string }

/** What an agreement comes to before anything has happened under it, for who is to authorise a budget. */
type Committed = {
  /** Due over the agreed period whatever happens. */
  readonly amount: string
  /** At most due, where every clause has a bound. */
  readonly ceiling?: string
  /** Clauses that set no bound, and those whose amount nothing that is known decides yet. */
  readonly unbounded: Cited[]
  readonly undecided: Cited[]
}

/** As the question of its exposure answers it, and refused as that is. */
export function committedOf(agreement: Agreement): Committed | undefined {
  const { agreed, zone } = agreement.frame
  const [first] = agreement.revisions
  if (!first) return undefined
  const { contract } = first
  const numbered = new Map(clausesOf(contract, first.deviations).map((one) => [one.id, one]))
  const cited = (clause: string): Cited => ({
    clause,
    number: numbered.get(clause)?.number ?? '',
    title: numbered.get(clause)?.title ?? clause.replaceAll('_', ' '),
  })
  const question = { exposure: 'agreement', at: utcText(agreed.start) }
  // Half of what a page may be: the other is for how everything stands.
  const answer = withinWork(answerWorkMax / 2, () => answerQuestion(agreement, [], question))
  const { derivation, figures, unbounded = [], undecided = [] } = answer
  const amount = (value: typeof derivation.value) => answerValue(value, zone, contract.decimals)
  return {
    amount: amount(derivation.value),
    ...(figures?.['ceiling'] && { ceiling: amount(figures['ceiling'].value) }),
    unbounded: unbounded.map(cited),
    undecided: undecided.map(cited),
  }
}
