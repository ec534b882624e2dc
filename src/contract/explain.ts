import { type Answer, passedOverTexts, type Speaking, spoken, spokenStep } from './answer.ts'
import { conditionWords } from './condition.ts'
import { clausesOf, type Derivation, nodes } from './derivation.ts'
import { Absent } from './value.ts'

/** One line of an explanation: what was found, from what, and by which clause. */
type Step = {
  readonly says: string
  readonly value: string
  readonly clause?: string
  readonly facts: readonly string[]
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
export type ClauseText = (
  clause: string,
) => { readonly number: string; readonly text: string } | undefined

/** The clauses that an answer rests on, the deciding one first, each with its facts and the steps it states. */
export function reasonsOf(answer: Answer, speaking: Speaking, clauseText: ClauseText): Reason[] {
  const steps = stepsOf(answer.derivation, speaking)
  const clauses = new Set([
    ...(answer.clause === undefined ? [] : [answer.clause]),
    ...clausesOf(answer.derivation),
  ])
  return [...clauses].flatMap((clause): Reason[] => {
    const text = clauseText(clause)
    if (!text) return []
    const own = steps.filter((step) => step.clause === clause)
    const facts = new Set([
      ...own.flatMap((step) => step.facts),
      ...leavesOf(answer.derivation, clause),
    ])
    return [
      {
        clause,
        number: text.number,
        says: text.text,
        facts: [...facts],
        steps: [
          ...new Set(own.map((step) => `${step.says}: ${step.value}`)),
          ...(clause === answer.clause ? passedOverTexts(answer) : []),
        ],
      },
    ]
  })
}

/** Facts that a clause reads without doing anything with them: that something happened. */
const leavesOf = (derivation: Derivation, clause: string) =>
  [...nodes(derivation)].flatMap((node) =>
    node.fact && node.clause === clause ? [node.fact.id] : [],
  )

/** Every step that did something, in the order in which one rests on the other. */
function stepsOf(derivation: Derivation, speaking: Speaking): Step[] {
  const owner = clauseOwners(derivation)
  return [...nodes(derivation)].flatMap((node): Step[] => {
    if (!node.operation) return []
    const says = sentenceOf(node, speaking)
    if (says === undefined) return []
    const clause = owner.get(node)
    return [
      {
        says,
        value: spoken(node.value, node.unit, speaking),
        ...(clause !== undefined && { clause }),
        facts: factsBelow(node),
      },
    ]
  })
}

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

const factsBelow = (node: Derivation): string[] => [
  ...new Set([...nodes(node)].flatMap((one) => (one.fact ? [one.fact.id] : []))),
]

type Say = (
  inputs: Record<string, string>,
  node: Derivation,
  speaking: Speaking,
) => string | undefined

/** One sentence an operation; what adds nothing for a reader says nothing. */
const sentences: Partial<Record<NonNullable<Derivation['operation']>, Say>> = {
  plus: (said) => Object.values(said).join(' + '),
  minus: (said) => Object.values(said).join(' − '),
  times: (said) => Object.values(said).join(' × '),
  over: (said) => Object.values(said).join(' ÷ '),
  negated: (said) => `credited ${Object.values(said)[0] ?? ''}`,
  least: (said) => `the smaller of ${Object.values(said).join(' and ')}`,
  greatest: (said) => `the larger of ${Object.values(said).join(' and ')}`,
  less: ({ included, ...said }) =>
    included === undefined
      ? Object.values(said).join(' less ')
      : `${said['quantity']} less ${included} included`,
  capped: (said) => Object.values(said).join(', at most '),
  discounted: (said) => Object.values(said).join(' less '),
  steps: (said, node) =>
    `${said['quantity']} in ${node.settings && 'rounded' in node.settings && node.settings.rounded === 'up' ? 'started ' : ''}steps of ${said['in steps of']}`,
  tiers: ({ quantity }, node) =>
    `${quantity} priced by tiers${node.settings && 'mode' in node.settings ? ` (${String(node.settings.mode)})` : ''}`,
  band: ({ quantity }) => `the band that holds ${quantity}`,
  round: ({ exact }, node, speaking) =>
    node.from[0] &&
    spoken(node.from[0].is.value, node.unit, speaking) === spoken(node.value, node.unit, speaking)
      ? undefined
      : `${exact} rounded`,
  unused: () => 'share of the period that is left after its end',
  covered: () => 'share of the period that is covered',
  when: conditionText,
  waive: (_said, node, speaking) => {
    const waivers = node.from.slice(1)
    const holding = waivers.filter((input) => input.is.value === true)
    const said = (holding.length > 0 ? holding : waivers).map(
      ({ as, is }) => `${words(as)} (${conditionWords(is, speaking)})`,
    )
    return `${holding.length > 0 ? 'waived' : 'not waived'} by ${said.join(', ')}`
  },
  claimed: ({ amount = '' }, node) => {
    const inTime = node.from[0]?.is.value
    if (inTime === false) return `${amount} not due: it was not claimed in time`
    return inTime === true ? 'claimed in time' : 'waiting to be claimed'
  },
  sum: (_said, node) => (node.name === undefined ? `sum of ${node.from.length}` : words(node.name)),
  count: (_said, node) => `${words(node.name ?? 'count')}, of ${node.from.length}`,
  smallest: (_said, node) => words(node.name ?? 'the smallest'),
  largest: (_said, node) => words(node.name ?? 'the largest'),
  average: (_said, node) => words(node.name ?? 'the average'),
  last: (_said, node) => words(node.name ?? 'the last'),
  first: (_said, node) => words(node.name ?? 'the first'),
  percentile: (_said, node) => words(node.name ?? 'the percentile'),
  'longest-run': (_said, node) => words(node.name ?? 'the longest run'),
  between: (said) => `from ${Object.values(said).join(' to ')}`,
  months: (_said, node) => words(node.name ?? 'months of the agreement'),
  forecast: (said) => `promised together by ${Object.values(said).join(', ')}`,
  share: (said) => `share of ${said['whole']}`,
  time: (_said, node) => words(node.name ?? 'time'),
  elapsed: (said) => `from ${Object.values(said).join(' to ')}`,
  'after-length': (said) => {
    const [start = '', length = ''] = Object.values(said)
    return `${length} after ${start}`
  },
  'end-of-period': ({ start }) => `the end of the period, counted from ${start}`,
  'by-date': (said, node) => {
    const [on = '', length] = Object.values(said)
    return length === undefined ? `on ${on}` : `${length} ${node.from[1]?.as} ${on}`
  },
  'business-day': ({ start }) => `the business day, counted from ${start}`,
  met: ({ due, done }) => `due ${due}, done ${done}`,
  row: (_said, node) => (node.name === undefined ? undefined : words(node.name)),
  from: (said) => comparison(said, 'is at least'),
  above: (said) => comparison(said, 'is more than'),
  below: (said) => comparison(said, 'is less than'),
  'up-to': (said) => comparison(said, 'is at most'),
  same: (said) => comparison(said, 'is'),
  // Whether a transition changes anything is told by how things stood before it.
  other: (said, node) => (node.from[0]?.as === 'before' ? undefined : comparison(said, 'is not')),
  'one-of': (_said, node) =>
    node.from[0]
      ? `${words(node.from[0].as)} is one of ${node.from
          .slice(1)
          .map((input) => String(input.is.value))
          .join(', ')}`
      : undefined,
  standing: (_said, node) => words(node.name ?? 'standing'),
  right: (_said, node) => (node.name === 'right' ? 'right of use' : words(node.name ?? 'right')),
}

function sentenceOf(node: Derivation, speaking: Speaking): string | undefined {
  const say = node.operation && sentences[node.operation]
  if (!say) return undefined
  const said: Record<string, string> = {}
  node.from.forEach((input, place) => {
    const key = input.as in said ? `${input.as} ${place + 1}` : input.as
    said[key] = inputText(input.is, speaking)
  })
  return say(said, node, speaking)
}

/** An input by its name and value, `monthly fee 80.00 EUR`; a bare number by itself. */
function inputText(node: Derivation, speaking: Speaking): string {
  const value =
    node.value instanceof Absent && node.value.kind === 'left-out'
      ? 'not yet'
      : spokenStep(node, speaking)
  return node.name === undefined ? value : `${words(node.name)} ${value}`
}

const comparison = (said: Record<string, string>, verb: string) => {
  const [left = '', right = ''] = Object.values(said)
  return `${left} ${verb} ${right}`
}

function conditionText(said: Record<string, string>, node: Derivation, speaking: Speaking): string {
  const condition = node.from[0]?.is.value
  const as = node.from[0]?.as ?? 'condition'
  if (as === 'agreement running' && condition === false)
    return 'nothing due: the agreement was not running'
  const name = as === 'when' ? 'the condition' : words(as)
  const [decided] = node.from
  const isTold = ['when', 'large enough', 'in force'].includes(as)
  const reason = decided && isTold ? ` (${conditionWords(decided.is, speaking)})` : ''
  if (condition === true) return `due for ${name}${reason}`
  return condition === false
    ? `${said['amount'] ?? ''} not due: ${name} does not hold${reason}`
    : `${name} is not known`
}

const words = (name: string) => name.replaceAll('_', ' ').replaceAll('-', ' ').replace('.', ' ')
