import { Exact } from '../../kernel/exact.ts'
import { spokenDay } from '../../kernel/time.ts'
import { onlyValue } from '../fact/fact-kind.ts'
import {
  type AggregateWords,
  aggregateIn,
  type MeasureWords,
  type TableWords,
} from '../language/measure.ts'
import { type TimeWords, wholeTimes } from '../measure/time-words.ts'
import { calendarProse } from './calendar.ts'
import { english } from './english.ts'
import { glossary } from './english-definitions.ts'
import type { EachSlot } from './english-phrases.ts'
import { factlessProse, isFactless, structureName, structureProse } from './factless.ts'
import type { Speaker } from './speaker.ts'

/** One entry of the glossary; a table has a line for each row. */
export type Entry = {
  readonly id: string
  readonly name: string
  readonly text: string
  readonly lines: readonly string[]
}

/** What the clauses mentioned, and what these definitions mention in turn; each once, in the order of the offering. */
export function definitionsOf(speaker: Speaker): Entry[] {
  const { words } = speaker.contract
  const found = new Map<string, Entry>()
  // Saying one definition may mention another.
  for (let known = -1; known < speaker.mentioned.size; ) {
    known = speaker.mentioned.size
    for (const id of [...speaker.mentioned]) {
      if (found.has(id)) continue
      const entry = entryOf(id, speaker)
      if (entry) found.set(id, entry)
    }
  }
  const order = [
    words.measures,
    words.tables,
    words.structures,
    words.calendars,
    words.periods,
    words.facts,
    words.events,
  ].flatMap((part) => Object.keys(part ?? {}))
  return order.flatMap((id) => found.get(id) ?? [])
}

function entryOf(id: string, speaker: Speaker): Entry | undefined {
  const { words } = speaker.contract
  const name = english.capital(speaker.title(id))
  const measure = words.measures?.[id]
  if (measure) return { id, name, text: measureProse(measure, speaker), lines: [] }
  const table = words.tables?.[id]
  if (table) return { id, name, ...tableProse(id, table, speaker) }
  const structure = words.structures?.[id]
  if (structure) return { id, name, text: structureProse(structure, speaker), lines: [] }
  const calendar = words.calendars?.[id]
  if (calendar)
    return {
      id,
      name,
      ...calendarProse(calendar, speaker.contract.zone, (of) => speaker.calendar(of)),
    }
  const event = words.events?.[id]
  if (event) {
    const anyOf = event['any-of'].map((kind) => speaker.event(kind))
    return { id, name, text: glossary.anyEvent(anyOf), lines: [] }
  }
  const recorded = recordedBy(id, speaker)
  if (recorded) return { id, name, text: glossary.recordedBy(recorded), lines: [] }
  if (!words.periods?.[id]) return undefined
  const { name: said, rule } = speaker.period(id)
  return {
    id,
    name: english.capital(said ?? name),
    text: glossary.period(english.namedPeriod(rule, (...kind) => speaker.since(...kind))),
    lines: [],
  }
}

function measureProse(words: MeasureWords, speaker: Speaker): string {
  const rounded =
    'rounded' in words && words.rounded
      ? [`${english.rounding(glossary.it, words.rounded.to.text, words.rounded.mode)}.`]
      : []
  return [...measureSentences(words, speaker), ...rounded].join(' ')
}

function measureSentences(words: MeasureWords, speaker: Speaker): string[] {
  if ('formula' in words && words.per !== undefined && isOfPeriod(words.formula, speaker))
    return [
      glossary.formulaOfPeriod(
        speaker.say(words.formula),
        speaker.inPeriod(words.per),
        !/^period_(start|end)$/.test(words.formula),
      ),
    ]
  if ('formula' in words)
    return [
      glossary.formula(
        speaker.say(words.formula),
        words.per === undefined ? undefined : speaker.inPeriod(words.per),
        words.unit,
      ),
    ]
  if ('previous' in words) {
    speaker.mentioned.add(words.previous)
    return [
      glossary.previous(
        english.the(speaker.title(words.previous)),
        speaker.each(words.per),
        speaker.contract.definitions.has(words.initially)
          ? speaker.say(words.initially)
          : words.initially,
      ),
    ]
  }
  if ('open' in words) return [glossary.open(speaker.opening(words))]
  if ('since' in words)
    return [
      glossary.since({
        unit: words.in,
        event: speaker.since(words.since),
        ...(words['paired-by'] !== undefined && { pairedBy: words['paired-by'] }),
      }),
    ]
  if ('met' in words) return [glossary.met(speaker.clause(words.met))]
  if ('time' in words) return timeProse(words, speaker)
  return isFactless(words) ? factlessProse(words, speaker) : aggregateProse(words, speaker)
}

/** A date of the period, or a value that was agreed: one name, read for a period. */
const isOfPeriod = (formula: string, { contract }: Speaker) =>
  /^period_(start|end)$/.test(formula) ||
  (contract.definitions.get(formula)?.sort === 'agreed' &&
    contract.definitions.get(formula)?.type().is !== 'truth')

function timeProse(words: TimeWords, speaker: Speaker): string[] {
  const per = words.per === undefined ? undefined : speaker.inPeriod(words.per)
  const promise = speaker.contract.promises.has(words.time)
  const same = words.about === 'same'
  const kind = speaker.kindCalled(words.time)
  const where =
    words.where === undefined
      ? undefined
      : english.conditionOf(speaker.condition(words.where, words.time))
  const of = promise
    ? glossary.timeUnmet(speaker.clause(words.time))
    : kind
      ? glossary.timeOf(kind.shape, speaker.kind(words.time))
      : glossary.timeWhole(words.time)
  const main = glossary.time({
    unit: words.in,
    of,
    ...(per !== undefined && { per }),
    ...(where !== undefined && { where }),
    same: same && !wholeTimes.includes(words.time),
    longest: words.take === 'longest',
  })
  const rounded = words.each?.rounded
  const { weight, through, missing } = words
  const overlaps = weight === undefined && through === undefined && kind?.shape === 'interval'
  return [
    main,
    ...(words['paired-by'] === undefined ? [] : [english.pairedBy(words['paired-by'])]),
    ...(overlaps ? [glossary.overlaps] : []),
    ...(weight === undefined ? [] : [glossary.weighed(speaker.say(weight, { row: words.time }))]),
    ...(through === undefined ? [] : [glossary.through(structureName(through, speaker))]),
    ...(words.except ? [exceptProse(words.except, same, speaker)] : []),
    ...(words.calendar === undefined
      ? []
      : [glossary.onlyWithin(speaker.calendar(words.calendar))]),
    ...(words.each?.['longer-than'] === undefined
      ? []
      : [glossary.longerThan(words.each['longer-than'])]),
    ...(rounded === undefined ? [] : [glossary.eachRounded(rounded, words.each?.to ?? '')]),
    ...(missing === undefined ? [] : [glossary.missing(missing)]),
    ...measuredBy(words.time, speaker),
  ]
}

function exceptProse(
  except: NonNullable<TimeWords['except']>,
  same: boolean,
  speaker: Speaker,
): string {
  const duties = except.facts.filter((one) => speaker.contract.promises.has(one))
  const kinds = except.facts.filter((one) => !duties.includes(one))
  const only = except.facts.length === 1 ? except.facts[0] : undefined
  return glossary.except({
    kinds: kinds.map((one) => speaker.kind(one)),
    duties: duties.map((one) => glossary.timeUnmet(speaker.clause(one)).noun),
    same,
    ...(except.where !== undefined && {
      where: english.conditionOf(speaker.condition(except.where, only)),
    }),
  })
}

function aggregateProse(given: MeasureWords, speaker: Speaker): string[] {
  const { form, of, words } = aggregateIn(given)
  const where =
    words.where === undefined ? undefined : english.conditionOf(speaker.condition(words.where, of))
  const per = words.per === undefined ? undefined : speaker.inPeriod(words.per)
  const shape = speaker.kindCalled(of)?.shape
  const forEach = words['for-each']
  const what = {
    ...rowsOf(of, words.value, speaker),
    ...(forEach !== undefined && {
      isFiner: true as const,
      each: { noun: speaker.eachOf(forEach), isWhole: false },
    }),
  }
  const main = glossary.aggregate({
    form,
    ...what,
    ...(shape && { shape }),
    ...(per !== undefined && { per }),
    ...(where !== undefined && { where }),
    same: words.about === 'same',
    ...(words['as-of'] !== undefined && { asOf: words['as-of'] }),
    ...('rank' in words && { rank: glossary.rank(words.rank.times(Exact.whole(100)).text) }),
  })
  return [
    main,
    ...('rank' in words
      ? [glossary.percentileCounted(percentage(Exact.one.minus(words.rank)))]
      : []),
    ...chosenOnly(words),
    ...(words['paired-by'] === undefined ? [] : [english.pairedBy(words['paired-by'])]),
    ...(words.missing === undefined ? [] : [glossary.missing(words.missing)]),
    ...measuredBy(of, speaker),
  ]
}

const chosenOnly = ({ highest, lowest }: AggregateWords): string[] => [
  ...(highest === undefined ? [] : [glossary.onlyChosen(highest, 'highest')]),
  ...(lowest === undefined ? [] : [glossary.onlyChosen(lowest, 'lowest')]),
]

const percentage = (share: Exact) => `${share.times(Exact.whole(100)).text}%`

/** What is collected: a finer measure, what was charged, or an attribute of facts of a kind. */
function rowsOf(
  of: string,
  value: string | undefined,
  speaker: Speaker,
): { rows: string; attribute?: string; isFiner?: true; each?: EachSlot } {
  const measure = speaker.contract.words.measures?.[of]
  if (measure) {
    speaker.mentioned.add(of)
    const per =
      'per' in measure && measure.per !== undefined ? speaker.each(measure.per) : undefined
    return {
      rows: finerValue(value, speaker) ?? speaker.title(of),
      isFiner: true,
      ...(per && { each: per }),
    }
  }
  if (speaker.contract.postings.has(of))
    return {
      rows: finerValue(value, speaker) ?? english.amountUnder(speaker.clause(of)),
      isFiner: true,
    }
  const rows = english.eventNoun(speaker.event(of))
  if (value !== undefined) {
    const attribute = new RegExp(`^${of}\\.([a-z0-9_]+)$`).exec(value.trim())?.[1]
    const said =
      attribute === undefined
        ? speaker.say(value, { row: of })
        : speaker.attributeWords(of, attribute)
    if (!speaker.isTruth(value)) return { rows, attribute: said }
    return {
      rows,
      attribute: english.whether(
        attribute === undefined ? said : english.isMarked(english.the(rows), said),
      ),
    }
  }
  const kind = speaker.kindCalled(of)
  const only = kind && onlyValue(kind)
  return { rows, ...(only !== undefined && { attribute: speaker.attributeWords(of, only) }) }
}

/** What is collected of each, where it is not its own value: “(the calls of a day less 100, but at least 0)”. */
function finerValue(value: string | undefined, speaker: Speaker): string | undefined {
  if (value === undefined) return undefined
  const said = speaker.say(value, { nested: true })
  return said.startsWith('(') || !said.includes(' ') ? said : `(${said})`
}

function measuredBy(kind: string, speaker: Speaker): string[] {
  const parties = recordedBy(kind, speaker)
  return parties ? [glossary.measuredBy(parties)] : []
}

/** Whose record of a kind of fact counts, where the offering says so. */
function recordedBy(kind: string, speaker: Speaker): string[] | undefined {
  const by = speaker.contract.words.facts?.[kind]?.['measured-by']
  if (by === undefined) return undefined
  return by === 'both'
    ? [speaker.party('provider'), speaker.party('consumer')]
    : [speaker.party(by)]
}

type Row = TableWords['rows'][number]

function tableProse(
  id: string,
  words: TableWords,
  speaker: Speaker,
): { text: string; lines: string[] } {
  const keys = words.by.map((key) => speaker.quantity(key))
  const isMoney =
    speaker.amounts.has(id) || speaker.contract.definitions.get(id)?.type().is === 'money'

  const results = speaker.results(words)
  const lines = words.rows.map((row, place) => {
    const then = results[place] ?? row.then
    return glossary.row(
      cells(row, keys, speaker),
      then === 'not-agreed' ? undefined : speaker.say(then, { money: isMoney, nested: false }),
    )
  })
  return {
    text: glossary.table(
      words.by.map((key, place) =>
        speaker.isTruth(key)
          ? english.whether(keys[place]?.words ?? '')
          : (keys[place]?.words ?? ''),
      ),
    ),
    lines,
  }
}

function cells(row: Row, keys: ReturnType<Speaker['quantity']>[], speaker: Speaker): string[] {
  const list = Array.isArray(row.when) ? row.when : [row.when]
  return list.map((cell, place) => {
    const key = keys[place]
    const value = (text: string | undefined) =>
      text === undefined ? undefined : speaker.say(text, { money: key?.money === true })
    if (typeof cell === 'string')
      return cell === 'any'
        ? glossary.any
        : key?.unit === undefined
          ? (value(cell)?.replace(/^the /, '') ?? cell)
          : `${value(cell) ?? cell} ${key.unit}`
    const moment = Object.values(cell).some(isMoment)
    const edge = (text: string | undefined) => {
      const said = text !== undefined && moment ? momentText(text) : value(text)
      const isBare = said !== undefined && /^[\d.,]+$/.test(said) && said !== '0'
      const { unit, words } = key ?? {}
      return isBare && unit !== undefined && words !== undefined && !english.saysUnit(words, unit)
        ? english.unit(said, unit)
        : said
    }
    return english.edge({
      from: edge(cell.from),
      above: edge(cell.above),
      below: edge(cell.below),
      upTo: edge(cell['up-to']),
      time: moment || key?.timeOfDay === true,
    })
  })
}

const isMoment = (text: string | undefined) => text !== undefined && /^\d{4}-\d\d-\d\d/.test(text)

/** A date, or a date and a time, as it is spoken. */
function momentText(text: string): string {
  const [date, time] = [text.slice(0, 10), text.slice(11)]
  return time === '' ? spokenDay(date) : `${spokenDay(date)}, ${time}`
}
