import { z } from 'zod'
import { Exact } from '../../kernel/exact.ts'
import { Rounding } from './fact.ts'
import { forms, named, words } from './map.ts'
import { ScaleWords } from './price.ts'
import {
  EventName,
  Expression,
  edges,
  Name,
  oneOrMany,
  percentOf,
  Same,
  StepRounding,
  Text,
  Title,
  WholeNumber,
} from './words.ts'

/** Measures: what a name reads out of the facts. Only they read facts beyond the event at hand. */
const Unit = z.enum(['seconds', 'minutes', 'hours', 'days'])
const rounded = Rounding.optional().describe('how its value is rounded; without it, it is exact')
const pairedBy = Name.optional().describe(
  'with `about: same`, the attribute that they share; without it, their subject',
)
const measureShared = {
  title: Title,
  per: Text.optional().describe(
    'its own period; `this`: the interval at hand, from its beginning to its end; without it, that of the term that reads it, and it cannot be read for an event',
  ),
  rounded,
}
const selected = {
  ...measureShared,
  where: Expression.optional().describe(
    'which rows; names are those of the row: attributes of the fact, or the finer measure and what can be read in its period; without it, all',
  ),
  value: Expression.optional().describe(
    'what of each, but not beside `count`; without it, the only attribute that is a number, or the finer measure itself',
  ),
  about: Same.optional().describe(
    '`same`: only facts, or lines of a charge, of the subject at hand; without it, all, of a measure `per: since …` those of its subject and what names none',
  ),
  highest: WholeNumber.optional().describe(
    'of `sum`, `average` and `min`: only so many of the highest values count, all where there are fewer: `min` with `highest: 5` is the fifth highest, `average` the mean of the five; without it, every value counts',
  ),
  lowest: WholeNumber.optional().describe(
    'of `sum`, `average` and `max`: only so many of the lowest values count, all where there are fewer; without it, every value counts',
  ),
  missing: Text.optional().describe(
    'what it is without facts: a value, `unknown` or `leave-out` (an aggregate over it passes over that period); without it, 0 for `count`, `sum`, `unique` and `longest-run`, otherwise unknown',
  ),
  'paired-by': pairedBy,
  'for-each': Text.optional().describe(
    'of a measure with `about: same`: a kind of fact, and its value for each subject that the period has is a row; or an attribute of it, `drive.plate`, and each of its values is, where the measure is `paired-by` that; of a measure of no subject, or told apart otherwise, it is refused; without it, the rows are its periods',
  ),
  'as-of': z
    .enum(['period-start', 'period-end'])
    .optional()
    .describe(
      'of a state: one row for each subject, the value that holds when the period, as far as the agreement runs, begins or ends; without it, the value that the period begins with and each change in it',
    ),
}
const aggregateForms = [
  'count',
  'sum',
  'min',
  'max',
  'average',
  'first',
  'last',
  'unique',
  'percentile',
  'longest-run',
] as const
export type AggregateForm = (typeof aggregateForms)[number]
const aggregateMeanings = {
  count: 'how many rows',
  sum: 'their values, added',
  min: 'the smallest value',
  max: 'the largest value',
  average: 'their sum ÷ their number',
  first: 'the value of the first, in the order of time',
  last: 'the value of the last, in the order of time',
  unique: 'how many different values',
}
const aggregateMeasures = Object.entries(aggregateMeanings).map(([word, meaning]) =>
  words({ [word]: EventName.describe(meaning), ...selected }),
)
const { value: _value, ...counted } = selected

const Rank = z
  .string()
  .refine(isRank, {
    error: 'is no rank: write a percentage above 0% and up to 100%, such as 95%.',
    params: { name: 'value_misshapen' },
  })
  .transform((text) => Exact.of(text.slice(0, -1)).over(Exact.whole(100)))
  .meta({ title: 'Percentage' })

function isRank(text: string): boolean {
  const rank = percentOf(text)
  return rank !== undefined && !rank.isZero && rank.compare(Exact.whole(100)) <= 0
}

const TimeMeasure = words({
  time: Name.describe(
    'a kind of interval or state, a duty (the time it stood unmet), `period`, `agreement` or `this`',
  ),
  in: z
    .enum([...Unit.options, 'stretches'])
    .describe(
      'the unit of the value; `stretches`: in how many separate stretches that time lies, a bare number, where one that crosses the turn of a period lies in both',
    ),
  take: z
    .literal('longest')
    .optional()
    .describe('`longest`: the longest stretch alone; without it, all of them added up'),
  ...measureShared,
  where: Expression.optional().describe(
    'which intervals or states; names are those of the row; without it, all',
  ),
  about: Same.optional().describe(
    '`same`: only facts of the subject at hand, and of what `except` takes out with them what names none; `period`, `agreement` and `this` are one whole, so that it stands there beside `except` alone; without it, all, of a measure `per: since …` those of its subject and what names none',
  ),
  'paired-by': pairedBy,
  calendar: Name.optional().describe('only its open hours count; without it, all hours'),
  weight: Expression.optional().describe(
    'a number over the row: each interval counts so many times, and what overlaps is not united (the minutes of each user); without it, what overlaps counts once',
  ),
  through: Name.optional().describe(
    'a structure: the time in which it was down, from the intervals of its parts; one that names no part stops all of them; without it, that of any interval',
  ),
  except: words({
    facts: oneOrMany(Name).describe('kinds of interval or state, or duties while they stood unmet'),
    where: Expression.optional().describe(
      'which of them; names are those of what is taken out alone, and of several kinds those of a name under `events` that stands for all of them; without it, all',
    ),
  })
    .optional()
    .describe('what is taken out; without it, nothing'),
  each: words({
    'longer-than': Text.optional().describe(
      'a length: stretches that are not longer do not count, where one that `except` or the calendar cuts is as long as what is left of it; without it, all do',
    ),
    rounded: StepRounding.optional().describe(
      'how the length of each stretch is rounded to `to`; without it, it is exact',
    ),
    to: Text.optional().describe(
      'the step of that rounding, a length such as `1 minute`; without it, there is none',
    ),
  })
    .optional()
    .describe('what is done with each stretch before they are added; without it, nothing'),
  missing: Text.optional().describe(
    'what it is where nothing of the kind is on file for the period: a number in its unit, or `unknown`; what `where` sets aside is on file; without it, 0',
  ),
})

const ScaleMeasure = words({
  scale: z
    .union([Name, ScaleWords])
    .describe('what a price function gives, without posting it: a named price, or its words here'),
  measure: Expression.optional().describe(
    'the quantity, where a named price leaves it open; without it, 1',
  ),
  of: oneOrMany(Name)
    .optional()
    .describe('what a named price is a share of; without it, the price stands alone'),
  ...measureShared,
})

const SplitMeasure = words(
  {
    split: words({
      of: Expression.describe('the amount to be shared'),
      among: named(Expression)
        .optional()
        .describe(
          'a weight for each share; percentages have to add up to 100%; without it, say `evenly`',
        ),
      evenly: z
        .array(Name)
        .min(1)
        .optional()
        .describe('the shares, all of the same weight; without it, say `among`'),
      remainder: z
        .enum(['largest', 'first'])
        .describe(
          'which shares take what rounding leaves, so that they add up to the whole, one step each: only those that rounding moved the other way, so that each is less than a step from its exact value. `largest`: the larger first, of equal ones as written; `first`: as written. Where a step is left over (100.00 among three) it is given, where rounding made one too many (73.01 between two, 36.505 each) it is taken: 36.50 and 36.51',
        ),
    }).describe('shares, read by path: `shared.a`'),
    title: Title,
    rounded: Rounding.optional().describe(
      'the step of a share; without it, as `rounding` of the offering says',
    ),
  },
  'A split is of the period of what it divides: it has no period, and no facts, of its own.',
)

export const MeasureWords = forms([
  ...aggregateMeasures,
  words({
    percentile: EventName.describe('the value that so large a share of all values does not exceed'),
    rank: Rank.describe(
      'n values are put in order, the highest n × (1 − rank), rounded down, are dropped, and the next highest is it',
    ),
    ...selected,
  }),
  words({
    'longest-run': EventName.describe('the most rows in a row, in the order of time'),
    ...counted,
    where: Expression.describe('what has to hold of each row of the run'),
  }),
  TimeMeasure,
  words({
    formula: Expression.describe(
      'a formula over other names: conditions and ratios; amounts are for terms',
    ),
    unit: Text.optional().describe(
      'the unit of what comes out, printed and checked: units may be multiplied and divided (`volts * amperes` in W), and a plain number is given one; without it, that of the formula, in which units are only added, compared and divided by themselves',
    ),
    ...measureShared,
  }),
  words({
    previous: Name.describe(
      'a measure, which may be the one that reads this: the only circle that is allowed; one with `about: same` is that of the subject of the event at hand',
    ),
    per: Text.describe('the period before the one in which it is read'),
    initially: Text.describe(
      'what it is before the agreement: a number, an agreed value, or `unknown`',
    ),
    title: Title,
  }),
  words({
    open: Name.describe('a calendar: whether it was open at the event at hand'),
    at: Expression.optional().describe(
      'an instant that is agreed or that the event says, such as `booked.departs`; without it, that of the event itself',
    ),
    title: Title,
  }),
  words({
    since: EventName.describe(
      'a kind of fact, or a term that makes events: the time since the last one before the event at hand, about the same subject',
    ),
    in: Unit.describe('the unit of the value'),
    title: Title,
    'paired-by': Name.optional().describe(
      'the attribute that both share; without it, they are about the same subject',
    ),
  }),
  words({
    between: z
      .tuple([Expression, Expression])
      .describe(
        'two dates or instants: names or attributes; a date is its beginning; 0 where the second comes first',
      ),
    in: z
      .enum([...Unit.options, 'months', 'years'])
      .describe(
        'the unit of the value; `months` and `years` are those completed, counted on the calendar from the first',
      ),
    calendar: Name.optional().describe('only its open hours count; without it, all hours'),
    title: Title,
    rounded,
  }),
  words({
    met: Name.describe(
      'a target or duty with a deadline: whether it was kept, for the event at hand',
    ),
    title: Title,
  }),
  words({
    months: z
      .enum(['completed', 'remaining'])
      .describe(
        'months that are over or left at the event at hand, the start of the period, or the instant',
      ),
    from: Expression.optional().describe(
      'the date or instant from which they are counted: a name, or an attribute; without it, the start of the agreement',
    ),
    until: Expression.optional().describe(
      'the date or instant up to which they are counted; without it, the agreed end of the agreement',
    ),
    parts: z
      .enum(['whole', 'daily'])
      .describe(
        '`daily` adds the days of an unfinished month ÷ the days that it has. The day inside which it is asked is not completed and not left either: it is used, as `prorate: { by: days }` charges it, so that what is left counts from the next midnight',
      ),
    title: Title,
  }),
  words({
    forecast: Name.describe(
      'a structure: the share of time that its parts promise together, taken to fail independently',
    ),
    title: Title,
    rounded,
  }),
  SplitMeasure,
  ScaleMeasure,
])
export type MeasureWords = z.infer<typeof MeasureWords>

/** What collects rows, whichever of the forms. */
export type AggregateWords = Extract<MeasureWords, { 'as-of'?: unknown }> & {
  readonly value?: string | undefined
}

/** Which of the forms a measure has that has none of the others, and what it collects. */
export function aggregateIn(measure: MeasureWords): {
  readonly form: AggregateForm
  readonly of: string
  readonly words: AggregateWords
} {
  const form = aggregateForms.find((word) => word in measure) ?? 'count'
  const of = String((measure as Readonly<Record<string, unknown>>)[form])
  return { form, of, words: measure as AggregateWords }
}

const RowRange = words(edges(Text))
const RowPattern = z.union([Text, RowRange])
export const TableWords = words({
  by: oneOrMany(z.string().min(1)).describe('what decides: one or more names or formulas'),
  title: Title,
  rows: z
    .array(
      words({
        when: z
          .union([Text, RowRange, z.array(RowPattern).min(1)])
          .describe(
            'a value, a range (of numbers, or of dates or instants where the column is one) or `any`; a list of them where `by` names several',
          ),
        then: Expression.describe(
          'a value, a formula, or `not-agreed`; where every row gives a word that names nothing, these are the words of a choice',
        ),
      }),
    )
    .min(1)
    .describe('the first row that fits decides'),
})
export type TableWords = z.infer<typeof TableWords>
