import type { z } from 'zod'

type Issue = z.core.$ZodIssue

/** What would fit in the place of what was sent: in the words of its schema where it has its own, and never in a library's. */
export function misfitWords(issue: Issue, found: unknown): string {
  if (!/^(Invalid|Too (small|big)|Unrecognized)/.test(issue.message))
    return saidOf(issue.message, found)
  if (issue.code === 'invalid_type') return sentence(sortNamed(issue.expected), found)
  if (issue.code === 'invalid_value') return oneOf(issue.values.map(String))
  if (issue.code === 'too_small')
    return bounded(
      issue.origin,
      issue.minimum,
      issue.inclusive === false ? 'more than' : 'at least',
    )
  if (issue.code === 'too_big')
    return bounded(issue.origin, issue.maximum, issue.inclusive === false ? 'less than' : 'at most')
  if (issue.code === 'not_multiple_of') return `The number is a multiple of ${issue.divisor}.`
  const [inner] = issue.code === 'invalid_key' ? issue.issues : []
  return inner
    ? `The name of the field does not fit: ${misfitWords(inner, issue.path.at(-1))}`
    : `${spoken(found)} does not have the form that is declared.`
}

/** What says only what is wrong with it is said of it. */
const saidOf = (message: string, found: unknown) =>
  /^\p{Ll}/u.test(message) ? `${spoken(found)} ${message}` : message

const spoken = (found: unknown) =>
  typeof found === 'string' && found !== '' ? `“${found.slice(0, 60)}”` : capital(sortOf(found))

const sentence = (expected: string, found: unknown) =>
  `${capital(expected)} stands here, not ${sortOf(found)}.`

const sortNamed = (expected: string) => sorts[expected] ?? 'another value'

const sorts: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a list',
  object: 'an object',
  record: 'an object',
  null: 'null',
}

/** Of what JSON can hold. */
function sortOf(found: unknown): string {
  if (found === '') return 'an empty text'
  if (found === null) return 'null'
  if (typeof found === 'boolean' || typeof found === 'number') return String(found)
  return sortNamed(Array.isArray(found) ? 'array' : typeof found)
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

const oneOf = ([only = '', ...others]: readonly string[]) =>
  others.length === 0 ? `Say “${only}” here.` : `Say one of ${[only, ...others].join(', ')}.`

function bounded(origin: string, bound: number | bigint, how: string): string {
  if (['number', 'int', 'bigint'].includes(origin)) return `The number is ${how} ${bound}.`
  if (how === 'at least' && Number(bound) === 1) return 'Something has to stand here.'
  return `${capital(how)} ${bound} ${origin === 'string' ? 'letters' : 'things'} stand here.`
}
