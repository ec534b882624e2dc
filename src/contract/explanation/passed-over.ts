import type { Answer } from '../answer/answer.ts'

/** Why facts did not count; of many the first three are told. */
export function passedOverTexts({ passedOver = [] }: Answer): string[] {
  const told = passedOver.slice(0, 3).map(({ fact, named, of }) => {
    const what = named?.replaceAll('_', ' ')
    return what === undefined
      ? `“${fact}” does not count: it is about no item of ${of}`
      : `“${fact}” does not count: it concerns ${what}, not ${of}`
  })
  const more = passedOver.length - told.length
  return more > 0 ? [...told, `and ${more} more`] : told
}
