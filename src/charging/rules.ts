import { local, type Period } from '../kernel/time.ts'

/** The months (`2026-05`) that a span touches, both ends included. */
export function monthsOf({ start, end }: Period, zone: string): string[] {
  const first = local(start, zone).toPlainDate().toPlainYearMonth()
  const last = local(Math.max(start, end), zone).toPlainDate().toPlainYearMonth()
  const months: string[] = []
  for (
    let month = first;
    Temporal.PlainYearMonth.compare(month, last) <= 0;
    month = month.add({ months: 1 })
  )
    months.push(month.toString())
  return months
}
