import type { Instant } from '../../kernel/time.ts'
import {
  type Compiling,
  lazily,
  type Measure,
  type Told,
  unitOf,
  unknownName,
} from '../compiling.ts'
import { demandCompiled, demandPeriod, turnsOfCompiled, turnsOfNames } from '../demand.ts'
import { derive, leaf, roundedBy } from '../derivation.ts'
import type { Path } from '../document/fault.ts'
import { checkPairedBy, paired } from '../fact/alike.ts'
import { inOrder } from '../fact/fact.ts'
import { compileExpression } from '../formula/expression.ts'
import { happened, instantLeaf, isEvent, termOf } from '../happening.ts'
import type { MeasureWords } from '../language/measure.ts'
import { turning } from '../period/order.ts'
import { inOwnPeriod, restsOnSubject } from '../period/own-period.ts'
import { periodRule } from '../period/rule.ts'
import { withoutPeriod } from '../period/window.ts'
import type { Happening } from '../scope.ts'
import { answeredFor } from '../term/deadline/promised.ts'
import { type Type, truth, typeText } from '../type.ts'
import { unknown } from '../value.ts'
import { aggregateMeasure } from './aggregate.ts'
import { betweenMeasure } from './between.ts'
import { timeMeasure } from './duration.ts'
import { forecastMeasure } from './forecast.ts'
import { intervalMeasure, ofInterval } from './interval.ts'
import { monthsMeasure } from './months.ts'
import { openMeasure } from './open.ts'
import { previousMeasure } from './previous.ts'
import { scaleMeasure } from './scale.ts'
import { splitMeasure } from './split.ts'

/** Compiles one measure. `reads` names what it rests on, for finding circles. */
export function compileMeasure(name: string, words: MeasureWords, compiling: Compiling): Measure {
  const path = ['measures', name]
  const told = { name, path }
  if ('per' in words && words.per === ofInterval && !('previous' in words)) {
    const { per: _interval, ...own } = words
    const isFormula = 'formula' in words || 'scale' in words
    const measure = compileMeasure(name, own, compiling)
    return intervalMeasure(name, measure, { names: compiling.names, isFormula })
  }
  if ('formula' in words) return formulaMeasure(words, compiling, told)
  if ('previous' in words) return previousMeasure(words, compiling, told)
  if ('open' in words) return openMeasure(words, compiling, told)
  if ('since' in words) return sinceMeasure(words, compiling, path)
  if ('met' in words) return metMeasure(words, compiling, path)
  if ('time' in words) return named(name, timeMeasure(words, compiling, told))
  if ('between' in words) return named(name, betweenMeasure(words, compiling, told))
  if ('months' in words) return named(name, monthsMeasure(words, compiling, told))
  if ('forecast' in words) return named(name, forecastMeasure(words, compiling, path))
  if ('split' in words) return named(name, splitMeasure(words, compiling, told))
  if ('scale' in words) return named(name, scaleMeasure(words, compiling, told))
  return aggregateMeasure(words, compiling, told)
}

/** A value that no fact names is explained by the name of its measure. */
const named = (name: string, measure: Measure): Measure => ({
  ...measure,
  evaluate: (scope) => ({ ...measure.evaluate(scope), name }),
})

type Words<Key extends string> = Extract<MeasureWords, Record<Key, unknown>>

function formulaMeasure(words: Words<'formula'>, compiling: Compiling, told: Told): Measure {
  const { name, path } = told
  const { names, faults } = compiling
  const per = periodRule(words.per, compiling, [...path, 'per'])
  const { rounded, unit } = words
  const formula = lazily(() => {
    const place = { path: [...path, 'formula'], name, unit }
    const made = compileExpression(words.formula, compiling, place)
    return unit === undefined
      ? made
      : { ...made, type: inUnit(unit, made.type, { faults, path: [...path, 'unit'] }) }
  })
  const isOfSubject = lazily(() =>
    restsOnSubject((place, report) => demandCompiled([formula()], place, names, report), per),
  )
  return {
    type: () => formula().type,
    ...(per && { per }),
    reads: () => formula().reads.map((read) => read.name),
    turns: lazily(() => {
      const [own, rests] = [turning(per), turnsOfCompiled([formula()], names)]
      return own && rests && [...own, ...rests]
    }),
    evaluate: (scope) => {
      const inner = inOwnPeriod(per, scope, isOfSubject)
      if (!inner) return withoutPeriod(per, scope)
      const { type } = formula()
      const value = { ...formula().evaluate(inner), ...unitOf(type) }
      return roundedBy(rounded, value, unitOf(type))
    },
    demand: (place, report) => {
      const inner = demandPeriod(per, place, report, name)
      demandCompiled([formula()], inner, names, report)
    },
  }
}

/** A number in the unit that its author names, unless it has another already. */
function inUnit(
  unit: string,
  type: Type,
  { faults, path }: Pick<Compiling, 'faults'> & { path: Path },
): Type {
  if (type.is === 'any') return type
  if (type.is === 'money')
    faults.add(
      'types_do_not_fit',
      path,
      'This is an amount of money, which has the currency for its unit. What an amount is divided by to give a number is an amount, too: of a table of bare numbers { scale: { amount: the_table } } makes one.',
    )
  else if (type.is !== 'number' && type.is !== 'written')
    faults.add('types_do_not_fit', path, `A unit is one of a number; this is ${typeText(type)}.`)
  else if (type.is === 'number' && type.unit === unit)
    faults.add('word_without_effect', path, `It is ${typeText(type)} already.`)
  else if (type.is === 'number' && type.unit !== undefined && !type.made)
    faults.add(
      'units_do_not_fit',
      path,
      `It is ${typeText(type)}, which is not ${unit}. What turns the one into the other is a constant with a unit of its own, such as { formula: 600, unit: ${unit} per ${type.unit} }: multiply or divide by its name.`,
    )
  return { is: 'number', unit }
}

/** Time since the last earlier event of the same subject. */
function sinceMeasure(words: Words<'since'>, compiling: Compiling, path: Path): Measure {
  const { names, zone } = compiling
  if (!isEvent(words.since, names))
    unknownName(words.since, compiling, { path: [...path, 'since'], sorts: ['event'] })
  checkPairedBy(words['paired-by'], [words.since], compiling, [...path, 'paired-by'])
  return {
    type: () => ({ is: 'number', unit: words.in }),
    reads: () => [termOf(words.since)],
    turns: lazily(() => {
      const rests = turnsOfNames([words.since], names)
      return rests && [...rests, { is: 'instant' }]
    }),
    evaluate: (scope) => {
      const { event } = scope
      const until = event ? instantLeaf(event) : leaf(scope.at)
      const earlier = paired(
        scope.asking.happenings(words.since),
        event,
        words['paired-by'],
      ).filter((one) => one.fact !== event?.fact && isEarlier(one, event, scope.at))
      const last = derive('last-until', [{ as: 'until', is: until }, ...earlier.map(happened)])
      return derive(
        'elapsed',
        [
          { as: words.since, is: last },
          { as: 'until', is: until },
        ],
        { unit: words.in, zone },
        { unit: words.in },
      )
    },
    demand: (place, report) => {
      if (place.events.length === 0)
        report(
          'event_not_at_hand',
          `“since ${words.since}” is about the subject of an event; no event is at hand.`,
        )
    },
  }
}

/** Equal instants go by when they were recorded, then by id. */
const isEarlier = (one: Happening, event: Happening | undefined, at: Instant) =>
  one.at < at || (one.at === at && (!event || inOrder(one.fact, event.fact) < 0))

function metMeasure(words: Words<'met'>, compiling: Compiling, path: Path): Measure {
  const { sort, endings = [] } = compiling.names.find(words.met) ?? {}
  if (sort !== 'promise')
    unknownName(words.met, compiling, { path: [...path, 'met'], sorts: ['promise'] })
  else if (endings.length === 0)
    compiling.faults.add(
      'types_do_not_fit',
      [...path, 'met'],
      `“${words.met}” is a level: it is kept or not in each of its periods, and of no event. In a formula or a condition of a period its name alone says whether it is, when: "!${words.met}".`,
    )
  return {
    type: () => truth,
    reads: () => [words.met],
    evaluate: ({ asking, event }) =>
      answeredFor(asking.promises(words.met), event, 'met') ?? leaf(unknown(words.met)),
    demand: (place, report) => {
      if (place.events.length === 0)
        report(
          'event_not_at_hand',
          `Whether “${words.met}” was met is asked of an event; no event is at hand.`,
        )
    },
  }
}
