import { leaf } from '../derivation.ts'
import type { Definition, Evaluate, Place, Report } from '../scope.ts'
import { unknown } from '../value.ts'

const read: Readonly<Record<string, Evaluate>> = {
  agreed_on: ({ asking: { frame } }) =>
    frame.agreedOn === undefined
      ? leaf(unknown('the day of the agreement'))
      : dateLeaf(frame.agreedOn, frame.zone),
  agreement_start: ({ asking }) => dateLeaf(asking.frame.agreed.start, asking.frame.zone),
  agreement_end: ({ asking }) => dateLeaf(asking.frame.agreed.end, asking.frame.zone),
  period_start: ({ asking, period }) =>
    period ? dateLeaf(period.start, asking.frame.zone) : leaf(unknown('a period')),
  period_end: ({ asking, period }) =>
    period ? dateLeaf(period.end, asking.frame.zone) : leaf(unknown('a period')),
}

const dateLeaf = (instant: number, zone: string) =>
  leaf(Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone).toPlainDate())

/** Dates that every formula may read. */
export const dates: readonly Definition[] = Object.entries(read).map(([name, evaluate]) => ({
  name,
  sort: 'always',
  title: name.replaceAll('_', ' '),
  type: () => ({ is: 'date' }),
  evaluate,
  demand: (place, report) => demandDate(name, place, report),
}))

/** The dates of a period are read where one is at hand. */
function demandDate(name: string, { period }: Place, report: Report): void {
  if (!name.startsWith('period_')) return
  if (period?.is === 'interval')
    report(
      'period_needed',
      `“${name}” is a date, and an interval begins and ends at an instant: its length is { time: this, in: … }.`,
    )
  if (period) return
  report(
    'period_needed',
    `“${name}” is a date of the period at hand, and none is at hand here: give it one through a measure, { formula: ${name}, per: month }.`,
  )
}
