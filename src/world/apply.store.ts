import { createHash } from 'node:crypto'
import type { Pool } from 'pg'
import { readDocuments } from '../contract/document/document.ts'
import type { Fault } from '../contract/document/fault.ts'
import { type Instant, spokenInstant } from '../kernel/time.ts'
import { keepDetails } from '../party/store.ts'
import { legalEntityId, organisationId, personId } from '../party/terms.ts'
import { type Outcome, platform, type Refusal } from '../platform/journal/command.ts'
import type { Json } from '../platform/journal/entry.ts'
import type { Journal } from '../platform/journal/handle.ts'
import { derivedId } from '../platform/journal/id.ts'
import { type Act, planOf } from './plan.ts'
import { keepIntroduction } from './store.ts'
import { buildWorld, isOfOthers, mapOf, type World } from './world.ts'

export type SentDocument = { readonly file: string; readonly text: string }

/** A world as its files say it, or every fault of them. */
export function readWorld(
  sent: readonly SentDocument[],
): { readonly world: World } | { readonly faults: readonly Fault[] } {
  const read = sent.map(({ file, text }) => readDocuments(text, file))
  const documents = read.flatMap((one) => one.documents)
  const own = sent.length === 1 ? documents : documents.filter((one) => !isOfOthers(one))
  const { world, faults } = buildWorld(own)
  const all = [...read.flatMap((one) => one.faults), ...faults]
  return all.length > 0 ? { faults: all } : { world }
}

export const itemId = (party: string, tag: string) => derivedId('itm', party, tag)

export const planFor = (world: World) => planOf(world, itemId)

type Applying = {
  readonly journal: Journal
  /** What happened later has not happened yet: it is left out. */
  readonly until: Instant
  /**
   * Agreements that the platform has already either are brought up to their files, which also mends an application
   * that was cut short, or keep the story that people have told on.
   */
  readonly running?: 'are completed' | 'keep their story'
  /** Called before each act with its instant: the demonstration moves its clock along. */
  readonly before?: (at: Instant) => Promise<void>
}

/** What came of it: a line for each change and each refusal, and how many there were of both. */
export type Applied = {
  readonly lines: readonly string[]
  readonly applied: number
  readonly refused: number
}

/**
 * Brings what a world holds into the platform by the same commands that people send, and says what changed. Applied again, what is
 * the same is not repeated, and agreements that run keep their terms.
 */
export async function applyActs(
  acts: readonly Act[],
  { journal, until, running = 'are completed', before }: Applying,
): Promise<Applied> {
  const lines: string[] = []
  let [applied, refused] = [0, 0]
  const old = new Set<string>()
  let kept = 0
  const due = acts.filter(({ at }) => at <= until)
  for (const act of due) {
    const isOfOld = act.under !== undefined && old.has(act.under)
    if (isOfOld && running === 'keep their story') {
      kept += 1
      continue
    }
    await before?.(act.at)
    const outcome = await done(act, journal)
    if (isNews(outcome)) applied += 1
    else if (isRefused(outcome)) refused += 1
    const id = String(act.input['id'] ?? '')
    if (act.command === 'conclude_agreement' && !isNews(outcome)) old.add(id)
    const line = lineOf(act, outcome) ?? (isOfOld && isNews(outcome) ? spoken(act) : undefined)
    if (line !== undefined) lines.push(line)
  }
  lines.push(...leftOut({ kept, ahead: acts.length - due.length, until }))
  return { lines: lines.length === 0 ? ['Nothing changed'] : lines, applied, refused }
}

const done = (act: Act, journal: Journal): Promise<Outcome> =>
  journal.handle({
    command: act.command,
    input: act.input as Json,
    actor: act.by ? { ...act.by, role: '' } : platform,
    ...(once(act) && { key: keyOf(act) }),
  })

function leftOut({ kept, ahead, until }: { kept: number; ahead: number; until: Instant }) {
  const when = spokenInstant(until, 'UTC')
  return [
    ...(kept > 0
      ? [
          `${counted(kept, 'fact or revision', 'facts and revisions')} not applied: the agreements run here already, and in a demonstration what people do from then on is their story`,
        ]
      : []),
    ...(ahead > 0
      ? [
          `${counted(ahead, 'fact or document', 'facts and documents')} later than ${when} UTC, the time here: left out`,
        ]
      : []),
  ]
}

const counted = (count: number, one: string, more: string) => `${count} ${count === 1 ? one : more}`

/** What happened, happened once, however often the files are applied; a document may go back to what it was. */
const once = ({ command, under }: Act) => under !== undefined || command === 'conclude_agreement'

function keyOf(act: Act): string {
  const { command, input } = act
  return createHash('sha256')
    .update(JSON.stringify([command, input]))
    .digest('hex')
    .slice(0, 40)
}

const isNews = (outcome: Outcome) => !('refusal' in outcome) && !outcome.repeated

/** Not because it is there already. */
const isRefused = (outcome: Outcome) => 'refusal' in outcome && !expected.has(outcome.refusal.name)

/** A fact says so only when it was refused; documents say when they are new. */
function lineOf({ command, title, under }: Act, outcome: Outcome): string | undefined {
  if ('refusal' in outcome)
    return !isRefused(outcome)
      ? undefined
      : `${verbOf(command)}, ${title}: refused, ${outcome.refusal.name}. ${wordsOf(outcome.refusal)}`
  if (outcome.repeated || under !== undefined) return undefined
  const { answer } = outcome
  const version =
    typeof answer === 'object' && answer !== null && 'version' in answer
      ? ` as version ${answer.version}`
      : ''
  return `${spoken({ command, title })}${version}`
}

/** The same file again is the same request; another is no way to change what was agreed. */
const wordsOf = ({ name, words }: Refusal) =>
  name === 'agreement_must_be_new'
    ? 'It is here already and keeps what was agreed. Revise it by “revisions:”.'
    : words

const verbOf = (command: string) => command.replaceAll('_', ' ')
const spoken = ({ command, title }: Pick<Act, 'command' | 'title'>) =>
  `${verbOf(command)}: ${title}`

/** What a file that is applied again says and is so already. */
const expected = new Set(['document_must_differ', 'item_must_be_new'])

/** How parties are called stands beside the journal, and goes in before what names them. */
export async function keepNames(world: World, work: Pool): Promise<void> {
  const organisations = [...world.organisations.values()].map(({ words }) => words)
  const named = ({ title, says }: { title: string; says?: string | undefined }) => ({
    title,
    ...(says !== undefined && { says }),
  })
  await keepDetails(work, [
    ...[...world.legalEntities.values()].map(({ words }) => ({
      id: legalEntityId(words.id),
      ...named(words),
    })),
    ...organisations.map((one) => ({ id: organisationId(one.id), ...named(one) })),
    ...organisations.flatMap(({ persons }) =>
      (persons ?? []).map((one) => ({ id: personId(one.id), ...named(one) })),
    ),
  ])
  const { introduction } = world
  const [provider] = [...world.offerings.values()].map(({ words }) => words.provider)
  if (introduction && provider !== undefined)
    await keepIntroduction(work, organisationId(provider), mapOf(introduction))
}
