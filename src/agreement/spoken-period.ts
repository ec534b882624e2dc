/** “12–15 May 2026”. A period that ends at midnight ends with the day before, as its clause says it. */
export function spokenPeriod(
  {
    valid_from: from,
    valid_until: until,
  }: { readonly valid_from: string; readonly valid_until: string },
  zone: string,
): string {
  const format = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: zone })
  const clock = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium', timeZone: zone })
  const end = Date.parse(until)
  const isMidnight = clock.format(end) === '00:00:00'
  return format.formatRange(Date.parse(from), isMidnight ? end - 1 : end)
}
