import { z } from 'zod'
import { DeadlineBy, Ends, orBy } from './deadline.ts'
import { forms, words } from './map.ts'
import { ChargeWords, CreditWords, TotalWords } from './posting.ts'
import {
  Beginning,
  ClockName,
  ComponentName,
  EventName,
  Expression,
  Name,
  oneOrMany,
  Side,
  Sides,
  Text,
} from './words.ts'

/** What makes a service fit for use: agreed conditions in each of these. Source: ITIL 4, warranty. */
export const warrantyAreas = ['availability', 'capacity', 'security', 'continuity'] as const
export type WarrantyArea = (typeof warrantyAreas)[number]

export const TargetWords = words(
  {
    who: Side.optional().describe(
      'whose promise it is; without it, the provider’s in a target, and a duty with a deadline or an option is refused',
    ),
    of: ComponentName.optional().describe(
      'a component: events of other components do not concern it, while a measure that it reads counts whatever its `where` says; without it, events of all',
    ),
    start: Beginning.optional().describe(
      'what starts it: a kind of fact, a transition, or `pay.missed`; `agreement`; or a period such as `month`, each that begins while the agreement runs; without it, a level, which says `measure`',
    ),
    when: Expression.optional().describe(
      'a condition, read where it starts: without its being so nothing is due; without it, each start begins one',
    ),
    stop: EventName.optional().describe(
      'the recorded event that ends it, about the same subject; where it is what starts it, the next one, with which the time begins anew; without it, it is only a date (`by`)',
    ),
    'lifted-by': EventName.optional().describe(
      'an event about the same subject that lifts it, such as a withdrawal: where it comes at or after the start, in time and before it is done, nothing is due any more, and it is neither kept nor missed; not what starts or stops it; without it, nothing does',
    ),
    within: Expression.optional().describe(
      'the length: `2 hours`, a name, a table, `days(21)`; its last instant is in time; without it, say `by`',
    ),
    by: DeadlineBy.optional().describe(
      'a fixed date instead of a length; without it, say `within`',
    ),
    clock: ClockName.optional().describe(
      'a calendar whose open hours count, or `always`; or a table or agreed value whose values are names of calendars; without it, minutes, hours and business days are refused',
    ),
    pauses: words(
      {
        facts: oneOrMany(Name).describe(
          'kinds of interval, and duties: while one stands unmet, the time stands still; of a length, `within` or `after-it` an instant: a date stands',
        ),
        counted: z
          .enum(['in-hours', 'around-the-clock'])
          .describe(
            'how a pause moves the deadline, whether it is counted in hours or in days. `in-hours`: the time stands still as far as the pause falls into the hours of the clock, and goes on in them; `around-the-clock`: the deadline is later by as long as the pause lasted, elapsed, and may fall outside those hours',
          ),
        where: Expression.optional().describe(
          'a condition on each of them, which reads what the interval says, or what started the duty; without it, all of them',
        ),
        'at-most': Expression.optional().describe(
          'a length: together the pauses move the deadline by no more than this, counted as they are; `in-hours` in minutes or hours; without it, by all of them',
        ),
      },
      'Such as “pauses: { facts: on_hold, counted: in-hours }”.',
    )
      .optional()
      .describe('what moves the deadline; without it, nothing does'),
    ends: Ends.optional().describe(
      'whether a number of days is up at the time of day at which it began (`at-the-hour`) or with its last day; without it, `ends` of the policies; of neither, days, weeks, months and years are refused; beside minutes and hours, which are up to the minute, it is refused',
    ),
    'evaluated-by': Sides.optional().describe(
      'who measures whether it was kept, printed; without it, nothing is said, unless the facts say `measured-by`',
    ),
    measure: Name.optional().describe(
      'a level instead of a deadline: the measure that has to keep to the bounds; without it, a deadline',
    ),
    'at-least': Expression.optional().describe(
      'of a level: the least, itself included; without it, no lower bound',
    ),
    'at-most': Expression.optional().describe(
      'of a level: the most, itself included; without it, no upper bound',
    ),
    per: Text.optional().describe(
      'of a level: the period in each of which it has to hold; without it, a level is refused',
    ),
    warrants: oneOrMany(z.enum(warrantyAreas))
      .optional()
      .describe(
        'of the provider’s promise: the areas of warranty, one or a list, in which it is an agreed condition, as `fit: use` asks; without it, none',
      ),
    'risk-accepted': Text.optional().describe(
      'of a level `at-least` that is measured `through` a structure: who takes the risk of promising more than its parts promise together, and why, printed; without it, such a level is refused',
    ),
    'paired-by': Name.optional().describe(
      'the attribute that start, stop and pauses share; without it, they are about the same subject',
    ),
    concerning: Expression.optional().describe(
      'what the stop names of the start that it is for, which it may then come before. Where a period starts it: a date or instant in that period. Where an event does: a date or instant on its day, of a stop about the same subject, or a text that is its subject; without it, the first stop at or after the start, about the same subject, and of a period whatever it is about',
    ),
  },
  'A deadline says with “start” what begins it, and with “when” under which condition, such as from a date on.',
)
export type TargetWords = z.infer<typeof TargetWords>

export const TransitionWords = words({
  of: ComponentName.describe(
    'a component, or `agreement`, which ends once: a later event ends it only if it ends it sooner',
  ),
  on: oneOrMany(EventName).describe('one or several kinds of event'),
  when: Expression.optional().describe('a condition; without it, always'),
  'takes-effect': words({
    within: Expression.optional().describe('so long after the event; without it, say `by`'),
    ...orBy,
  })
    .optional()
    .describe('when it counts from; without it, from the event on'),
  title: Side.optional().describe('who owns it from then on; without it, that does not change'),
  custody: Side.optional().describe('who holds it from then on; without it, that does not change'),
  right: z
    .enum(['given', 'suspended', 'restored', 'ended'])
    .optional()
    .describe(
      'what becomes of the right of use: `suspended` lasts until `restored`, `ended` is final; of the agreement only `ended`; without it, that does not change',
    ),
})
export type TransitionWords = z.infer<typeof TransitionWords>

export const LimitWords = words({
  of: ComponentName.describe('a component'),
  measure: Expression.describe(
    'a name or formula, read for the instant asked about: a measure of facts says its `per`',
  ),
  'at-most': Expression.optional().describe(
    'the most, itself included; without it, no upper bound',
  ),
  'at-least': Expression.optional().describe(
    'the least, itself included; without it, no lower bound',
  ),
  on: EventName.optional().describe(
    'a kind of use: the use asked for counts already, as the last of its instant; without it, only what has happened does',
  ),
  'if-exceeded': z
    .enum(['refuse', 'warn'])
    .describe('`refuse`: `may` answers no; `warn`: it answers yes, with a warning'),
})
export type LimitWords = z.infer<typeof LimitWords>

const TextWords = words({
  says: Text.describe('the clause, as it is printed; no machine reads it'),
})

const termShared = {
  title: Text.optional().describe('its heading; without it, its id in words'),
  says: Text.optional().describe(
    'your explanation, printed beside the generated sentence; without it, none',
  ),
  survives: z
    .literal('end')
    .optional()
    .describe(
      '`end`: it also speaks of what happens after the end of the agreement, and with it, such as a fee `each` time a transition ends it, and what it reads then counts what comes later: for it `per: agreement` goes on; for a charge or credit `each`, a deadline, a transition or a clause in words: what is due or measured for a period ends with the agreement. What happened before its start no clause speaks of; without it, only of what happens while it runs',
    ),
}
const kinds = {
  charge: ChargeWords.describe('the consumer pays (or `payer` does): what, when and how much'),
  credit: CreditWords.describe('the provider gives back: for what, when and how much'),
  total: TotalWords.describe('a sum that is read and never billed'),
  target: TargetWords.describe('the provider’s promise: a deadline, or a level in each period'),
  duty: TargetWords.describe('what the side under `who` has to do, in the same words'),
  option: TargetWords.describe(
    'what the side under `who` may do until when, and need not do, in the same words',
  ),
  transition: TransitionWords.describe(
    'what an event changes: title, custody or right, or the end of the agreement',
  ),
  limit: LimitWords.describe(
    'whether something may be used, as long as a measure keeps to its bounds',
  ),
  text: TextWords.describe('a clause in words alone: numbered, citable, removable'),
}
export type TermKind = keyof typeof kinds
export const termKinds = Object.keys(kinds) as readonly TermKind[]

type TermForm = {
  [Kind in TermKind]: z.ZodObject<Pick<typeof kinds, Kind> & typeof termShared, z.core.$strict>
}[TermKind]
export const TermWords = forms(
  termKinds.map((kind) => words({ [kind]: kinds[kind], ...termShared }) as TermForm),
)
export type TermWords = z.infer<typeof TermWords>

const agreedBy = {
  because: Text.optional().describe('the reason, printed beside the clause; without it, none'),
  by: Text.optional().describe('who agreed to it; without it, nobody is named'),
}
/** Tailoring, negotiation and amendment are one thing: a change to one clause of the base, beside it, never stacked. */
export const Deviation = z.union([
  words({
    clause: Name.describe(
      'a term, measure, table, named price, calendar, named period, slot or component',
    ),
    path: Text.describe('where in it, such as `charge.rate` or `rows[when: day].then`'),
    to: Text.describe('the new value'),
    ...agreedBy,
  }),
  words({
    clause: Name.describe('the term that is taken out'),
    remove: z.literal('yes').describe('`yes`: the whole term is not agreed'),
    ...agreedBy,
  }),
  words({
    clause: Name.describe('the id of the new term'),
    add: TermWords.describe('the new term'),
    ...agreedBy,
  }),
])
export type Deviation = z.infer<typeof Deviation>
