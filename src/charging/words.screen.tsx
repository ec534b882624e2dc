import type { Endpoints } from '../slices.ts'

export type Named<Name> = Extract<Endpoints[number], { readonly name: Name }>

/** What is no amount, in words: which facts an amount waits for, its line says. */
export const unpricedWords = (amount: string): string =>
  amount.startsWith('unknown') ? 'not known yet' : amount.replaceAll('-', ' ')

/** `2026-05` → `May 2026`; other periods are said as they are written. */
export const monthWords = (period: string): string =>
  /^\d{4}-\d\d$/.test(period)
    ? new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
        new Date(`${period}-01T00:00:00Z`),
      )
    : period
