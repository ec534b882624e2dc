import type { ChangeMethod, OnEnd } from '../language/period-policies.ts'
import { type EachSlot, eachText, onePeriod } from './english-phrases.ts'

/** How often a charge is due, what is taken off, and what becomes of a period that is cut. */
export const charges = {
  trueUp: (sum: string, amount: string) => `what is missing from ${sum} to ${amount}`,
  cumulative: (each: EachSlot) =>
    `In ${eachText(each)} all quantities are priced together: each time the price of all so far is due, less the price of all before, both rounded.`,
  /** A limit that each subject has for itself. */
  eachAlike: (each: string, attribute = 'subject') =>
    `${each} about the same ${attribute.replaceAll('_', ' ')}`,
  /** What is limited in a time that is no period: any of that length, or one that the first of them begins. */
  ofLength: {
    past: (length: string) => `any ${length}`,
    opened: (length: string) => `the ${length} from the first of them on`,
  },
  anew: 'The next one after that time begins it anew.',
  limitTimes: (times: string, each: string) =>
    times === '0'
      ? `In ${each} none of them is due.`
      : times === '1'
        ? `Only the first of ${each} is due; one that costs nothing is not counted.`
        : `Only the first ${times} of ${each} are due; those that cost nothing are not counted.`,
  limitAmount: (amount: string, each: string, credited: boolean) =>
    `Together no more than ${amount} is due in ${each}; what goes beyond it is not ${credited ? 'credited' : 'charged'}.`,
  creditable: (clause: string) =>
    `Together the credits on ${clause} never exceed it; those billed first are given first.`,
  creditableShare: (share: string) =>
    `All credits on it together are at most ${share} of it; those billed first are given first.`,
  limitBoth: (times: string, amount: string, each: string) =>
    times === '0'
      ? `In ${each} none of them is due.`
      : `Only the first ${times} of ${each} are due, and together no more than ${amount}; those that cost nothing are not counted.`,
  discounts: (
    what: string,
    discounts: readonly { off: string; title: string; condition?: string }[],
  ) => {
    const said = discounts.map(
      ({ off, title, condition }) =>
        `${off} (${title})${condition === undefined ? '' : `, if ${condition}`}`,
    )
    const [only, ...more] = said
    if (more.length === 0)
      return `${what} is reduced by ${only}${/^\S+% /.test(only ?? '') ? '' : ', but not below zero'}.`
    return `${what} is reduced in turn, each time from what is left and not below zero: ${said.map((words, place) => `(${String.fromCharCode(97 + place)}) by ${words}`).join('; ')}.`
  },
  partOfTrueUp: 'It is a part of the amount that is to be reached.',
  priceOfDay: 'The price of a day is',
  changeDayOfOld: 'The day on which the price changes is one of the old price.',
  dayOfBeginningLeft: 'The day in the course of which it begins is not counted.',
  dayOfEndLeft: 'The day in the course of which it ends is not counted.',
  thirtyDays: 'For this every month has 30 days; its 31st counts as its 30th.',
  /** A change of the price within a period, and which changes are meant. */
  changes: (
    each: EachSlot,
    ways:
      | { readonly all: ChangeMethod }
      | { readonly dearer: ChangeMethod; readonly other: ChangeMethod },
  ) => {
    if ('all' in ways) return changeSentence('When the price changes within', each, ways.all)
    return [
      changeSentence('When the price rises within', each, ways.dearer),
      changeSentence('When it changes otherwise within', each, ways.other),
    ].join(' ')
  },
  /** One word of a change or an end by itself. */
  wayOfChanging: (word: string) =>
    ({
      'credit-unused': '“what is unused of the old price is credited”',
      'credit-in-full': '“all that was charged is credited”',
      keep: '“nothing of the old price is credited”',
      prorated: '“the new price is charged for the rest of the period”',
      'in-full': '“the new price is charged in full”',
      'next-period': '“the new price counts from the next period on”',
    })[word],
  ended: (each: EachSlot, old: OnEnd['old']) =>
    `When the agreement is ended within ${onePeriod(each)}, ${
      {
        'credit-unused': 'what is charged for the days after its end is credited then',
        'credit-in-full': `all that was charged for that ${unit(each)} is credited then`,
        keep: `nothing of that ${unit(each)} is credited`,
      }[old]
    }.`,
} as const

function changeSentence(when: string, each: EachSlot, way: ChangeMethod): string {
  const within = `${when} ${onePeriod(each)}`
  if (way === 'next-period')
    return `${within}, the new price counts from the next ${unit(each)} on.`
  const old = {
    'credit-unused': `the old price is credited for the rest of that ${unit(each)}`,
    'credit-in-full': `all that was charged for that ${unit(each)} is credited`,
    keep: 'nothing of the old price is credited',
  }[way.old]
  const renewed = {
    prorated: 'the new price is charged for its rest',
    'in-full': 'the new price is charged in full',
  }[way.new]
  return `${within}, ${old} and ${renewed}, both at the change.`
}

const unit = ({ noun }: EachSlot) => noun.split(' ')[0] ?? ''
