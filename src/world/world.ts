import type { z } from 'zod'
import { agreedPeriod, checkDates, checkUsers, compileAgreed } from '../agreement/rules.ts'
import { AgreementWords, FactsWords } from '../agreement/terms.ts'
import { checkOffering } from '../contract/agreement/agreement.ts'
import { checkWrittenFacts } from '../contract/agreement/facts.ts'
import type { Agreement } from '../contract/agreement/revision.ts'
import { checked } from '../contract/document/checked.ts'
import {
  at,
  located,
  type Plain,
  type PlainMap,
  type SourceDocument,
} from '../contract/document/document.ts'
import { type Fault, Faults, nearestWord, pointerOf } from '../contract/document/fault.ts'
import type { Fact } from '../contract/fact/fact.ts'
import { readPlacedFacts } from '../contract/fact/read.ts'
import type { OfferingWords } from '../contract/language/offering.ts'
import { checkPublication } from '../offering/rules.ts'
import { checkBelongings } from '../party/rules.ts'
import { LegalEntity, Organisation, TargetGroup } from '../party/terms.ts'
import { Product } from '../product/terms.ts'
import { checkRelationship, roleHolders } from '../relationship/rules.ts'
import { Relationship } from '../relationship/terms.ts'
import { Resource } from '../resource/terms.ts'
import { Service } from '../service/terms.ts'
import { WorldWords } from './terms.ts'

/** Kinds of document that a provider keeps; a case is run, not loaded. */
const kinds = {
  'legal-entity': LegalEntity,
  organisation: Organisation,
  'target-group': TargetGroup,
  relationship: Relationship,
  resource: Resource,
  product: Product,
  service: Service,
  agreement: AgreementWords,
  world: WorldWords,
} as const
export const documentKinds = [...Object.keys(kinds), 'offering', 'facts', 'case']

type Loaded<Words> = { readonly words: Words; readonly document: SourceDocument }
type ById<Schema extends z.ZodType> = ReadonlyMap<string, Loaded<z.infer<Schema>>>

/** Everything that a provider keeps about its relationships, as files. */
export type World = {
  readonly legalEntities: ById<typeof LegalEntity>
  readonly organisations: ById<typeof Organisation>
  readonly targetGroups: ById<typeof TargetGroup>
  readonly relationships: ById<typeof Relationship>
  readonly resources: ById<typeof Resource>
  readonly products: ById<typeof Product>
  readonly services: ById<typeof Service>
  readonly offerings: ReadonlyMap<string, Loaded<OfferingWords>>
  readonly agreements: ReadonlyMap<string, LiveAgreement>
  readonly cases: readonly SourceDocument[]
  /** What the demonstration says of it; at most one document. */
  readonly introduction?: SourceDocument
}
export type LiveAgreement = Loaded<AgreementWords> & {
  readonly agreement: Agreement
  readonly facts: readonly Fact[]
  /** Each fact with the words it was written in. */
  readonly written: readonly { readonly fact: Fact; readonly said: PlainMap }[]
}

/** Builds a world from its documents and names every fault, each with its file and line. */
export function buildWorld(documents: readonly SourceDocument[]): {
  world: World
  faults: readonly Fault[]
} {
  return new WorldBuilder(documents).build()
}

class WorldBuilder {
  private readonly documents: readonly SourceDocument[]
  private readonly faults: Fault[] = []
  private readonly ids = new Map<string, SourceDocument>()

  constructor(documents: readonly SourceDocument[]) {
    this.documents = documents
  }

  build(): { world: World; faults: readonly Fault[] } {
    this.refuseUnknownKinds()
    const organisations = this.load('organisation', Organisation)
    const base = {
      legalEntities: this.load('legal-entity', LegalEntity),
      organisations,
      targetGroups: this.load('target-group', TargetGroup),
      relationships: this.load('relationship', Relationship),
      resources: this.load('resource', Resource),
      products: this.load('product', Product),
      services: this.load('service', Service),
      offerings: this.loadOfferings(),
      cases: this.ofKind('case'),
      ...this.introduction(),
    }
    this.checkReferences(base)
    const agreements = this.loadAgreements(base)
    return { world: { ...base, agreements }, faults: this.faults }
  }

  private introduction(): { introduction?: SourceDocument } {
    const [only] = this.load('world', WorldWords).values()
    return only ? { introduction: only.document } : {}
  }

  private ofKind(kind: string): SourceDocument[] {
    return this.documents.filter((document) => kindOf(document) === kind)
  }

  private refuseUnknownKinds(): void {
    for (const document of this.documents) {
      const kind = kindOf(document)
      if (kind !== undefined && documentKinds.includes(kind)) continue
      const near = kind === undefined ? undefined : nearestWord(kind, documentKinds)
      const word = kind === undefined ? nearKind(document) : undefined
      this.report(document, [
        {
          name: 'document_kind_unknown',
          pointer: kind === undefined ? '' : '/kind',
          words: `Say “kind:”, ${word === undefined ? '' : `not “${word}:”, `}one of ${documentKinds.join(', ')}.${near ? ` Did you mean “${near}”?` : ''}`,
        },
      ])
    }
  }

  private report(document: SourceDocument, faults: readonly Fault[]): void {
    for (const fault of faults)
      this.faults.push(fault.line === undefined ? located(fault, document) : fault)
  }

  /** One document at a time: what is wrong with one hides nothing of the others. */
  private load<Schema extends z.ZodType<{ id: string }>>(
    kind: string,
    schema: Schema,
  ): ById<Schema> {
    const found = new Map<string, Loaded<z.infer<Schema>>>()
    for (const document of this.ofKind(kind)) {
      const faults = new Faults()
      const words = checked(schema, document.data, faults)
      if (words && this.isNew(`${kind} ${words.id}`, document, faults))
        found.set(words.id, { words, document })
      this.report(document, faults.list)
    }
    return found
  }

  private isNew(key: string, document: SourceDocument, faults: Faults): boolean {
    const other = this.ids.get(key)
    if (other)
      faults.add('name_doubled', ['id'], `${other.file} holds a document with this id already.`)
    else this.ids.set(key, document)
    return !other
  }

  private loadOfferings(): Map<string, Loaded<OfferingWords>> {
    const offerings = new Map<string, Loaded<OfferingWords>>()
    for (const document of this.ofKind('offering')) {
      const { contract, faults } = checkOffering(mapOf(document))
      this.report(document, faults)
      const doubled = new Faults()
      const words = contract?.words
      if (
        words?.id !== undefined &&
        this.isNew(`offering ${words.id}`, document, doubled) &&
        faults.length === 0
      )
        offerings.set(words.id, { words, document })
      else if (words && words.id === undefined) doubled.add('word_missing', [], 'Say “id:” here.')
      this.report(document, doubled.list)
    }
    return offerings
  }

  private checkReferences(base: Omit<World, 'agreements'>): void {
    for (const { words, document } of base.organisations.values())
      this.reporting(document, (faults) =>
        checkBelongings(words, (id) => base.legalEntities.has(id), faults),
      )
    for (const { words, document } of base.relationships.values())
      this.reporting(document, (faults) => {
        checkRelationship(words, (id) => base.organisations.get(id)?.words, faults)
        if (!base.targetGroups.has(words['target-group']))
          faults.add(
            'reference_unknown',
            ['target-group'],
            `No target group is called “${words['target-group']}”.`,
          )
      })
    for (const [document, provider, word] of owners(base))
      if (!base.organisations.has(provider))
        this.reporting(document, (faults) =>
          faults.add('reference_unknown', [word], `No organisation is called “${provider}”.`),
        )
    const behind = {
      provider: (id: string) => base.organisations.has(id),
      targetGroup: (id: string) => base.targetGroups.has(id),
      service: (id: string) => base.services.get(id)?.words,
      product: (id: string) => base.products.get(id)?.words,
      resource: (id: string) => base.resources.get(id)?.words,
    }
    for (const { words, document } of base.offerings.values())
      this.reporting(document, (faults) => checkPublication(words, behind, faults))
  }

  private reporting(document: SourceDocument, check: (faults: Faults) => void): void {
    const faults = new Faults()
    check(faults)
    this.report(document, faults.list)
  }

  private loadAgreements(base: Omit<World, 'agreements'>): Map<string, LiveAgreement> {
    const agreements = new Map<string, LiveAgreement>()
    const facts = this.factsByAgreement()
    for (const [id, loaded] of this.load('agreement', AgreementWords)) {
      const live = this.loadAgreement(loaded, base, facts.get(id) ?? [])
      if (live) agreements.set(id, live)
    }
    for (const [id, documents] of facts)
      if (!agreements.has(id) && !this.ids.has(`agreement ${id}`))
        for (const { document } of documents)
          this.reporting(document, (faults) =>
            faults.add('reference_unknown', ['agreement'], `No agreement is called “${id}”.`),
          )
    return agreements
  }

  private loadAgreement(
    { words, document }: Loaded<AgreementWords>,
    base: Omit<World, 'agreements'>,
    documents: readonly Loaded<FactsWords>[],
  ): LiveAgreement | undefined {
    const faults = new Faults()
    const offering = base.offerings.get(words.offering)
    const relationship = base.relationships.get(words.relationship)
    // An offering that is at fault has said so itself.
    if (!offering && !this.writtenOfferings().has(words.offering))
      faults.add('reference_unknown', ['offering'], `No offering is called “${words.offering}”.`)
    if (!relationship)
      faults.add(
        'reference_unknown',
        ['relationship'],
        `No relationship is called “${words.relationship}”.`,
      )
    // Whether it ends after it starts can be said without knowing what is offered.
    if (!offering) agreedPeriod(words, 'UTC', faults)
    const compiled = offering && compileAgreed(words, mapOf(offering.document), faults)
    if (offering && relationship) {
      checkDates(words, relationship.words, faults)
      checkUsers(words, relationship.words, offering.words.users ?? [], faults)
      const group = relationship.words['target-group']
      if (relationship.words.provider !== offering.words.provider)
        faults.add('reference_unknown', ['relationship'], 'The offering is another provider’s.')
      if (!offering.words['target-groups']?.includes(group))
        faults.add(
          'reference_unknown',
          ['offering'],
          `The offering is not made for the target group “${group}”.`,
        )
    }
    // The offering is sound by itself: whatever is wrong now comes from what was agreed.
    const tailoring = (compiled?.faults ?? []).map((fault) =>
      fault.of === 'agreement' ? fault : { ...fault, pointer: '/deviations' },
    )
    this.report(document, [...faults.list, ...tailoring])
    const agreement = compiled?.agreement
    if (!agreement || !faults.none) return undefined
    const written = this.factsOf(documents, agreement, relationship?.words)
    return { words, document, agreement, written, facts: written.map(({ fact }) => fact) }
  }

  private writtenOfferings(): Set<Plain | undefined> {
    return new Set(this.ofKind('offering').map((document) => at(document.data, ['id'])))
  }

  private factsByAgreement(): Map<string, Loaded<FactsWords>[]> {
    const found = new Map<string, Loaded<FactsWords>[]>()
    for (const document of this.ofKind('facts')) {
      const faults = new Faults()
      const words = checked(FactsWords, document.data, faults)
      this.report(document, faults.list)
      if (words)
        found.set(words.agreement, [...(found.get(words.agreement) ?? []), { words, document }])
    }
    return found
  }

  private factsOf(
    documents: readonly Loaded<FactsWords>[],
    agreement: Agreement,
    relationship: Relationship | undefined,
  ): { fact: Fact; said: PlainMap }[] {
    const persons = new Set(
      relationship ? roleHolders(relationship).map(({ person }) => person) : [],
    )
    const kinds = new Map(agreement.revisions.flatMap(({ contract }) => [...contract.factKinds]))
    const { zone } = agreement.frame
    const placed = documents.flatMap(({ document }, place) => {
      const faults = new Faults()
      const written = at(document.data, ['facts'])
      const told = { zone, faults, under: ['facts'], prefix: place === 0 ? '' : `file_${place}_` }
      const read = readPlacedFacts(Array.isArray(written) ? written : [], kinds, told)
      this.report(document, faults.list)
      return read.map((one) => ({ ...one, document }))
    })
    checkWrittenFacts(agreement, placed, ({ document, path }, name, words) =>
      this.report(document, [{ name, pointer: pointerOf(path), words }]),
    )
    for (const { fact, document, path } of placed) {
      const { by } = fact.values
      if (typeof by !== 'string' || persons.has(by)) continue
      const words = `“${by}” holds no role in this relationship.`
      this.report(document, [
        { name: 'person_without_role', pointer: pointerOf([...path, fact.kind, 'by']), words },
      ])
    }
    return placed.map(({ fact, document, path }) => ({
      fact,
      said: (at(document.data, [...path, fact.kind]) ?? {}) as PlainMap,
    }))
  }
}

function owners(base: Omit<World, 'agreements'>): [SourceDocument, string, string][] {
  return [
    ...[...base.resources.values()].map(({ words, document }): [SourceDocument, string, string] => [
      document,
      words.owner,
      'owner',
    ]),
    ...[...base.products.values()].map(({ words, document }): [SourceDocument, string, string] => [
      document,
      words.provider,
      'provider',
    ]),
    ...[...base.services.values()].map(({ words, document }): [SourceDocument, string, string] => [
      document,
      words.provider,
      'provider',
    ]),
  ]
}

/** JSON of another program, which a folder may hold too: it says no kind, nor what nearly is that word. */
export const isOfOthers = (document: SourceDocument): boolean =>
  document.file.endsWith('.json') && kindOf(document) === undefined && !nearKind(document)

/** A word that nearly is `kind`; one that begins otherwise, such as `link`, is another word. */
const nearKind = (document: SourceDocument) =>
  Object.keys(mapOf(document)).find(
    (word) => /^k/i.test(word) && nearestWord(word, ['kind']) !== undefined,
  )

/** A document with `case:` is a case, whether or not it says its kind. */
export function kindOf({ data }: SourceDocument): string | undefined {
  const kind = at(data, ['kind'])
  if (typeof kind === 'string') return kind
  return at(data, ['case']) === undefined ? undefined : 'case'
}

export const mapOf = ({ data }: SourceDocument): PlainMap =>
  typeof data === 'object' && !Array.isArray(data) ? (data as PlainMap) : {}
