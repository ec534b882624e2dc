import { runInvoiceCase } from '../charging/invoice-case.ts'
import { checkOffering } from '../contract/agreement/agreement.ts'
import { revisionAt } from '../contract/agreement/revision.ts'
import { type CaseRun, faultsOf, runCase } from '../contract/case/case.ts'
import {
  asMap,
  located,
  type Plain,
  type PlainMap,
  readDocuments,
  type SourceDocument,
} from '../contract/document/document.ts'
import type { Fault } from '../contract/document/fault.ts'
import type { Side } from '../contract/language/words.ts'
import { printedContract } from '../contract/prose/contract.ts'
import { groupedAmount } from '../kernel/grammar.ts'
import { parseInstant } from '../kernel/time.ts'
import { projectProduct, type Viewer } from '../product/projection.ts'
import { roleHolders } from '../relationship/rules.ts'
import {
  buildWorld,
  isOfOthers,
  kindOf,
  type LiveAgreement,
  mapOf,
  type World,
} from '../world/world.ts'
import { type AskOptions, askWorld, findAgreement, instantsRefused, type Refusal } from './ask.ts'
import { casesPrinted } from './print-case.ts'
import { askSomething, oneAtATime } from './read-question.ts'
import { toldOf } from './told.ts'
import { warningLines, warningsOf } from './warning.ts'

/** What a command line hands over: the text of every file, and what could not be read. */
export type Files = {
  readonly files: readonly { readonly file: string; readonly text: string }[]
  readonly faults: readonly Fault[]
  readonly isFolder: boolean
}

/** What a command answers: words for people, data for programs, and whether something is wrong. */
export type Outcome = {
  readonly says: readonly string[]
  readonly data: object
  readonly exit: 0 | 1 | 2
}

type Read = { documents: SourceDocument[]; faults: Fault[] }

function read({ files, faults, isFolder }: Files): Read {
  const all = files.map(({ file, text }) => readDocuments(text, file))
  const documents = all.flatMap((one) => one.documents)
  return {
    documents: isFolder ? documents.filter((one) => !isOfOthers(one)) : documents,
    faults: [...faults, ...all.flatMap((one) => one.faults)],
  }
}

/** The path that was given leads to no text: nothing was checked, run or asked. */
function unreadable({ files, faults }: Files): Outcome | undefined {
  const first = faults.find(({ name }) => name === 'file_unreadable')
  if (files.length > 0 || !first) return undefined
  const data = { refused: first.name, words: first.words, pointer: '', faults }
  return { says: faults.flatMap(faultLines), data, exit: 2 }
}

/** Names every fault of a world; of a single file those that it shows by itself. */
export function check(input: Files): Outcome {
  const none = unreadable(input)
  if (none) return none
  const { documents, faults } = read(input)
  const found = input.isFolder
    ? [...faults, ...buildWorld(documents).faults, ...caseFaults(documents)]
    : [...faults, ...documents.flatMap(aloneFaults)]
  const nothing = documents.length === 0 && found.length === 0
  if (nothing)
    return {
      says: ['There is no .yaml, .yml or .json document here.'],
      data: { faults: [] },
      exit: 2,
    }
  const count = `${documents.length} document${documents.length === 1 ? '' : 's'}, ${found.length} fault${found.length === 1 ? '' : 's'}`
  const alone =
    input.isFolder || documents.every((one) => kindOf(one) === 'case' && !namesOffering(one))
      ? []
      : ['Checked by itself: what it names in other files is checked with its folder.']
  // What is at fault may leave much unread that will be read.
  const warnings = found.length > 0 ? [] : warningsOf(documents)
  return {
    says: [...found.flatMap(faultLines), ...warnings.flatMap(warningLines), ...alone, count],
    data: { documents: documents.length, faults: found, warnings },
    exit: found.length > 0 ? 1 : 0,
  }
}

/** A case that cannot run is a fault, and so is what it cannot be asked; a figure that differs is for `test` to say. */
function caseFaults(documents: readonly SourceDocument[]): Fault[] {
  return documents
    .filter((document) => kindOf(document) === 'case')
    .flatMap((document) =>
      faultsOf(runAny(document, offeringIn(documents))).map((fault) => located(fault, document)),
    )
}

function aloneFaults(document: SourceDocument): Fault[] {
  const kind = kindOf(document)
  if (kind === 'offering')
    return checkOffering(mapOf(document)).faults.map((fault) => located(fault, document))
  if (kind === 'case')
    return faultsOf(runAny(document, () => undefined))
      .filter(({ name }) => name !== 'reference_unknown' || !namesOffering(document))
      .map((fault) => located(fault, document))
  return buildWorld([document]).faults.filter((fault) => fault.name !== 'reference_unknown')
}

/** Its offering, or that of a try, lies elsewhere. */
function namesOffering(document: SourceDocument): boolean {
  const { offering, tries } = mapOf(document)
  const all = [
    offering,
    ...(Array.isArray(tries) ? tries : []).map((one) => asMap(one)['offering']),
  ]
  return all.some((one) => typeof one === 'string')
}

/** A case is about a contract, or about what charging makes of priced lines. */
const runAny = (
  document: SourceDocument,
  offeringOf: (id: string) => PlainMap | undefined,
): CaseRun =>
  'invoice' in mapOf(document) ? runInvoiceCase(document.data) : runCase(document.data, offeringOf)

const offeringIn = (documents: readonly SourceDocument[]) => (id: string) => {
  const found = documents.find(
    (document) => kindOf(document) === 'offering' && mapOf(document)['id'] === id,
  )
  return found && mapOf(found)
}

/** Runs every case; the last line is `N passed, N failed`. */
export function test(input: Files): Outcome {
  const none = unreadable(input)
  if (none) return none
  const { documents, faults } = read(input)
  const says: string[] = faults.flatMap(faultLines)
  const cases: object[] = faults.map((fault) => ({
    file: fault.file,
    name: fault.name,
    passed: false,
    words: fault.words,
  }))
  let [passed, failed] = [0, faults.length]
  let amounts = 0
  const onFormulas: string[] = []
  for (const document of documents.filter((one) => kindOf(one) === 'case')) {
    const run = runAny(document, offeringIn(documents))
    amounts += run.amounts?.all ?? 0
    for (const clause of run.amounts?.onFormulas ?? [])
      onFormulas.push(`${String(mapOf(document)['case'])}: ${clause}`)
    for (const fault of run.faults) {
      failed += 1
      says.push(...faultLines(located(fault, document)))
      cases.push({
        file: document.file,
        name: String(mapOf(document)['case']),
        passed: false,
        words: `${fault.name}: ${fault.words}`,
      })
    }
    for (const { name, passed: held, words, pointer } of run.results) {
      if (held) passed += 1
      else {
        failed += 1
        says.push(
          `${document.file}:${document.locate(pointer).line}  ${name}`,
          `    ${words ?? ''}`,
        )
      }
      cases.push({ file: document.file, name, passed: held, ...(words !== undefined && { words }) })
    }
  }
  if (passed + failed === 0)
    return {
      says: [nothingToRun(documents), '0 passed, 0 failed'],
      data: { cases, passed, failed },
      exit: 2,
    }
  const resting = `${amounts} amounts, ${onFormulas.length} on a bare formula`
  return {
    says: [
      ...says,
      onFormulas.length === 0
        ? resting
        : `${resting} (${onFormulas.join('; ')}): say them as a total, scale, true-up, discount or table`,
      `${passed} passed, ${failed} failed`,
    ],
    data: { cases, passed, failed, amounts, onFormulas },
    exit: failed > 0 ? 1 : 0,
  }
}

const nothingToRun = (documents: readonly SourceDocument[]) =>
  documents.some((one) => kindOf(one) === 'case')
    ? 'No case here asks anything: say “asks:”, in a case or in its tries.'
    : 'There is no case here: a case is a document with “case:”.'

/** Answers one question from a world on files. */
export function ask(input: Files, question: string, options: AskOptions): Outcome {
  const loaded = soundWorld(input, options.as)
  if ('exit' in loaded) return loaded
  const { documents, faults } = readDocuments(question, 'question')
  const [fault] = faults
  if (fault || documents.length !== 1)
    return refusedOutcome({
      refused: fault?.name ?? 'question_unreadable',
      words: fault?.words ?? (documents.length === 0 ? askSomething : oneAtATime),
      pointer: '',
    })
  const answer = askWorld(loaded.world, documents[0]?.data as Plain, options)
  return 'refused' in answer
    ? refusedOutcome(answer)
    : { says: answer.says, data: answer.data, exit: 0 }
}

/** Prints the contract in force; the provider's own people may also see what stands behind it. */
export function print(input: Files, options: PrintOptions): Outcome {
  const unreadable = instantsRefused([['at', options.at]])
  if (unreadable) return refusedOutcome(unreadable)
  const { documents } = read(input)
  if (!documents.some((one) => kindOf(one) === 'agreement')) {
    const cases = documents.filter((one) => kindOf(one) === 'case' && !('invoice' in mapOf(one)))
    if (cases.length > 0) return printCases(cases, documents, options.at ?? options.now)
  }
  const loaded = soundWorld(input, options.as)
  if ('exit' in loaded) return loaded
  const { world } = loaded
  const live = findAgreement(world, options.agreement, {
    asker: options.as,
    user: undefined,
    date: (options.at ?? options.now)?.slice(0, 10),
  })
  if ('refused' in live) return refusedOutcome(live)
  const { agreement, words } = live
  const { agreed, zone } = agreement.frame
  const at = options.at ?? options.now
  const instant = (at === undefined ? undefined : parseInstant(at, zone)) ?? agreed.start
  if (options.behind && sideOf(options.as, live, world) === 'consumer')
    return refusedOutcome({
      refused: 'role_must_be_the_providers',
      words: 'What stands behind an offering is for its provider alone.',
      pointer: '/behind',
    })
  const revision = revisionAt(agreement, Math.max(agreed.start, Math.min(instant, agreed.end - 1)))
  const text = printedContract(revision, agreed, toldOf(world, live))
  const several = agreement.revisions.length > 1
  const head = several ? [`Revision ${revision.number} of ${agreement.revisions.length}`] : []
  const behind = options.behind ? ['', ...behindLines(world, live, { side: 'provider' })] : []
  const says = [...head, ...text.split('\n'), ...behind]
  return {
    says,
    data: { agreement: words.id, revision: revision.number, text: says.join('\n') },
    exit: 0,
  }
}

/** Where no agreement is kept there may be cases, each with a contract of its own. */
function printCases(
  cases: readonly SourceDocument[],
  documents: readonly SourceDocument[],
  at: string | undefined,
): Outcome {
  const printed = casesPrinted(cases, offeringIn(documents), at)
  if (printed.length === 0) {
    const named = cases.flatMap((one) => mapOf(one)['offering'] ?? [])
    const elsewhere = named.find((id) => typeof id === 'string' && !offeringIn(documents)(id))
    return refusedOutcome({
      refused: 'agreement_not_found',
      words:
        elsewhere === undefined
          ? 'No case here holds a contract without faults (tessera check names them).'
          : `The offering “${String(elsewhere)}” lies in another file: give the folder that holds both.`,
      pointer: '',
    })
  }
  const says = printed.flatMap(({ name, text }) => [`Case: ${name}`, '', ...text.split('\n')])
  return { says, data: { cases: printed, text: says.join('\n') }, exit: 0 }
}

export type PrintOptions = {
  readonly agreement?: string
  readonly as?: string
  readonly at?: string
  readonly now?: string
  readonly behind?: boolean
}

/** On which side of an agreement somebody acts; without a person it is the provider's own program. */
function sideOf(person: string | undefined, live: LiveAgreement, world: World): Side | 'neither' {
  if (person === undefined) return 'provider'
  const relationship = world.relationships.get(live.words.relationship)
  const holder =
    relationship && roleHolders(relationship.words).find((one) => one.person === person)
  return holder?.side ?? 'neither'
}

function behindLines(world: World, live: LiveAgreement, viewer: Viewer): string[] {
  const offering = world.offerings.get(live.words.offering)?.words
  const products = (offering?.services ?? []).flatMap(
    (service) => world.services.get(service)?.words.products ?? [],
  )
  return products.flatMap((id) => {
    const product = world.products.get(id)?.words
    if (!product) return []
    const seen = projectProduct(product, viewer)
    const visible = product.components.filter(
      (component) => component['visible-to'] !== 'nobody',
    ).length
    const lines = seen.components.flatMap((component) => [
      `  ${component.title}${component['visible-to'] === 'nobody' ? ' (hidden)' : ''}`,
      ...(component.resources ?? []).map(({ resource, quantity }) =>
        resourceLine(world, resource, quantity?.text),
      ),
    ])
    return [
      `Behind it: ${product.title}, ${product.components.length} components, ${visible} visible`,
      ...lines,
    ]
  })
}

function resourceLine(world: World, id: string, quantity: string | undefined): string {
  const resource = world.resources.get(id)?.words
  const supplier =
    resource?.supplier === undefined
      ? ''
      : `, from ${world.organisations.get(resource.supplier)?.words.title ?? resource.supplier}`
  const cost =
    resource?.cost === undefined
      ? ''
      : `, ${groupedAmount(resource.cost.amount.shown(2))} ${resource.cost.currency} per ${resource.cost.per}`
  return `    ${quantity === undefined ? '' : `${quantity} × `}${resource?.title ?? id}${supplier}${cost}`
}

/** A world with faults answers nothing: what is asked of it might rest on them. A consumer's person learns only that. */
function soundWorld(input: Files, person: string | undefined): { world: World } | Outcome {
  const none = unreadable(input)
  if (none) return none
  // Cases are for `test`: a question does not wait for them to be read.
  const files = input.files.filter(({ text }) => !isCases(text))
  const { documents, faults } = read({ ...input, files })
  const built = buildWorld(documents)
  const all = [...faults, ...built.faults]
  if (all.length === 0) return { world: built.world }
  const words = `The documents have ${all.length} fault${all.length === 1 ? '' : 's'}; the provider mends them first (tessera check).`
  const refused = refusedOutcome({ refused: 'world_must_be_sound', words, pointer: '' })
  return person === undefined
    ? {
        ...refused,
        says: [...all.flatMap(faultLines), ...refused.says],
        data: { ...refused.data, faults: all },
      }
    : refused
}

/** Whether a text holds cases alone, by its first words. */
const isCases = (text: string) => /^case:/m.test(text) && !/^kind:/m.test(text)

function refusedOutcome(refusal: Refusal): Outcome {
  return {
    says: [`${refusal.refused}: ${refusal.words}${refusal.pointer ? ` (${refusal.pointer})` : ''}`],
    data: refusal,
    exit: 2,
  }
}

function faultLines(fault: Fault): string[] {
  const place =
    fault.line === undefined
      ? (fault.file ?? '')
      : `${fault.file ?? ''}:${fault.line}:${fault.column ?? 1}`
  return [
    `${place}  ${fault.name}${fault.pointer ? `  ${fault.pointer}` : ''}`,
    `    ${fault.words}`,
  ]
}
