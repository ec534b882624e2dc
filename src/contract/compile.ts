import { Exact } from '../kernel/exact.ts'
import { type Calendar, type OpenRange, type Weekday, weekdays } from './calendar.ts'
import { leaf } from './derivation.ts'
import { attributeType, type FactKind, factKinds, readValue } from './fact.ts'
import { type Faults, nearestWord, type Path } from './fault.ts'
import type { AgreedSlotWords, ComponentWords, OfferingWords, TermKind, TermWords } from './language.ts'
import { compileMeasure } from './measure.ts'
import { parsePeriodRule, type PeriodRule } from './period.ts'
import type { Compiling, Component } from './reading.ts'
import type { Definition, Evaluate, Names, Report } from './scope.ts'
import { compileTable } from './table.ts'
import { compileLimit, type Limit } from './term/limit.ts'
import { compilePosting, type Posting } from './term/posting.ts'
import { compilePromise, type Promise } from './term/promise.ts'
import { compileTotal } from './term/total.ts'
import { compileTransition, type Transition } from './term/transition.ts'
import { anything, type Type, typeText } from './type.ts'
import { unknown, type Value } from './value.ts'
import { reservedNames } from './vocabulary.ts'
import { minuteOfDay } from './words.ts'

/** An offering whose open slots are filled: immutable, ready to be asked. */
export type Contract = {
  readonly words: OfferingWords
  readonly zone: string
  readonly currency: string
  readonly decimals: number
  readonly components: ReadonlyMap<string, Component>
  readonly factKinds: ReadonlyMap<string, FactKind>
  readonly definitions: ReadonlyMap<string, Definition>
  readonly postings: ReadonlyMap<string, Posting>
  readonly promises: ReadonlyMap<string, Promise>
  readonly transitions: ReadonlyMap<string, Transition>
  readonly limits: ReadonlyMap<string, Limit>
  readonly agreed: ReadonlyMap<string, AgreedValues>
  /** For each kind of fact the components whose terms read it. */
  readonly readers: ReadonlyMap<string, readonly string[]>
}

/** An agreed value, or several, each from a date on. */
export type AgreedValues = readonly { readonly from?: Temporal.PlainDate; readonly value: Value }[]

/** What the parties fill in, as they wrote it. */
export type AgreedWords = Readonly<Record<string, string | readonly { from?: string | undefined; value: string }[]>>

/** Compiles an offering. Without agreed values it is only checked: open slots are unknown. */
export function compileOffering(words: OfferingWords, agreed: AgreedWords | undefined, faults: Faults): Contract {
  return new OfferingCompiler(words, faults).compile(agreed)
}

class OfferingCompiler implements Names {
  private readonly words: OfferingWords
  private readonly faults: Faults
  private readonly definitions = new Map<string, Definition>()
  private readonly reads = new Map<string, () => readonly string[]>()
  private readonly checks: { path: Path; check: (report: Report) => void }[] = []
  private readonly kinds: ReadonlyMap<string, FactKind>
  private readonly components: ReadonlyMap<string, Component>
  private readonly compiling: Compiling
  private readonly agreed = new Map<string, AgreedValues>()
  private readonly postings = new Map<string, Posting>()
  private readonly promises = new Map<string, Promise>()
  private readonly transitions = new Map<string, Transition>()
  private readonly limits = new Map<string, Limit>()

  constructor(words: OfferingWords, faults: Faults) {
    this.words = words
    this.faults = faults
    this.components = componentsOf(words.components ?? [], words.users ?? [], faults)
    this.kinds = factKinds(words.facts ?? {}, [...this.components.keys()], faults)
    const periods = namedPeriods(words, faults)
    this.compiling = {
      names: this,
      faults,
      zone: words.zone,
      currency: words.currency,
      policies: words.policies ?? {},
      rounding: words.rounding,
      components: this.components,
      periods,
      calendars: calendarsOf(words, faults),
    }
    if (words.rounding.to.compare(Exact.zero) <= 0) faults.add('number_not_exact', ['rounding', 'to'], 'A rounding step is above zero.')
  }

  find(name: string): Definition | undefined {
    return this.definitions.get(name)
  }

  fact(kind: string): FactKind | undefined {
    return this.kinds.get(kind)
  }

  *known(): Iterable<string> {
    yield* this.definitions.keys()
    yield* this.kinds.keys()
  }

  compile(agreed: AgreedWords | undefined): Contract {
    this.declareNames()
    this.declareAgreed(agreed)
    this.declareMeasures()
    this.declareTerms()
    this.refuseCircles()
    // Types are inferred on demand; asking for each reports what does not fit even where nothing reads it.
    if (this.faults.none) for (const definition of this.definitions.values()) definition.type()
    if (this.faults.none) this.checkReadings()
    const { words } = this
    return {
      words,
      zone: words.zone,
      currency: words.currency,
      decimals: decimalsOf(words.rounding.to),
      components: this.components,
      factKinds: this.kinds,
      definitions: this.definitions,
      postings: this.postings,
      promises: this.promises,
      transitions: this.transitions,
      limits: this.limits,
      agreed: this.agreed,
      readers: readersOf(words, this.components),
    }
  }

  /** One flat namespace: a name means one thing in an offering. */
  private add(definition: Partial<Definition> & Pick<Definition, 'name' | 'sort'>, path: Path, title?: string): void {
    const { name } = definition
    if (reservedNames.has(name)) this.faults.add('name_reserved', path, `“${name}” means something in the language already; choose another name (say “returned” for return, “bundle” for package).`)
    const ownFact = definition.sort !== 'fact' && this.words.facts?.[name] !== undefined
    if (this.definitions.has(name) || ownFact || (definition.sort !== 'fact' && this.kinds.has(name)))
      this.faults.add('name_doubled', path, `“${name}” is the name of something else already; one name means one thing in an offering.`)
    const nothing = leaf(unknown(name))
    this.definitions.set(name, {
      title: title ?? name.replaceAll('_', ' '),
      type: () => anything,
      evaluate: () => nothing,
      demand: () => {},
      ...definition,
    })
  }

  private declareNames(): void {
    const { words } = this
    for (const name of Object.keys(words.facts ?? {})) this.add({ name, sort: 'fact' }, ['facts', name], words.facts?.[name]?.title)
    ;(words.users ?? []).forEach((name, place) => this.add({ name, sort: 'user' }, ['users', place]))
    ;(words.components ?? []).forEach((component, place) => {
      const name = component.good ?? component.access ?? component.action
      if (name !== undefined) this.add({ name, sort: 'component' }, ['components', place], component.title)
    })
    for (const [name, calendar] of Object.entries(words.calendars ?? {})) this.add({ name, sort: 'calendar' }, ['calendars', name], calendar.title)
    for (const name of Object.keys(words.periods ?? {})) this.add({ name, sort: 'period' }, ['periods', name])
    for (const [name, evaluate] of Object.entries(always)) this.definitions.set(name, { name, sort: 'always', title: name.replaceAll('_', ' '), type: () => ({ is: 'date' }), evaluate, demand: () => {} })
  }

  private declareAgreed(given: AgreedWords | undefined): void {
    const slots = this.words.agreed ?? {}
    for (const name of Object.keys(given ?? {}))
      if (!(name in slots)) {
        const near = nearestWord(name, Object.keys(slots))
        this.faults.add('name_unknown', ['agreed', name], `The offering leaves no slot “${name}” open.${near ? ` Did you mean “${near}”?` : ''}`, 'agreement')
      }
    for (const [name, slot] of Object.entries(slots)) {
      const path = ['agreed', name]
      const open = isSlot(slot) ? slot : { type: slot }
      const type = attributeType(open.type)
      const written = given?.[name] ?? (isSlot(slot) ? slot.default : undefined)
      const values = written === undefined ? [] : this.agreedValues(written, type, path)
      if (given && written === undefined) this.faults.add('agreed_value_missing', path, `“${name}” is left open and has no default: the agreement says it.`, 'agreement')
      if (isSlot(slot)) for (const { value } of values) this.checkAllowed(slot, value, type, path)
      this.agreed.set(name, values)
      this.add({ name, sort: 'agreed', type: () => type, evaluate: agreedReader(name, values) }, path, isSlot(slot) ? slot.title : undefined)
    }
  }

  private agreedValues(written: AgreedWords[string], type: Type, path: Path): { from?: Temporal.PlainDate; value: Value }[] {
    const list = typeof written === 'string' ? [{ value: written }] : written
    return list.flatMap(({ value: text, ...dated }) => {
      const value = readValue(text, type)
      if (value === undefined) {
        this.faults.add(type.is === 'choice' ? 'choice_unknown' : 'value_misshapen', path, `“${text}” is not ${typeText(type)}.`, 'agreement')
        return []
      }
      return [{ value, ...(dated.from !== undefined && { from: Temporal.PlainDate.from(dated.from) }) }]
    })
  }

  private checkAllowed(slot: SlotWords, value: Value, type: Type, path: Path): void {
    const allowed = slot.allowed?.map((text) => readValue(text, type))
    const listed = !allowed || allowed.some((one) => one !== undefined && (one instanceof Exact && value instanceof Exact ? one.equals(value) : one === value))
    const low = slot['at-least'] && value instanceof Exact && value.compare(slot['at-least']) < 0
    const high = slot['at-most'] && value instanceof Exact && value.compare(slot['at-most']) > 0
    if (!listed || low || high) this.faults.add('agreed_value_not_allowed', path, `Allowed: ${slot.allowed?.join(', ') ?? `${slot['at-least']?.text ?? ''} to ${slot['at-most']?.text ?? ''}`}.`, 'agreement')
  }

  /** Names first, then what they mean: they may stand in any order. */
  private declareMeasures(): void {
    const late = (name: string, sort: 'measure' | 'table', path: Path, title: string | undefined, make: () => Made) => {
      let made: Made | undefined
      const self = () => {
        made ??= make()
        return made
      }
      this.add({ name, sort, type: () => self().type(), evaluate: (scope) => self().evaluate(scope), demand: (place, report) => self().demand(place, report) }, path, title)
      this.reads.set(name, () => self().reads())
      // The own period is asked for while other measures are compiled, so it is read from the made one.
      Object.defineProperty(this.definitions.get(name), 'per', { get: () => self().per, enumerable: true })
    }
    for (const [name, words] of Object.entries(this.words.measures ?? {})) late(name, 'measure', ['measures', name], words.title, () => compileMeasure(name, words, this.compiling))
    for (const [name, words] of Object.entries(this.words.tables ?? {})) late(name, 'table', ['tables', name], words.title, () => compileTable(name, words, this.compiling))
  }

  private declareTerms(): void {
    const sorts = { charge: 'posting', credit: 'posting', total: 'total', target: 'promise', duty: 'promise', transition: 'transition', limit: 'limit', text: 'text' } as const
    const terms = Object.entries(this.words.terms ?? {})
    for (const [name, term] of terms) this.add({ name, sort: sorts[termKind(term)] }, ['terms', name], term.title)
    // A transition’s causes are known before anything that reads its events is compiled.
    const order: readonly TermKind[] = ['transition', 'duty', 'target', 'total', 'charge', 'credit', 'limit', 'text']
    for (const kind of order)
      for (const [name, term] of terms) if (termKind(term) === kind) this.compileTerm(name, term)
  }

  private compileTerm(id: string, term: TermWords): void {
    const told = { id, path: ['terms', id, termKind(term)], survives: term.survives === 'end' }
    const { compiling } = this
    if ('charge' in term || 'credit' in term) {
      const kind = 'charge' in term ? 'charge' : 'credit'
      const posting = compilePosting('charge' in term ? term.charge : term.credit, { ...told, kind }, compiling)
      this.postings.set(id, posting)
      this.define(id, posting, told.path)
    } else if ('target' in term || 'duty' in term) {
      const promise = compilePromise('target' in term ? term.target : term.duty, told, compiling)
      this.promises.set(id, promise)
      this.define(id, promise, told.path)
    } else if ('transition' in term) {
      const transition = compileTransition(term.transition, told, compiling)
      this.transitions.set(id, transition)
      this.define(id, transition, told.path)
    } else if ('limit' in term) {
      const limit = compileLimit(term.limit, told, compiling)
      this.limits.set(id, limit)
      this.define(id, limit, told.path)
    } else if ('total' in term) this.define(id, compileTotal(term.total, told, compiling), told.path)
  }

  private define(id: string, made: Partial<Definition> & { reads: readonly string[]; check?: (report: Report) => void }, path: Path): void {
    const { type, evaluate, demand, causes, check } = made
    Object.assign(this.definitions.get(id) ?? {}, { ...(type && { type }), ...(evaluate && { evaluate }), ...(demand && { demand }), ...(causes && { causes }) })
    this.reads.set(id, () => made.reads)
    if (check) this.checks.push({ path, check })
  }

  /** What rests on itself has no value. The only circle that is allowed goes through `previous`. */
  private refuseCircles(): void {
    const done = new Set<string>()
    const visit = (name: string, above: readonly string[]): void => {
      if (done.has(name)) return
      const start = above.indexOf(name)
      if (start >= 0) {
        const circle = [...above.slice(start), name].join(' → ')
        this.faults.add('names_in_a_circle', this.pathOf(name), `“${name}” rests on itself: ${circle}. Only “previous:” may look back at its own measure.`)
        return
      }
      for (const read of this.reads.get(name)?.() ?? []) visit(read, [...above, name])
      done.add(name)
    }
    for (const name of this.reads.keys()) visit(name, [])
  }

  private pathOf(name: string): Path {
    const part = this.words.measures?.[name] ? 'measures' : this.words.tables?.[name] ? 'tables' : 'terms'
    return [part, name]
  }

  private checkReadings(): void {
    for (const { path, check } of this.checks) {
      const asked = new Set<string>()
      check((name, words) => {
        if (asked.has(words)) return
        asked.add(words)
        this.faults.add(name, path, words)
      })
    }
  }
}

type Made = Pick<Definition, 'type' | 'evaluate' | 'demand' | 'per'> & { readonly reads: () => readonly string[] }

type SlotWords = Extract<AgreedSlotWords, { type: unknown }>
const isSlot = (slot: AgreedSlotWords): slot is SlotWords => typeof slot === 'object' && 'type' in slot

export function termKind(term: TermWords): TermKind {
  const kinds: readonly TermKind[] = ['charge', 'credit', 'total', 'target', 'duty', 'transition', 'limit', 'text']
  return kinds.find((kind) => kind in term) ?? 'text'
}

/** Which components' terms read a kind of fact. */
function readersOf(words: OfferingWords, components: ReadonlyMap<string, Component>): Map<string, string[]> {
  const readers = new Map<string, string[]>()
  for (const term of Object.values(words.terms ?? {})) {
    const kind = termKind(term)
    const body = (term as Record<TermKind, Readonly<Record<string, unknown>>>)[kind]
    const component = kind === 'charge' || kind === 'credit' ? body['pays-for'] : body['of']
    if (typeof component !== 'string' || !components.has(component)) continue
    for (const read of [body['each'], body['start'], body['stop'], ...(Array.isArray(body['on']) ? body['on'] : [])])
      if (typeof read === 'string' && !readers.get(read)?.includes(component)) readers.set(read, [...(readers.get(read) ?? []), component])
  }
  return readers
}

/** Dates that every formula may read. */
const always: Record<string, Evaluate> = {
  agreement_start: ({ asking }) => dateLeaf(asking.frame.agreed.start, asking.frame.zone),
  agreement_end: ({ asking }) => dateLeaf(asking.frame.agreed.end, asking.frame.zone),
  period_start: ({ asking, period }) => (period ? dateLeaf(period.start, asking.frame.zone) : leaf(unknown('a period'))),
  period_end: ({ asking, period }) => (period ? dateLeaf(period.end, asking.frame.zone) : leaf(unknown('a period'))),
}

const dateLeaf = (instant: number, zone: string) => leaf(Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone).toPlainDate())

/** The value that holds at the instant: the last that begins at or before it. */
function agreedReader(name: string, values: AgreedValues): Evaluate {
  const [only] = values
  if (!only) return () => leaf(unknown(name), { name })
  const leaves = values.map((one) => ({ from: one.from, is: leaf(one.value, { name }) }))
  const first = leaves[0]?.is ?? leaf(unknown(name))
  return ({ asking, at, period }) => {
    const date = Temporal.Instant.fromEpochMilliseconds(period?.start ?? at).toZonedDateTimeISO(asking.frame.zone).toPlainDate()
    return leaves.findLast(({ from }) => !from || Temporal.PlainDate.compare(from, date) <= 0)?.is ?? first
  }
}

function componentsOf(list: readonly ComponentWords[], users: readonly string[], faults: Faults): Map<string, Component> {
  const components = new Map<string, Component>()
  list.forEach((words, place) => {
    const path = ['components', place]
    const kinds = (['good', 'access', 'action'] as const).filter((kind) => words[kind] !== undefined)
    const [kind] = kinds
    const id = kind && words[kind]
    if (kind === undefined || id === undefined || kinds.length > 1) {
      faults.add('kind_unsaid', path, 'A component is exactly one of “good:”, “access:” or “action:”.')
      return
    }
    ;(words.for ?? []).forEach((user, at) => {
      const near = nearestWord(user, users)
      if (!users.includes(user)) faults.add('user_undeclared', [...path, 'for', at], `No kind of user is called “${user}”.${near ? ` Did you mean “${near}”?` : ' List it under “users:”.'}`)
    })
    if (kind === 'action' && words.serialised) faults.add('law_of_kind_broken', [...path, 'serialised'], 'An action is performed; it has no items.')
    components.set(id, {
      id,
      kind,
      title: words.title ?? id.replaceAll('_', ' '),
      users: words.for ?? [],
      serialised: words.serialised ?? false,
      ...(words.of !== undefined && { of: words.of }),
      ...(words.says !== undefined && { says: words.says }),
    })
  })
  return components
}

function namedPeriods(words: OfferingWords, faults: Faults): Map<string, PeriodRule> {
  const periods = new Map<string, PeriodRule>()
  for (const [name, period] of Object.entries(words.periods ?? {})) {
    const rule = typeof period === 'string' ? parsePeriodRule(period) : ({ is: 'window', from: period['day-from'], until: period.until } as const)
    if (rule) periods.set(name, rule)
    else faults.add('period_unknown', ['periods', name], `“${String(period)}” is no period.`)
  }
  return periods
}

function calendarsOf(words: OfferingWords, faults: Faults): Map<string, Calendar> {
  const calendars = new Map<string, Calendar>()
  for (const [name, calendar] of Object.entries(words.calendars ?? {})) {
    const hours: Partial<Record<Weekday, OpenRange[]>> = {}
    for (const [days, ranges] of Object.entries(calendar.hours))
      for (const day of daysOf(days)) hours[day] = ranges.map((text) => openRange(text, faults, ['calendars', name, 'hours', days]))
    for (const ranges of Object.values(hours)) {
      ranges.sort((left, right) => left.from - right.from)
      if (ranges.some((range, at) => at > 0 && range.from < (ranges[at - 1]?.until ?? 0))) faults.add('bands_overlap', ['calendars', name, 'hours'], 'Two ranges of one day overlap.')
    }
    calendars.set(name, { name, zone: calendar.zone ?? words.zone, hours, holidays: calendar.holidays ?? [] })
  }
  return calendars
}

function daysOf(text: string): readonly Weekday[] {
  const [first = '', last = first] = text.split('-')
  const from = weekdays.indexOf(first as Weekday)
  const until = weekdays.indexOf(last as Weekday)
  return from <= until ? weekdays.slice(from, until + 1) : [...weekdays.slice(from), ...weekdays.slice(0, until + 1)]
}

function openRange(text: string, faults: Faults, path: Path): OpenRange {
  const [from = 0, until = 0] = text.split('-').map((part) => minuteOfDay(part) ?? Number.NaN)
  if (!(from < until)) faults.add('period_misordered', path, `“${text}” does not end after it starts.`)
  return { from, until }
}

function decimalsOf(step: Exact): number {
  const [, decimals = ''] = step.text.split('.')
  return Math.max(decimals.length, 2)
}

