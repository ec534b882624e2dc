import { z } from 'zod'
import type { Plain } from '../contract/document/document.ts'
import { didYouMean } from '../contract/document/fault.ts'
import { Name } from '../contract/language/words.ts'
import { instead } from '../contract/question/asked.ts'
import { type Question, questionForms } from '../contract/question/form.ts'
import { answerQuestion } from '../contract/question/question.ts'
import { QuestionRefused } from '../contract/question-refused.ts'
import { parseInstant, spokenDay } from '../kernel/time.ts'
import { roleHolders, rolesOf } from '../relationship/rules.ts'
import type { LiveAgreement, World } from '../world/world.ts'
import { readQuestion } from './read-question.ts'
import { sharedIn, told, toldOf } from './told.ts'

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
  /** The clock: what a question without `at` is asked as of. Without one, everything on file has happened. */
  readonly now?: string
}

/** Asks a world one question: finds the agreement, checks that the asker has part in it, answers with reasons. */
export function askWorld(world: World, written: Plain, options: AskOptions): Asked | Refusal {
  const read = readQuestion(written, QuestionWords)
  if ('refusal' in read) {
    const { name, words, pointer } = read.refusal
    return { refused: name, words, pointer }
  }
  const instants = [
    ['at', options.at],
    ['known-by', options.knownBy],
  ] as const
  const unreadable = instantsRefused(instants)
  if (unreadable) return unreadable
  const { agreement: own, ...asked } = read.question
  const person = 'user' in asked && !isKindOfUser(world, asked.user) ? asked.user : undefined
  const found = findAgreement(world, own ?? options.agreement, {
    asker: options.as,
    user: person,
    date: (options.at ?? options.now)?.slice(0, 10),
  })
  if ('refused' in found) return found
  const question = inContext(asked, found, options)
  if ('refused' in question) return question
  try {
    const answer = answerQuestion(found.agreement, found.facts, question, {
      isPerson: person !== undefined,
    })
    const { words, agreement } = found
    const shared = sharedIn(world, found)
    return told({ id: words.id, agreement, told: toldOf(world, found), shared }, answer)
  } catch (error) {
    if (error instanceof QuestionRefused)
      return { refused: error.name, words: error.message, pointer: error.pointer }
    throw error
  }
}

const isKindOfUser = (world: World, name: string) =>
  [...world.offerings.values()].some(({ words: offering }) => offering.users?.includes(name))

type Concerned = {
  readonly asker: string | undefined
  readonly user: string | undefined
  /** The date on which roles have to be held. */
  readonly date: string | undefined
}

/**
 * The agreement that is meant. Who has no part in it is not told that it exists; nor does anybody learn, by guessing a
 * name, whether a person exists with whom no agreement is shared.
 */
export function findAgreement(
  world: World,
  id: string | undefined,
  { asker, user, date }: Concerned,
): LiveAgreement | Refusal {
  const concerned = [asker, user].filter((person) => person !== undefined)
  const open = [...world.agreements.values()].filter((one) =>
    concerned.every((person) => hasPart(person, one, { world, date })),
  )
  const own = [...world.agreements.values()].filter(
    (one) => asker === undefined || hasPart(asker, one, { world, date }),
  )
  if (own.length > 0 && open.length === 0)
    return refuse(
      'person_without_agreement',
      `“${user ?? ''}” has no part in such an agreement.${instead(user ?? '', usersOf(own, world), 'It knows')}`,
      '/user',
    )
  if (open.length === 0 && asker !== undefined)
    return refuse('person_without_agreement', withoutAgreement(asker, world, date), '/as')
  const [only, ...more] = open
  if (id === undefined && only && more.length > 0)
    return refuse(
      'agreement_not_said',
      `Say which agreement: ${idsOf(open).join(', ')}.`,
      '/agreement',
    )
  const found = id === undefined ? only : open.find((one) => one.words.id === id)
  return (
    found ??
    refuse(
      'agreement_not_found',
      id === undefined
        ? 'There is no agreement here yet.'
        : `There is no agreement “${id}”.${instead(id, idsOf(open), 'There is')}`,
      '/agreement',
    )
  )
}

/** Whoever there is, by his own name, is told of nobody else; a name that nobody has is misspelt. */
function withoutAgreement(asker: string, world: World, date: string | undefined): string {
  const own = [...world.relationships.values()].map(({ words }) => words)
  if (date !== undefined && own.some((words) => rolesOf(asker, words).length > 0))
    return `“${asker}” holds no role on ${spokenDay(date)} in a relationship with an agreement.`
  const persons = [...world.organisations.values()].flatMap(({ words }) => words.persons ?? [])
  if (persons.some(({ id }) => id === asker)) return `“${asker}” has no agreement here.`
  const holders = own.flatMap((words) => roleHolders(words).map(({ person }) => person))
  return `Nobody here is called “${asker}”.${didYouMean(asker, holders)}`
}

const idsOf = (agreements: readonly LiveAgreement[]) => agreements.map(({ words }) => words.id)

/** Who may be asked about: the kinds of user of these agreements, and the people of their consumers. */
function usersOf(agreements: readonly LiveAgreement[], world: World): Set<string> {
  const kinds = agreements.flatMap(
    ({ words: { offering } }) => world.offerings.get(offering)?.words.users ?? [],
  )
  const persons = agreements.flatMap(({ words: { relationship } }) => {
    const own = world.relationships.get(relationship)
    const holders = own ? roleHolders(own.words) : []
    return holders.flatMap(({ side, person }) => (side === 'consumer' ? [person] : []))
  })
  return new Set([...kinds, ...persons])
}

const refuse = (refused: keyof typeof askRefusals, words: string, pointer: string): Refusal => ({
  refused,
  words,
  pointer,
})

/** Why a question is not answered at all, beside what its own words may be refused for. */
export const askRefusals = {
  question_unreadable: 'The question is not one document with the words of a question.',
  world_must_be_sound: 'Documents with faults answer nothing; the provider mends them first.',
  agreement_not_found: 'There is no such agreement, or the asker has no part in it.',
  agreement_not_said: 'Several agreements are meant.',
  person_without_agreement: 'The person has no part in an agreement that the asker may see.',
  role_must_be_the_providers: 'What stands behind an offering is for its provider alone.',
} as const

/** A role counts on the dates on which it is held. */
function hasPart(
  person: string,
  { words: agreement }: LiveAgreement,
  { world, date }: { world: World; date: string | undefined },
): boolean {
  const relationship = world.relationships.get(agreement.relationship)
  return relationship !== undefined && rolesOf(person, relationship.words, date).length > 0
}

/** Puts options and the person into the question: a person stands for the kind of user that the agreement says. */
function inContext(
  asked: Question,
  live: LiveAgreement,
  { at: given, knownBy, now }: AskOptions,
): Question | Refusal {
  const asOf = given ?? now
  const dated = {
    ...asked,
    ...(asOf !== undefined && asked.at === undefined && { at: asOf }),
    ...(knownBy !== undefined && asked['known-by'] === undefined && { 'known-by': knownBy }),
  }
  const instants = [
    ['at', dated.at],
    ['known-by', dated['known-by']],
  ] as const
  const unreadable = instantsRefused(instants, live.agreement.frame.zone)
  if (unreadable) return unreadable
  if (!('may' in dated)) return dated
  const kind = Object.entries(live.words.users ?? {}).find(([, persons]) =>
    persons.includes(dated.user),
  )?.[0]
  return kind === undefined ? dated : { ...dated, user: kind }
}

/** The first that is no instant; before it is known whose agreement it is of, in any zone. */
export function instantsRefused(
  instants: readonly (readonly [word: string, text: string | undefined])[],
  zone = 'UTC',
): Refusal | undefined {
  const wrong = instants.find(
    ([, text]) => text !== undefined && parseInstant(text, zone) === undefined,
  )
  if (!wrong) return undefined
  const [word, text] = wrong
  return {
    refused: 'value_misshapen',
    words: `“${text}” is not a date or date and time such as 2026-05-31T11:00, of a year from 1900 to 2999.`,
    pointer: `/${word}`,
  }
}
