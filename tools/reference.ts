import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { z } from 'zod'
import { AgreementWords, FactsWords } from '../src/agreement/terms.ts'
import { invoiceFigures } from '../src/charging/invoice.ts'
import { InvoiceWords } from '../src/charging/invoice-words.ts'
import { CaseWords } from '../src/contract/case/words.ts'
import { type FaultName, faultNames } from '../src/contract/document/fault.ts'
import { ClaimWords, DeadlineBy } from '../src/contract/language/deadline.ts'
import { FactKindWords, Rounding } from '../src/contract/language/fact.ts'
import { MeasureWords } from '../src/contract/language/measure.ts'
import { ComponentWords, OfferingWords } from '../src/contract/language/offering.ts'
import { OnChange, OnEnd, Prorate } from '../src/contract/language/period-policies.ts'
import { NamedPrice } from '../src/contract/language/price.ts'
import { Deviation, TermWords } from '../src/contract/language/term.ts'
import { reservedNames, standardFacts } from '../src/contract/language/vocabulary.ts'
import { type Beside, besideForms, priceForms } from '../src/contract/price/check.ts'
import { questionForms } from '../src/contract/question/form.ts'
import { LegalEntity, Organisation, TargetGroup } from '../src/party/terms.ts'
import { Product } from '../src/product/terms.ts'
import { Relationship } from '../src/relationship/terms.ts'
import { Resource } from '../src/resource/terms.ts'
import { Service } from '../src/service/terms.ts'
import { WorldWords } from '../src/world/terms.ts'
import { faultExample } from './reference-faults.ts'
import {
  described,
  type Field,
  fieldsOf,
  fieldsOfForms,
  formsOf,
  shapeOf,
} from './reference-fields.ts'
import { type Mistake, mistakesOf } from './reference-mistakes.ts'

// The language reference: prose from a template, tables from the declarations that parse, examples that run.

const root = join(import.meta.dirname, '..')
export const exampleFolder = 'docs/reference/examples'

/** The text of docs/reference/language.md. */
export function referenceText(): string {
  const template = readFileSync(join(root, 'tools/reference.template.md'), 'utf8')
  const filled = template.replace(
    /^(.*)<!-- ([a-z-]+)(?: ([a-z-]+))? -->$/gm,
    (_, before, made, of = '') => `${before}${part(made, of)}`,
  )
  return `${anchored(filled.replace('@contents', contentsOf(filled))).replace(/\n{3,}/g, '\n\n')}`
}

function part(made: string, of: string): string {
  switch (made) {
    case 'contents':
      return '@contents'
    case 'fields':
      return fieldTable(tables[of]?.() ?? unknownPart(of))
    case 'beside':
      return besideTable()
    case 'example':
      return exampleText(of)
    case 'refused':
      return refusedTable(mistakesOf(of))
    case 'facts':
      return factTable()
    case 'measures':
      return kindRows(kindsOf(MeasureWords))
    case 'terms':
      return kindRows(kindsOf(TermWords))
    case 'questions':
      return questionTables()
    case 'documents':
      return documentTables()
    case 'faults':
      return faultTable()
    case 'price-words':
      return `\`${Object.keys(NamedPrice.shape).join(' ')}\`.`
    case 'reserved':
      return `\`${[...reservedNames].join(' ')}\`.`
    case 'figures':
      return figureTable()
    case 'standard':
      return `\`${Object.keys(standardFacts).join(' ')}\`.`
    default:
      return unknownPart(made)
  }
}

function unknownPart(name: string): never {
  throw new Error(`the template asks for “${name}”, which nothing makes`)
}

/** Every word that the reference lists, by the table in which it stands. */
export const listedFields = (): readonly (readonly [table: string, field: Field])[] => [
  ...Object.entries(tables).flatMap(([table, fields]) =>
    fields().map((field) => [table, field] as const),
  ),
  ...questionForms.flatMap((form) => fieldsOf(form).map((field) => ['questions', field] as const)),
  ...Object.entries(documents).flatMap(([kind, schema]) =>
    fieldsOf(schema, ['kind']).map((field) => [kind, field] as const),
  ),
]

/** The kinds of a choice between maps, by the word that each begins with. */
export const kindsOf = (schema: z.ZodType): ReadonlyMap<string, z.core.$ZodType> =>
  new Map(formsOf(schema).map((form) => [Object.keys(shapeOf(form))[0] ?? '', form]))

const measureShared = ['title', 'per', 'rounded']
const pricedElsewhere = [...Object.keys(NamedPrice.shape), 'of', 'price', 'discounts']

/** Each table of the template: which words it lists. */
const tables: Readonly<Record<string, () => readonly Field[]>> = {
  offering: () => fieldsOf(OfferingWords).filter(({ path }) => !path.startsWith('components[]')),
  rounding: () => fieldsOf(Rounding),
  facts: () => fieldsOf(FactKindWords),
  agreed: () =>
    fieldsOfForms(formsOf(valuesOf('agreed')).filter((form) => 'type' in shapeOf(form))),
  events: () => insideOf('events'),
  components: () => fieldsOf(ComponentWords),
  periods: () => insideOf('periods'),
  calendars: () => insideOf('calendars'),
  measure: () => measureFields('formula', ['formula']),
  tables: () => insideOf('tables'),
  structures: () => insideOf('structures'),
  price: () => [
    ...fieldsOf(NamedPrice, ['title']),
    ...termFields('charge').filter(({ path }) => ['of', 'price'].includes(path)),
    ...termFields('charge').filter(({ path }) => path.startsWith('discounts')),
  ],
  prorate: () => fieldsOfForms(formsOf(Prorate)),
  'on-change': () => fieldsOfForms(formsOf(OnChange)),
  'on-end': () => fieldsOf(OnEnd),
  term: () => fieldsOf(kindOf(TermWords, 'charge'), ['charge']),
  by: () => fieldsOf(DeadlineBy),
  claim: () => fieldsOf(ClaimWords),
  deviations: () => fieldsOfForms(formsOf(Deviation)),
  case: () =>
    fieldsOf(CaseWords).filter(({ path }) => !/^(tries\[\]\.)?(asks|refused)\[\]/.test(path)),
  expectation: () => expectationFields(),
  refused: () => fieldsOf(CaseWords).flatMap((field) => inList(field, 'refused[].')),
  invoice: () => fieldsOf(InvoiceWords),
  ...Object.fromEntries(
    [...kindsOf(MeasureWords).keys()].map((kind) => [
      kind,
      () => measureFields(kind, measureShared),
    ]),
  ),
  count: () => [
    ...aggregates.flatMap((kind) => measureFields(kind, []).slice(0, 1)),
    ...measureFields('count', ['count', ...measureShared]),
  ],
  ...Object.fromEntries(
    [...kindsOf(TermWords).keys()].map((kind) => [
      kind,
      () =>
        termFields(kind).filter(
          ({ path }) => !['charge', 'credit'].includes(kind) || !isPriced(path),
        ),
    ]),
  ),
}
export const aggregates = ['count', 'sum', 'min', 'max', 'average', 'first', 'last', 'unique']

const isPriced = (path: string) => {
  const [word = ''] = path.split(/[.[]/)
  return pricedElsewhere.includes(word)
}

const kindOf = (schema: z.ZodType, kind: string) => kindsOf(schema).get(kind) ?? unknownPart(kind)
const measureFields = (kind: string, leftOut: readonly string[]) =>
  fieldsOf(kindOf(MeasureWords, kind), leftOut)
const termFields = (kind: string) =>
  fieldsOf(shapeOf(kindOf(TermWords, kind))[kind] as z.core.$ZodType)
const inList = (field: Field, under: string) =>
  field.path.startsWith(under) ? [{ ...field, path: field.path.slice(under.length) }] : []

/** What each entry of a map of names says. */
function valuesOf(section: keyof typeof OfferingWords.shape): z.core.$ZodType {
  const inner = OfferingWords.shape[section] as unknown as z.ZodOptional<z.ZodRecord>
  return inner.unwrap().valueType
}
const insideOf = (section: keyof typeof OfferingWords.shape) =>
  fieldsOfForms(formsOf(valuesOf(section)))

/** The words of an ask that are not the question's. */
function expectationFields(): readonly Field[] {
  const [ask] = formsOf((CaseWords.shape.asks.unwrap() as z.ZodArray).element)
  const question = Object.keys(shapeOf(questionForms[0]))
  return ask ? fieldsOf(ask, question) : []
}

function fieldTable(fields: readonly Field[]): string {
  const rows = fields.map(
    ({ path, type, needed, means, without }) =>
      `| \`${path}\` | ${cell(type)} | ${needed ? '**needed**' : cell(without) || '—'} | ${cell(means)} |`,
  )
  return ['| word | is | without it | means |', '|---|---|---|---|', ...rows].join('\n')
}

const cell = (text: string) => text.replaceAll('|', '\\|')

/** The example as it is written, without the line for editors. */
export function exampleText(name: string): string {
  const text = readFileSync(join(root, exampleFolder, `${name}.yaml`), 'utf8')
  return `\`\`\`yaml\n${text.replace(/^# yaml-language-server.*\n/, '').trimEnd()}\n\`\`\``
}

function refusedTable(mistakes: readonly Mistake[]): string {
  if (mistakes.length === 0) return ''
  const rows = mistakes.map(
    ({ write, insteadOf, faults, words }) =>
      `| ${write === '' ? `without ${code(insteadOf)}` : code(write)} | ${faults.map((name) => `\`${name}\``).join(', ')} | ${cell(words)} |`,
  )
  return [
    'Refused, each in the example above:',
    '',
    '| written | fault | what `check` says |',
    '|---|---|---|',
    ...rows,
  ].join('\n')
}

const code = (text: string) => `\`${cell(text.trim().replace(/\s*\n\s*/g, ' ⏎ '))}\``

/** Of which form of price a word changes something. */
function besideTable(): string {
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  const rows = Object.entries(besideForms).map(([word, { not, needs = '' }]: [string, Beside]) =>
    row([`\`${word}\``, ...priceForms.map((form) => (not[form] ? '–' : 'yes')), needs]),
  )
  const heads = ['word', ...priceForms.map((form) => `\`${form}\``), 'needs']
  return [row(heads), row(heads.map(() => '---')), ...rows].join('\n')
}

function kindRows(kinds: ReadonlyMap<string, z.core.$ZodType>): string {
  return [...kinds]
    .map(([kind, form]) => {
      const anchor = aggregates.includes(kind) ? 'count' : kind
      const said = described(shapeOf(form)[kind] as z.core.$ZodType).replace(
        /[;,] without it, .*/,
        '',
      )
      return `| [\`${kind}\`](#${anchor}) | ${cell(said)} |`
    })
    .join('\n')
}

function factTable(): string {
  const rows = Object.entries(standardFacts).map(([name, kind]) => {
    const has = 'has' in kind ? Object.entries(kind.has) : []
    const own = has.map(([attribute, type]) => `\`${attribute}\` (${type})`).join(', ')
    return `| \`${name}\` | ${kind.shape} | ${own || '—'} | ${'by' in kind ? `the ${kind.by}` : 'either side'} |`
  })
  return ['| fact | shape | has | recorded by |', '|---|---|---|---|', ...rows].join('\n')
}

function questionTables(): string {
  const shared = ['at', 'known-by']
  const own = questionForms.map((form) => {
    const [kind = ''] = Object.keys(shapeOf(form))
    return `### ${kind} {#question-${kind}}\n\n${fieldTable(fieldsOf(form, shared))}`
  })
  const always = fieldsOf(questionForms[0]).filter(({ path }) => shared.includes(path))
  return [fieldTable(always), ...own].join('\n\n')
}

const documents: Readonly<Record<string, z.ZodType>> = {
  'legal-entity': LegalEntity,
  organisation: Organisation,
  'target-group': TargetGroup,
  relationship: Relationship,
  resource: Resource,
  product: Product,
  service: Service,
  agreement: AgreementWords,
  facts: FactsWords,
  world: WorldWords,
}
const documentTables = () =>
  Object.entries(documents)
    .map(
      ([kind, schema]) =>
        `## ${kind} {#document-${kind}}\n\n${fieldTable(fieldsOf(schema, ['kind']))}`,
    )
    .join('\n\n')

function figureTable(): string {
  const rows = Object.entries(invoiceFigures).map(
    ([name, means]) => `| \`${name.replace('{}', '…')}\` | ${means} |`,
  )
  return ['| figure | is |', '|---|---|', ...rows].join('\n')
}

function faultTable(): string {
  const rows = Object.entries(faultNames).map(([name, means]) => {
    const shown = mistakesOf().filter(({ faults }) => faults.includes(name))
    const at = [...new Set(shown.map(({ example }) => example))]
    return `| \`${name}\` | ${cell(means)} | ${at.map((one) => `[${one}](#${anchorOf(one)})`).join(', ') || faultExample(name as FaultName)} |`
  })
  return ['| fault | what it means | shown at |', '|---|---|---|', ...rows].join('\n')
}

/** Most examples are called by the section in which they stand. */
const anchors: Readonly<Record<string, string>> = {
  occurrences: 'limit-of-charge',
  moments: 'time-of-day',
}
const anchorOf = (example: string) => anchors[example] ?? example

/** Headings to two levels, with what is at the end of each: `## charge {#charge}`. */
function contentsOf(text: string): string {
  return [
    ...text.replace(/^```[\s\S]*?^```$/gm, '').matchAll(/^(#{1,2}) (.+?)(?: \{#([a-z-]+)\})?$/gm),
  ]
    .slice(1)
    .map(([, level = '', title = '', anchor]) => {
      const link =
        anchor ??
        title
          .toLowerCase()
          .replace(/[^a-z0-9 -]/g, '')
          .replaceAll(' ', '-')
      return `${level === '#' ? '' : '  '}- [${title}](#${link})`
    })
    .join('\n')
}

/** GitHub knows no `{#anchor}`: each becomes an element of its own before the heading. */
const anchored = (text: string) =>
  text.replace(/^(#{1,6} .+?) \{#([a-z-]+)\}$/gm, '<a id="$2"></a>\n\n$1')
