import type { Exact } from '../kernel/exact.ts'
import {
  type AgreedValues,
  type AgreedWords,
  agreedReader,
  agreedValues,
  checkAllowed,
  checkBounds,
  checkSlot,
  isSlot,
  type SlotWords,
} from './agreement/agreed.ts'
import { dates } from './agreement/dates.ts'
import { calendarsOf } from './calendar/named.ts'
import type { Compiling, Component, Measure } from './compiling.ts'
import { didYouMean, Faults, type Path } from './document/fault.ts'
import { attributeType, type FactKind, factKinds } from './fact/fact-kind.ts'
import { checkNamedEvents, namedEvents, spelledOut } from './fact/named-event.ts'
import { termOf } from './happening.ts'
import type { AgreedSlotWords, OfferingWords } from './language/offering.ts'
import type { TermKind, TermWords } from './language/term.ts'
import { compileMeasure } from './measure/measure.ts'
import { checkReadable } from './measure/readable.ts'
import { Namespace } from './namespace.ts'
import { checkAvailable } from './offering/available.ts'
import { checkGoods, componentsOf } from './offering/component.ts'
import { structuresOf } from './offering/structure.ts'
import type { PartOfSpan } from './operation/time.ts'
import { namedPeriods } from './period/named.ts'
import type { NamedPeriods } from './period/period.ts'
import { checkNamedPrices } from './price/price.ts'
import type { Definition, Evaluate, Names, Report, Scope } from './scope.ts'
import { compileTable } from './table/table.ts'
import { compileLimit, type Limit } from './term/limit.ts'
import { checkPolicyOfParts } from './term/posting/check.ts'
import { compilePosting, type Posting } from './term/posting/posting.ts'
import { checkCredited } from './term/posting/share-creditable.ts'
import { compileTarget, type Target } from './term/target.ts'
import {
  checkSurvives,
  endingsOf,
  postingWords,
  promiseWords,
  readersOf,
  termKind,
} from './term/term.ts'
import { compileTotal } from './term/total.ts'
import { compileTransition, type Transition } from './term/transition.ts'
import { checkMeasured } from './term/whose-record.ts'
import { money, truth } from './type.ts'

/** An offering whose open slots are filled: immutable, ready to be asked. */
export type Contract = {
  readonly words: OfferingWords
  readonly zone: string
  readonly currency: string
  readonly decimals: number
  readonly components: ReadonlyMap<string, Component>
  readonly factKinds: ReadonlyMap<string, FactKind>
  /** Names for several kinds of event. */
  readonly events: ReadonlyMap<string, FactKind>
  readonly definitions: ReadonlyMap<string, Definition>
  readonly postings: ReadonlyMap<string, Posting>
  readonly promises: ReadonlyMap<string, Target>
  readonly transitions: ReadonlyMap<string, Transition>
  readonly limits: ReadonlyMap<string, Limit>
  readonly agreed: ReadonlyMap<string, AgreedValues>
  readonly periods: NamedPeriods
  readonly names: Names
  /** For each kind of fact the components whose terms read it. */
  readonly readers: ReadonlyMap<string, readonly string[]>
}

/** Compiles an offering. Without agreed values it is only checked: open slots are unknown. */
export function compileOffering(
  words: OfferingWords,
  agreed: AgreedWords | undefined,
  faults: Faults,
): Contract {
  return new OfferingCompiler(words, faults).compile(agreed)
}

class OfferingCompiler {
  private readonly words: OfferingWords
  private readonly faults: Faults
  private readonly events: ReadonlyMap<string, FactKind>
  private readonly names: Namespace
  private readonly checks: { id: string; path: Path; check: (report: Report) => void }[] = []
  private readonly kinds: ReadonlyMap<string, FactKind>
  private readonly components: ReadonlyMap<string, Component>
  private readonly compiling: Compiling
  private readonly agreed = new Map<string, AgreedValues>()
  private readonly postings = new Map<string, Posting>()
  private readonly promises = new Map<string, Target>()
  private readonly transitions = new Map<string, Transition>()
  private readonly limits = new Map<string, Limit>()

  constructor(words: OfferingWords, faults: Faults) {
    this.words = spelledOut(words)
    this.faults = faults
    this.components = componentsOf(words.components ?? [], words.users ?? [], faults)
    this.kinds = factKinds(words.facts ?? {}, [...this.components.keys()], faults)
    this.events = namedEvents(words, this.kinds)
    this.names = new Namespace(this.words, { kinds: this.kinds, events: this.events }, faults)
    this.compiling = {
      names: this.names,
      faults,
      zone: words.zone,
      currency: words.currency,
      policies: words.policies ?? {},
      rounding: words.rounding,
      components: this.components,
      periods: namedPeriods(words, faults),
      calendars: calendarsOf(words, faults),
      prices: new Map(Object.entries(words.prices ?? {})),
      agreed: this.agreed,
      measures: new Map(Object.entries(words.measures ?? {})),
      tables: new Map(Object.entries(words.tables ?? {})),
      structures: structuresOf(words, faults),
    }
  }

  compile(agreed: AgreedWords | undefined): Contract {
    this.declareNames()
    this.declareAgreed(agreed)
    this.declareMeasures()
    this.declareTerms()
    checkPolicyOfParts(this.words, this.compiling)
    checkAvailable(this.words, this.faults)
    checkGoods(this.words, this.faults)
    checkNamedEvents(this.words, this.names, this.faults)
    checkNamedPrices(this.compiling)
    this.names.refuseCircles()
    // Types are inferred on demand; asking for each reports what does not fit even where nothing reads it.
    if (this.faults.none)
      for (const definition of this.names.definitions.values()) definition.type()
    if (this.faults.none) checkCredited(this.postings, this.faults)
    if (this.faults.none) this.checkReadings()
    if (this.faults.none) checkMeasured(this.words, this.promises, this.compiling)
    const { words } = this
    return {
      words,
      zone: words.zone,
      currency: words.currency,
      decimals: decimalsOf(words.rounding.to),
      components: this.components,
      factKinds: this.kinds,
      events: this.events,
      definitions: this.names.definitions,
      postings: this.postings,
      promises: this.promises,
      transitions: this.transitions,
      limits: this.limits,
      agreed: this.agreed,
      periods: this.compiling.periods,
      names: this.names,
      readers: readersOf(words, this.components),
    }
  }

  private declareNames(): void {
    const { words } = this
    for (const name of Object.keys(words.facts ?? {}))
      this.names.add({ name, sort: 'fact' }, ['facts', name], words.facts?.[name]?.title)
    for (const [name, { title, 'any-of': anyOf }] of Object.entries(words.events ?? {})) {
      this.names.add({ name, sort: 'event' }, ['events', name], title)
      this.names.reads.set(name, () => anyOf.map(termOf))
    }
    for (const [place, name] of (words.users ?? []).entries())
      this.names.add({ name, sort: 'user' }, ['users', place])
    for (const [name, { title }] of Object.entries(words['tax-categories'] ?? {}))
      this.names.add({ name, sort: 'tax category' }, ['tax-categories', name], title)
    ;(words.components ?? []).forEach((component, place) => {
      const name = component.good ?? component.access ?? component.action
      if (name !== undefined)
        this.names.add({ name, sort: 'component' }, ['components', place], component.title)
    })
    for (const [name, calendar] of Object.entries(words.calendars ?? {}))
      this.names.add({ name, sort: 'calendar' }, ['calendars', name], calendar.title)
    for (const name of Object.keys(words.periods ?? {}))
      this.names.add({ name, sort: 'period' }, ['periods', name])
    for (const [name, price] of Object.entries(words.prices ?? {}))
      this.names.add({ name, sort: 'price' }, ['prices', name], price.title)
    for (const [name, structure] of Object.entries(words.structures ?? {}))
      this.names.add({ name, sort: 'structure' }, ['structures', name], structure.title)
    for (const date of dates) this.names.definitions.set(date.name, date)
  }

  private declareAgreed(given: AgreedWords | undefined): void {
    const slots = this.words.agreed ?? {}
    for (const name of Object.keys(given ?? {}))
      if (!Object.hasOwn(slots, name)) {
        this.faults.add(
          'name_unknown',
          ['agreed', name],
          `The offering leaves no slot “${name}” open.${didYouMean(name, Object.keys(slots))}`,
          'agreement',
        )
      }
    for (const [name, slot] of Object.entries(slots)) this.declareSlot(name, slot, given)
  }

  private declareSlot(name: string, slot: AgreedSlotWords, given: AgreedWords | undefined): void {
    const path = ['agreed', name]
    const place = { zone: this.words.zone, faults: this.faults, path }
    const open: Partial<SlotWords> & Pick<SlotWords, 'type'> = isSlot(slot) ? slot : { type: slot }
    const type = attributeType(open.type)
    checkBounds(open, type, place)
    checkSlot(open, type, place)
    const said = given && Object.hasOwn(given, name) ? given[name] : undefined
    const written = said ?? open.default
    // What the default may be was checked where it stands.
    const read = said === undefined ? { ...place, faults: new Faults() } : place
    const values = written === undefined ? [] : agreedValues(written, type, read)
    if (given && written === undefined) {
      const words = `“${name}” is left open and has no default: the agreement says it.`
      this.faults.add('agreed_value_missing', path, words, 'agreement')
    }
    for (const { value } of values) checkAllowed(open, value, { type, ...read })
    this.agreed.set(name, values)
    const evaluate = agreedReader(name, values)
    const isLasting = values.every(({ from }) => !from)
    const turns = () => (isLasting ? [] : undefined)
    this.names.add({ name, sort: 'agreed', type: () => type, evaluate, turns }, path, open.title)
  }

  /** Names first, then what they mean: they may stand in any order. */
  private declareMeasures(): void {
    const late = (
      name: string,
      sort: 'measure' | 'table',
      path: Path,
      title: string | undefined,
      make: () => Measure,
    ) => {
      let made: Measure | undefined
      const self = () => {
        made ??= make()
        return made
      }
      this.names.add(
        {
          name,
          sort,
          type: () => this.names.typeWithin(name, () => self().type()),
          evaluate: remembering(name, this.names, (scope) => self().evaluate(scope)),
          demand: (place, report) => self().demand(place, report),
          per: () => self().per,
          parts: () => self().parts?.(),
          turns: () => self().turns?.(),
        },
        path,
        title,
      )
      this.names.reads.set(name, () => self().reads())
    }
    for (const [name, words] of Object.entries(this.words.measures ?? {}))
      late(name, 'measure', ['measures', name], words.title, () =>
        compileMeasure(name, words, this.compiling),
      )
    for (const [name, words] of Object.entries(this.words.tables ?? {}))
      late(name, 'table', ['tables', name], words.title, () =>
        compileTable(name, words, this.compiling),
      )
  }

  private declareTerms(): void {
    const sorts = {
      charge: 'posting',
      credit: 'posting',
      total: 'total',
      target: 'promise',
      duty: 'promise',
      option: 'promise',
      transition: 'transition',
      limit: 'limit',
      text: 'text',
    } as const
    const terms = Object.entries(this.words.terms ?? {})
    for (const [name, term] of terms) {
      const isOption = 'option' in term && { isOption: true as const }
      const sort = sorts[termKind(term)]
      // What is declared further down is read with its type all the same.
      const early = { posting: money, promise: truth }[sort as string]
      const type = early && { type: () => early }
      const promise = promiseWords(term)
      const endings = promise && { endings: endingsOf(promise) }
      this.names.add({ name, sort, ...type, ...isOption, ...endings }, ['terms', name], term.title)
    }
    // A transition’s causes are known before anything that reads its events is compiled.
    const order: readonly TermKind[] = [
      'transition',
      'duty',
      'option',
      'target',
      'total',
      'charge',
      'credit',
      'limit',
      'text',
    ]
    const ofKind = Map.groupBy(terms, ([, term]) => termKind(term))
    for (const kind of order)
      for (const [name, term] of ofKind.get(kind) ?? []) this.compileTerm(name, term)
  }

  private compileTerm(id: string, term: TermWords): void {
    const kind = termKind(term)
    const told = { id, kind, path: ['terms', id, kind], survives: term.survives === 'end' }
    const { compiling } = this
    const [charged, promise] = [postingWords(term), promiseWords(term)]
    checkSurvives(id, term, this.faults)
    if (charged) {
      const ofKind = 'charge' in term ? 'charge' : 'credit'
      const posting = compilePosting(charged, { ...told, kind: ofKind }, compiling)
      this.postings.set(id, posting)
      this.define(id, posting, told.path)
    } else if (promise) {
      const target = compileTarget(promise, told, compiling)
      this.promises.set(id, target)
      this.define(id, target, told.path)
    } else if ('transition' in term) {
      const transition = compileTransition(term.transition, told, compiling)
      this.transitions.set(id, transition)
      this.define(id, transition, told.path)
    } else if ('limit' in term) {
      const limit = compileLimit(term.limit, told, compiling)
      this.limits.set(id, limit)
      this.define(id, limit, told.path)
    } else if ('total' in term)
      this.define(id, compileTotal(term.total, told, compiling), told.path)
  }

  private define(
    id: string,
    made: Partial<Definition> & { reads: readonly string[]; check?: (report: Report) => void },
    path: Path,
  ): void {
    const { type, evaluate, check } = made
    const definition: Unfinished | undefined = this.names.definitions.get(id)
    if (definition) {
      if (type) definition.type = () => this.names.typeWithin(id, type)
      if (evaluate) definition.evaluate = remembering(id, this.names, evaluate)
      if (made.demand) definition.demand = made.demand
      if (made.causes) definition.causes = made.causes
      if (made.forEach) definition.forEach = made.forEach
      if (made.periods) definition.periods = made.periods
      if (made.promised) definition.promised = made.promised
      if (made.turns) definition.turns = made.turns
    }
    this.names.reads.set(id, () => made.reads)
    if (check) this.checks.push({ id, path, check })
  }

  private checkReadings(): void {
    const isToldBelow = checkReadable(this.compiling, this.kinds)
    for (const { id, path, check } of this.checks) {
      const said: string[] = []
      check((name, words) => {
        if (said.includes(words) || isToldBelow(id, words)) return
        said.push(words)
        this.faults.add(name, path, words)
      })
    }
  }
}

/** What was declared by its name is filled in when its term is compiled. */
type Unfinished = { -readonly [Word in keyof Definition]: Definition[Word] }

/** A definition is found once for each period or event: what several read is not computed several times. */
const remembering =
  (name: string, names: Namespace, evaluate: Evaluate): Evaluate =>
  (scope) =>
    scope.asking.once(`${name} ${placeText(scope)}`, () => evaluate(scope), names)

/** All of a scope that a value may rest on: what is left out here would give the value of one reading to another. */
function placeText(scope: Scope): string {
  const { event, subject, period, at, agreedAt = '', until = '', part } = scope
  const where = event ? `${event.kind} ${event.fact.id} ${event.at}` : ''
  const each = subject?.each ? ` each ${subject.each.by ?? ''}` : ''
  const of = subject ? ` of ${subject.kind} ${subject.fact.id}${each}` : ''
  const when = `${period ? `${period.start} ${period.end}` : at} ${agreedAt} ${until}`
  return `${where}${of} ${when}${part ? ` ${partText(part)}` : ''}`
}

const partText = (part: PartOfSpan) =>
  'window' in part ? `from ${part.window.start}` : `${part.length.text} ${part.place}`

function decimalsOf(step: Exact): number {
  const [, decimals = ''] = step.text.split('.')
  return Math.max(decimals.length, 2)
}
