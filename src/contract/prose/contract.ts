import { type Period, spokenInstant } from '../../kernel/time.ts'
import type { Revision } from '../agreement/revision.ts'
import type { Contract } from '../compile.ts'
import type { PlainMap } from '../document/document.ts'
import { componentKinds, type OfferingWords } from '../language/offering.ts'
import { supportOf } from '../offering/utility.ts'
import { type Clause, clausesOf } from './clause.ts'
import { definitionsOf, type Entry } from './definitions.ts'
import { changesOf, type Deviated, removalsOf } from './deviation.ts'
import { english } from './english.ts'
import { type Parties, Speaker } from './speaker.ts'
import { termProse, userNames } from './term.ts'

export type { Parties }

/** With the base, a deviation is printed with what it replaced; without it, with what holds now. */
export type Told = Parties & { readonly base?: PlainMap }

export type PrintedClause = {
  readonly id: string
  readonly number: string
  readonly heading: Clause['heading']
  readonly title: string
  readonly text: string
  /** The author’s explanation: beside the text, never instead of it. */
  readonly says?: string
  readonly deviations: readonly Deviated[]
  readonly survives: boolean
}

/** The clauses of one revision in plain English, each generated from its term, numbered as they are cited. */
export function printedClauses(revision: Revision, period: Period, told: Told): PrintedClause[] {
  return printed(revision, period, told).clauses
}

/** The same contract in its parts, for a page: what is said before the clauses, and what its words mean after them. */
export function printedParts(
  revision: Revision,
  period: Period,
  told: Told,
): {
  readonly preamble: string
  readonly clauses: readonly (PrintedClause & { readonly under: string })[]
  readonly definitions: readonly Entry[]
} {
  const { clauses, speaker } = printed(revision, period, told)
  return {
    preamble: preambleOf(speaker),
    clauses: clauses.map((clause) => ({ ...clause, under: english.headings[clause.heading] })),
    definitions: definitionsOf(speaker),
  }
}

/** The whole contract as plain text of 88 columns. */
export function printedContract(revision: Revision, period: Period, told: Told): string {
  const { clauses, speaker } = printed(revision, period, told)
  const definitions = definitionsOf(speaker)
  return [
    ...headLines(revision, told, speaker),
    ...clauseLines(clauses),
    ...removalLines(revision, told),
    ...definitionLines(definitions, { revision, speaker, told }),
  ]
    .join('\n')
    .concat('\n')
}

function printed(
  revision: Revision,
  period: Period,
  told: Told,
): { clauses: PrintedClause[]; speaker: Speaker } {
  const { contract, deviations } = revision
  const clauses = clausesOf(contract, deviations)
  const speaker = new Speaker(
    contract,
    told,
    new Map(clauses.map(({ id, number, title }) => [id, { number, title }])),
  )
  return {
    clauses: clauses.map((clause) => printedClause(clause, period, { speaker, told })),
    speaker,
  }
}

function printedClause(
  clause: Clause,
  period: Period,
  { speaker, told }: { speaker: Speaker; told: Told },
): PrintedClause {
  const { id, number, heading, title, component, term } = clause
  const says = term?.says ?? component?.says
  const text = term
    ? termProse(id, term, speaker)
    : component
      ? componentProse(clause, speaker)
      : periodProse(period, speaker)
  return {
    id,
    number,
    heading,
    title,
    text,
    ...(says !== undefined && { says }),
    deviations: changesOf(clause.deviations, speaker, told.base),
    survives: term?.survives !== undefined,
  }
}

function periodProse(period: Period, { contract }: Speaker): string {
  const runs = english.agreementRuns(period, contract.zone)
  return readsPartOfPeriod(contract) ? `${runs} ${english.partOfPeriod}` : runs
}

/** The dates of the period of a term: the agreement may cut it, and no period that a definition or a duty has of its own. */
const readsPartOfPeriod = ({ definitions, promises, names }: Contract) =>
  [...definitions.values()].some(
    ({ name, per }) =>
      !per?.() &&
      !promises.get(name)?.begins &&
      names.readsOf(name).some((read) => read === 'period_start' || read === 'period_end'),
  )

function componentProse({ id }: Clause, speaker: Speaker): string {
  const { contract } = speaker
  const component = contract.components.get(id)
  if (!component) return ''
  const passing = transitionsOf(contract, id, 'title').map((one) => speaker.clause(one))
  const giving = transitionsOf(contract, id, 'right').map((one) => speaker.clause(one))
  const main = english.component({
    title: component.title,
    users: userNames(component.users),
    kind: component.kind,
    provider: speaker.party('provider'),
    passing,
    giving,
  })
  return component.serialised ? `${main} ${english.perItem}` : main
}

/** The terms by which title of a component passes to the consumer, or a right to it is given at all. */
function transitionsOf(contract: Contract, component: string, aspect: 'title' | 'right'): string[] {
  return [...contract.transitions].flatMap(([id, { words }]) =>
    words.of === component &&
    (aspect === 'title' ? words.title !== undefined : words.right === 'given')
      ? [id]
      : [],
  )
}

const width = 88

function preambleOf(speaker: Speaker): string {
  const { words, zone, currency } = speaker.contract
  return [
    ...needsProse(words.utility ?? [], speaker),
    english.money(currency),
    `${english.rounding(english.eachAmount, words.rounding.to.text, words.rounding.mode)}.`,
    english.times(zone),
  ].join(' ')
}

/** What the service is for: each need, and what meets it. */
function needsProse(utility: NonNullable<OfferingWords['utility']>, speaker: Speaker): string[] {
  if (utility.length === 0) return []
  const named = (name: string) =>
    speaker.contract.components.has(name) ? speaker.component(name) : speaker.clause(name)
  const needs = utility.map((one) => {
    const { need, removes, 'must-have': mustHave } = one
    const by = supportOf(one, speaker.contract.words).map(named)
    const isWanted = mustHave === false
    return english.need({ need, by, isWanted, ...(removes !== undefined && { removes }) })
  })
  return [english.needs(needs)]
}

function headLines(
  { contract, number, governs }: Revision,
  told: Told,
  speaker: Speaker,
): string[] {
  const { words, zone } = contract
  const title =
    words.title ??
    (words.id === undefined ? english.untitled : english.capital(words.id.replaceAll('_', ' ')))
  return [
    title,
    english.between(told.provider, told.consumer),
    '',
    ...(number > 1 ? [english.revision(number, spokenInstant(governs.start, zone))] : []),
    ...wrapped(preambleOf(speaker), 0),
  ]
}

function clauseLines(clauses: readonly PrintedClause[]): string[] {
  const lines: string[] = []
  const margin = Math.max(6, ...clauses.map((clause) => label(clause).length + 1))
  for (const heading of ['period', ...componentKinds, 'terms'] as const) {
    const under = clauses.filter((clause) => clause.heading === heading)
    if (under.length > 0)
      lines.push(
        '',
        english.headings[heading],
        '',
        ...under.flatMap((clause) => oneClause(clause, margin)),
      )
  }
  return lines
}

const label = ({ number, deviations }: PrintedClause) =>
  `${number}${deviations.length > 0 ? ' *' : ''}`

function oneClause(clause: PrintedClause, margin: number): string[] {
  const { number, title, text, says, deviations } = clause
  const isComponent =
    clause.heading === 'period' || (clause.heading !== 'terms' && !number.includes('.'))
  const said = isComponent ? text : `${title}. ${text}`
  const notes = [
    ...(says === undefined ? [] : [english.note(says)]),
    ...deviations.map(({ words, because }) => english.tailored(words, because)),
  ]
  const [first = '', ...rest] = wrapped(said, margin)
  return [
    label(clause).padEnd(margin) + first.trimStart(),
    ...rest,
    ...notes.flatMap((note) => wrapped(note, margin)),
  ]
}

/** What was taken out has no clause and no number; it is said all the same. */
function removalLines(revision: Revision, told: Told): string[] {
  const removed = removalsOf(revision.deviations, told.base)
  return removed.length === 0
    ? []
    : ['', ...removed.flatMap(({ title, because }) => wrapped(english.leftOut(title, because), 0))]
}

function definitionLines(
  entries: readonly Entry[],
  { revision, speaker, told }: { revision: Revision; speaker: Speaker; told: Told },
): string[] {
  if (entries.length === 0) return []
  const lines = entries.flatMap((entry) => {
    const changes = changesOf(
      revision.deviations.filter((one) => one.clause === entry.id),
      speaker,
      told.base,
    )
    const [first = '', ...rest] = wrapped(
      `${changes.length > 0 ? '* ' : ''}${entry.name}: ${entry.text}`,
      0,
    )
    return [
      first,
      ...rest.map((line) => `  ${line}`),
      ...entry.lines.flatMap((line) => wrapped(line, 4)),
      ...changes.flatMap(({ words, because }) => wrapped(english.tailored(words, because), 2)),
    ]
  })
  return ['', english.definitions, '', ...lines]
}

/** Lines of at most 88 columns, indented; a word that is longer stands alone. */
function wrapped(text: string, indent: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/\s+/)) {
    if (line !== '' && indent + line.length + 1 + word.length > width - (indent === 0 ? 2 : 0)) {
      lines.push(' '.repeat(indent) + line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return line === '' ? lines : [...lines, ' '.repeat(indent) + line]
}
