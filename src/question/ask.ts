import { z } from 'zod'
import { revisionAt } from '../contract/agreement.ts'
import { type Answer, answerData, answerKind, type Speaking, spoken } from '../contract/answer.ts'
import { checked, type Plain } from '../contract/document.ts'
import { type Reason, reasonsOf } from '../contract/explain.ts'
import { Faults } from '../contract/fault.ts'
import { printedClauses, type Told } from '../contract/prose/contract.ts'
import {
  answerQuestion,
  type Question,
  QuestionRefused,
  questionForms,
} from '../contract/question.ts'
import { liftTerms } from '../contract/tailor.ts'
import { Name } from '../contract/words.ts'
import { localText, parseInstant } from '../kernel/time.ts'
import { roleHolders } from '../relationship/rules.ts'
import { type LiveAgreement, mapOf, type World } from './world.ts'

/** A question that was not answered, by the name of the rule that refused it. */
export type Refusal = { readonly refused: string; readonly words: string; readonly pointer: string }
export type Asked = { readonly data: object; readonly says: readonly string[] }

const addressed = {
  agreement: Name.optional().describe('which agreement, where there are several'),
}
const QuestionWords = z.union(
  questionForms.map((form) => form.extend(addressed)) as unknown as readonly [
    z.ZodType<WrittenQuestion>,
    z.ZodType<WrittenQuestion>,
  ],
)
type WrittenQuestion = Question & { agreement?: string | undefined }

export type AskOptions = {
  /** The person who asks; without one the provider's own program asks. */
  readonly as?: string
  readonly agreement?: string
  readonly at?: string
  readonly knownBy?: string
}

/** Asks a world one question: finds the agreement, checks that the asker has part in it, answers with reasons. */
export function askWorld(world: World, written: Plain, options: AskOptions): Asked | Refusal {
  const faults = new Faults()
  const parsed = checked(QuestionWords, written, faults)
  const [fault] = faults.list
  if (!parsed || fault)
    return {
      refused: fault?.name ?? 'question_unreadable',
      words: fault?.words ?? 'The question cannot be read.',
      pointer: fault?.pointer ?? '',
    }
  const { agreement: own, ...asked } = parsed
  const person = 'user' in asked && !isKindOfUser(world, asked.user) ? asked.user : undefined
  const found = findAgreement(world, own ?? options.agreement, [options.as, person])
  if ('refused' in found) return found
  const question = inContext(asked, found, options)
  if ('refused' in question) return question
  try {
    const answer = answerQuestion(found.agreement, found.facts, question)
    return told(world, found, answer)
  } catch (error) {
    if (error instanceof QuestionRefused)
      return { refused: error.name, words: error.message, pointer: error.pointer }
    throw error
  }
}

const isKindOfUser = (world: World, name: string) =>
  [...world.offerings.values()].some(({ words: offering }) => offering.users?.includes(name))

/** The agreement that is meant; a person who has no part in it is not told that it exists. */
function findAgreement(
  world: World,
  id: string | undefined,
  persons: readonly (string | undefined)[],
): LiveAgreement | Refusal {
  const concerned = persons.filter((person) => person !== undefined)
  for (const person of concerned)
    if (!knownPerson(world, person))
      return {
        refused: 'person_unknown',
        words: `Nobody is called “${person}” here.`,
        pointer: '/user',
      }
  const open = [...world.agreements.values()].filter((one) =>
    concerned.every((person) => hasPart(person, one, world)),
  )
  if (id === undefined && concerned.length > 0 && open.length === 0)
    return {
      refused: 'person_without_agreement',
      words: `${concerned.join(' and ')} has no agreement here.`,
      pointer: '/user',
    }
  if (id === undefined && open.length !== 1)
    return open.length === 0
      ? {
          refused: 'agreement_not_found',
          words: 'There is no agreement here yet.',
          pointer: '/agreement',
        }
      : {
          refused: 'agreement_not_said',
          words: `Say which agreement: ${open.map((one) => one.words.id).join(', ')}.`,
          pointer: '/agreement',
        }
  const found = open.find((one) => id === undefined || one.words.id === id)
  return (
    found ?? {
      refused: 'agreement_not_found',
      words: `There is no agreement “${id ?? ''}”${concerned.length > 0 ? ` of ${concerned.join(' and ')}` : ''}.`,
      pointer: '/agreement',
    }
  )
}

const knownPerson = (world: World, person: string) =>
  [...world.organisations.values()].some((one) =>
    one.words.persons?.some(({ id }) => id === person),
  )

function hasPart(person: string, { words: agreement }: LiveAgreement, world: World): boolean {
  const relationship = world.relationships.get(agreement.relationship)
  return (
    relationship !== undefined &&
    roleHolders(relationship.words).some((holder) => holder.person === person)
  )
}

/** Puts options and the person into the question: a person stands for the kind of user that the agreement says. */
function inContext(
  asked: Question,
  live: LiveAgreement,
  { at: asOf, knownBy }: AskOptions,
): Question | Refusal {
  const dated = {
    ...asked,
    ...(asOf !== undefined && asked.at === undefined && { at: asOf }),
    ...(knownBy !== undefined && asked['known-by'] === undefined && { 'known-by': knownBy }),
  }
  for (const [word, text] of [
    ['at', dated.at],
    ['known-by', dated['known-by']],
  ] as const)
    if (text !== undefined && parseInstant(text, live.agreement.frame.zone) === undefined)
      return {
        refused: 'value_misshapen',
        words: `“${text}” is not a date or date and time.`,
        pointer: `/${word}`,
      }
  if (!('may' in dated)) return dated
  const kind = Object.entries(live.words.users ?? {}).find(([, persons]) =>
    persons.includes(dated.user),
  )?.[0]
  return kind === undefined ? dated : { ...dated, user: kind }
}

/** An answer as data and as lines for a terminal. Both hold what the contract says, and nothing of what stands behind it. */
function told(world: World, live: LiveAgreement, answer: Answer): Asked {
  const when = answer.lines?.[0]?.billed ?? live.agreement.frame.agreed.start
  const revision = revisionAt(live.agreement, when)
  const { zone, currency, decimals } = revision.contract
  const speaking: Speaking = { zone, currency, decimals }
  const printed = new Map(
    printedClauses(revision, live.agreement.frame.agreed, toldOf(world, live)).map((clause) => [
      clause.id,
      clause,
    ]),
  )
  const reasons = reasonsOf(answer, speaking, (clause) => printed.get(clause))
  const citation = { agreement: live.words.id, revision: revision.number }
  return {
    data: { ...citation, ...answerData(answer, { ...speaking, reasons }) },
    says: lines(answer, reasons, speaking),
  }
}

function lines(answer: Answer, reasons: readonly Reason[], speaking: Speaking): string[] {
  const { value, unit } = answer.derivation
  const head = `${spoken(value, unit, speaking)}${answer.clause === undefined ? '' : decidedBy(answer, reasons)}`
  if (answerKind(answer) === 'not-agreed')
    return [head, 'No clause of the agreement speaks of it: it is for the parties to settle.']
  const posted = (answer.question === 'bill' ? (answer.lines ?? []) : []).map((line) => {
    const number = reasons.find((reason) => reason.clause === line.clause)?.number ?? ''
    return `  ${localText(line.billed, speaking.zone).slice(0, 10)}  ${number.padEnd(5)} ${line.clause.replaceAll('_', ' ').padEnd(28)} ${spoken(line.posted.value, undefined, speaking) === 'nothing due' ? 'nothing due' : spoken(line.posted.value, speaking.currency, speaking)}`
  })
  const because = reasons.flatMap((reason) => [
    `${reason.number}  ${reason.says}`,
    ...reason.steps.map((step) => `     ${step}`),
    ...(reason.facts.length > 0 ? [`     facts: ${reason.facts.join(', ')}`] : []),
  ])
  return [
    head,
    ...posted,
    ...(because.length > 0 ? ['', ...because] : []),
    ...(answer.final ? [] : ['', 'Not final: the period is not over, or facts may still come.']),
  ]
}

const decidedBy = (answer: Answer, reasons: readonly Reason[]) => {
  const number = reasons.find((reason) => reason.clause === answer.clause)?.number
  return number === undefined || answerKind(answer) === 'not-agreed'
    ? ''
    : `   decided by clause ${number} (${answer.clause ?? ''})`
}

/** How the parties are called in print, and the offering before it was tailored. */
export function toldOf(world: World, { words: agreement }: LiveAgreement): Told {
  const relationship = world.relationships.get(agreement.relationship)?.words
  const offering = world.offerings.get(agreement.offering)?.document
  const title = (id: string | undefined) =>
    id === undefined ? '' : (world.organisations.get(id)?.words.title ?? id)
  return {
    provider: title(relationship?.provider),
    consumer: title(relationship?.consumer),
    ...(offering && { base: liftTerms(mapOf(offering)).lifted }),
  }
}
