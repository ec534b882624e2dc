import type { Answer } from '../answer/answer.ts'
import type { Speaking } from '../answer/spoken.ts'
import { citedClauses, type Derivation, factsOf, nodes } from '../derivation.ts'
import { isNothingDue } from '../value.ts'
import { spend } from '../work.ts'
import { decidingOf, decidingText } from './condition.ts'
import { passedOverTexts } from './passed-over.ts'
import { ownedTexts, type StepFor, stepsFor } from './posted-for.ts'
import { stepText } from './step.ts'
import { tierTexts } from './tier.ts'

/** One line of an explanation: what was found, from what, and by which clause. */
type Step = {
  readonly says: string
  readonly clause?: string
  readonly node: Derivation
  readonly of: StepFor
}

/** What one clause contributes to an answer. */
export type Reason = {
  readonly clause: string
  readonly number: string
  readonly says: string
  readonly facts: readonly string[]
  readonly steps: readonly string[]
}

/** The words of a clause: its number and its sentence in the revision that answers. */
type ClauseText = (clause: string) => { readonly number: string; readonly text: string } | undefined

/** To say why takes about as long as so many steps, besides those that are gone through. */
const reasonsWork = 25

/** The clauses that an answer rests on, the deciding one first, each with its facts and the steps it states. */
export function reasonsOf(answer: Answer, speaking: Speaking, clauseText: ClauseText): Reason[] {
  spend(reasonsWork)
  const steps = stepsOf(answer.derivation, speaking)
  const clauses = new Set([
    ...(answer.clause === undefined ? [] : [answer.clause]),
    ...citedClauses(answer.derivation),
  ])
  return [...clauses].flatMap((clause): Reason[] => {
    const text = clauseText(clause)
    if (!text) return []
    const own = steps.filter((step) => step.clause === clause)
    const facts = new Set([
      ...factsOf(own.map(({ node }) => node)),
      ...leavesOf(answer.derivation, clause),
    ])
    return [
      {
        clause,
        number: text.number,
        says: text.text,
        facts: [...facts],
        steps: [
          ...ownedTexts(own, speaking),
          ...(clause === answer.clause ? passedOverTexts(answer) : []),
        ],
      },
    ]
  })
}

/** Facts that a clause reads without doing anything with them: that something happened. */
const leavesOf = (derivation: Derivation, clause: string) =>
  nodes(derivation).flatMap((node) => (node.fact && node.clause === clause ? [node.fact.id] : []))

/** Every step that did something, in the order in which one rests on the other. */
function stepsOf(derivation: Derivation, speaking: Speaking): Step[] {
  const owner = clauseOwners(derivation)
  const told = new Map(nodes(derivation).map((node) => [node, stepText(node, speaking)]))
  const repeated = toldByOthers(told, speaking)
  const owned = stepsFor(derivation)
  return [...told].flatMap(([node, text]): Step[] => {
    if (text === undefined || repeated.has(node)) return []
    const clause = owner.get(node)
    const of = owned.get(node) ?? new Set()
    return [...tierTexts(node, speaking), text].map((says) => ({
      ...{ says, node, of },
      ...(clause !== undefined && { clause }),
    }))
  })
}

/**
 * What was measured is told with its name by the step that reckons with it, and a condition by the step that it decides:
 * neither is told twice.
 */
const toldByOthers = (
  told: ReadonlyMap<Derivation, string | undefined>,
  speaking: Speaking,
): Set<Derivation> =>
  new Set(
    [...told].flatMap(([{ operation, value, from }, says]) => {
      const inputs = from.map(({ is }) => is)
      // Of what never began it is no matter whether it was kept.
      if (from[0]?.role === 'begins' && from[0].is.value === false)
        return [inputs[1], inputs[1]?.from[0]?.is].flatMap((one) =>
          one?.operation === 'met' ? [one] : [],
        )
      if (says === undefined || operation === undefined) return []
      if (reckoning.has(operation)) return inputs.filter(({ name }) => name !== undefined)
      if (operation !== 'when' && operation !== 'waive') return []
      const isSaid = (one: Derivation) => {
        const text = told.get(one)
        return text === decidingText(one, speaking) && says.includes(text)
      }
      // Of what was not due it is no matter whether it was kept.
      const setAside = isNothingDue(value) ? inputs.filter((one) => one.operation === 'met') : []
      return [...inputs.flatMap(decidingOf).filter(isSaid), ...setAside]
    }),
  )

const reckoning: ReadonlySet<string> = new Set('plus minus times over less tiers steps'.split(' '))

/** A step without a clause of its own belongs to the clause that reads it. */
function clauseOwners(root: Derivation): Map<Derivation, string> {
  const owners = new Map<Derivation, string>()
  const walk = (node: Derivation, above: string | undefined): void => {
    const clause = node.clause ?? above
    if (owners.has(node)) return
    if (clause !== undefined) owners.set(node, clause)
    for (const input of node.from) walk(input.is, clause)
  }
  walk(root, undefined)
  return owners
}
