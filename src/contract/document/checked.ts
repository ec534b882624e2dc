import type { z } from 'zod'
import { at, type Plain } from './document.ts'
import { didYouMean, type Fault, type Faults, type Path } from './fault.ts'

/** Checks data against a schema and says what is wrong in the language's own names. */
export function checked<Schema extends z.ZodType>(
  schema: Schema,
  data: Plain,
  faults: Faults,
  under: Path = [],
): z.infer<Schema> | undefined {
  const result = schema.safeParse(data)
  if (result.success) return result.data
  for (const issue of result.error.issues) reportIssue(issue, [], { data, faults, under })
  return undefined
}

type Issue = z.core.$ZodIssue
type Report = { data: Plain; faults: Faults; under: Path }

function reportIssue(issue: Issue, above: Path, report: Report): void {
  const path = [...above, ...(issue.path as Path)]
  const found = at(report.data, path)
  const place = [...report.under, ...path]
  const { faults } = report
  if (issue.code === 'unrecognized_keys') {
    for (const key of issue.keys) reportUnknownWord(key, [...place, key], { issue, found, faults })
  } else if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const strange = unknownEverywhere(issue.errors)
    for (const key of strange) reportUnknownWord(key, [...place, key], { issue, found, faults })
    if (strange.length > 0) return
    const openings = wordsThatBegin(issue.errors, found)
    if (openings.length > 1) {
      faults.add('word_missing', place, `Say one of ${wordsListed(openings)} here.`)
      return
    }
    for (const inner of nearestBranches(issue.errors, found)[0] ?? [])
      reportIssue(inner, path, report)
  } else if (found === undefined) {
    const word = String(path.at(-1))
    faults.add(
      'word_missing',
      place.slice(0, -1),
      `Say “${word}:” here.${isPlainHint(issue.message)}`,
    )
  } else {
    const [name, words] = misshapen(issue, found)
    faults.add(name, place, words)
  }
}

function reportUnknownWord(
  key: string,
  place: Path,
  { issue, found, faults }: { issue: Issue; found: Plain | undefined; faults: Faults },
): void {
  if (/[(),?]|&&|\|\|/.test(key)) {
    faults.add(
      'formula_cut_by_yaml',
      place,
      `YAML cut a formula before “${key}”. Put the whole formula in quotes.`,
    )
    return
  }
  if (/^\d+(\.\d*)?$/.test(key)) {
    const isOfThousands = /^\d{3}(\.|$)/.test(key)
    const thousands = isOfThousands ? ', and thousands without a comma, such as 1000.00' : ''
    const words = `“${key}” stands alone: YAML ended the value before it at a comma. Write decimals with a point, such as 5.00${thousands}.`
    faults.add('word_unknown', place, words)
    return
  }
  const known = wordsAt(issue, found)
  const hint =
    besideKind(key, place) ||
    elsewhere(key, known) ||
    didYouMean(key, known) ||
    unknownHint(issue, found)
  faults.add('word_unknown', place, `“${key}” is not a word that may stand here.${hint}`)
}

/** What every term may say stands beside its kind. */
function besideKind(key: string, place: Path): string {
  const [terms, , kind] = place.slice(-4)
  return terms === 'terms' && ofEveryTerm.includes(key)
    ? ` It stands beside “${kind}:”, not in it.`
    : ''
}

const ofEveryTerm = ['title', 'says', 'survives']

/** What another map calls by this word: a charge is due “every” month, a credit “per” month. */
function elsewhere(key: string, known: readonly string[]): string {
  const words = Object.hasOwn(sayings, key) ? sayings[key] : undefined
  const word = words?.find((one) => known.includes(one))
  if (word !== undefined) return ` Here “${word}:” says it.`
  return Object.hasOwn(otherForms, key) ? ` ${otherForms[key]}` : ''
}

/** A word that belongs to another form, which says what was meant by it here. */
const otherForms: Readonly<Record<string, string>> = {
  through:
    'Time is measured through a structure: { time: outage, through: …, in: stretches } is how often it was down, “in: minutes” with “take: longest” how long at a time.',
}

const sayings: Readonly<Record<string, readonly string[]>> = {
  every: ['per'],
  per: ['every'],
  each: ['on', 'fact', 'stop'],
  on: ['each', 'start'],
  measure: ['of', 'if'],
  component: ['pays-for', 'of'],
  'pays-for': ['of'],
  if: ['when', 'where'],
  when: ['if', 'where'],
  where: ['when', 'if'],
  maximum: ['at-most'],
  minimum: ['at-least'],
  'at-most': ['maximum'],
  'at-least': ['minimum'],
  price: ['amount'],
  percentage: ['share'],
  name: ['title', 'id'],
  days: ['hours'],
  calendar: ['clock'],
  clock: ['calendar'],
}

/** The words that may stand in the map; of one of several forms those of the forms that may be meant. */
function wordsAt(issue: Issue, found: Plain | undefined): readonly string[] {
  if (issue.code === 'unrecognized_keys')
    return (issue as { known?: readonly string[] }).known ?? []
  if (issue.code !== 'invalid_union') return []
  return nearestBranches(issue.errors, found).flatMap((branch) =>
    branch.flatMap((one) => (one.path.length === 0 ? wordsAt(one, found) : [])),
  )
}

/** Where a map says what else belongs elsewhere, or could be one of several forms. */
function unknownHint(issue: Issue, found: Plain | undefined): string {
  if (issue.code === 'invalid_union') {
    const openings = wordsThatBegin(issue.errors, found)
    return openings.length > 1 ? ` Say one of ${wordsListed(openings)} here.` : ''
  }
  const { message } = issue
  if (!message.startsWith('Unrecognized') && !message.startsWith('Invalid')) return ` ${message}`
  const free = wordsAt(issue, found).filter((word) => at(found, [word]) === undefined)
  const isShort = free.length > 1 && free.length <= wordsListedMax
  return isShort ? ` Say one of ${wordsListed(free)} here.` : ''
}

/** A list that is longer than a line helps nobody to find the word that he meant. */
const wordsListedMax = 6

const wordsListed = (words: readonly string[]) => words.map((word) => `“${word}:”`).join(', ')

function misshapen(issue: Issue, found: Plain): [Fault['name'], string] {
  const written =
    typeof found === 'string'
      ? `“${found.slice(0, 60)}”`
      : Array.isArray(found)
        ? 'a list'
        : 'a map'
  const own =
    issue.code === 'custom'
      ? (issue.params as { name?: Fault['name'] } | undefined)?.name
      : undefined
  if (own) return [own, `${written} ${issue.message}`]
  if (issue.code === 'invalid_value') return ['value_misshapen', notChosen(issue, found, written)]
  if (issue.code === 'invalid_type')
    return [
      'value_misshapen',
      `A ${issue.expected === 'object' || issue.expected === 'record' ? 'map' : issue.expected === 'array' ? 'list' : 'text'} stands here, not ${written}.${isPlainHint(issue.message)}`,
    ]
  if (issue.code === 'too_small')
    return [
      'value_misshapen',
      `Something has to stand here${typeof found === 'object' ? ': the list or map is empty' : '; a word that is not needed is left out'}.`,
    ]
  if (issue.code === 'too_big')
    return [
      'value_misshapen',
      `At most ${String(issue.maximum)} ${issue.origin === 'string' ? 'letters' : 'things'} stand here.`,
    ]
  if (issue.code === 'invalid_key') return misshapenKey(issue)
  return ['value_misshapen', `${written} does not fit here: ${issue.message}`]
}

function notChosen(
  { values }: Extract<Issue, { code: 'invalid_value' }>,
  found: Plain,
  written: string,
): string {
  const [only, ...others] = values.map(String)
  if (others.length === 0) return `${written} does not stand here: say “${only}”.`
  const hint = typeof found === 'string' ? didYouMean(found, values.map(String)) : ''
  return `${written} is none of ${values.join(', ')}.${hint}`
}

/** A key of a map that is not among the author’s own names says itself what stands there. */
function misshapenKey({
  path,
  issues,
}: Extract<Issue, { code: 'invalid_key' }>): [Fault['name'], string] {
  const own = issues.find((one) => one.code === 'custom')
  const name = (own?.params as { name?: Fault['name'] } | undefined)?.name
  return own && name === 'value_misshapen'
    ? [name, `“${String(path.at(-1))}” ${own.message}`]
    : ['name_misshapen', 'A name is lower_case_with_underscores, at most 60 letters.']
}

const isPlainHint = (message: string) => (message.startsWith('Invalid') ? '' : ` ${message}`)

/** Words that none of the forms has: they are what is wrong, whichever form was meant. */
function unknownEverywhere(branches: readonly (readonly Issue[])[]): string[] {
  const unknown = branches.map((issues) =>
    issues.flatMap((issue) =>
      issue.code === 'unrecognized_keys' && issue.path.length === 0 ? issue.keys : [],
    ),
  )
  return (unknown[0] ?? []).filter((key) => unknown.every((keys) => keys.includes(key)))
}

/** What a map is said to be by its first word, of each form that it could still be: the author has said none of them. */
function wordsThatBegin(
  branches: readonly (readonly Issue[])[],
  found: Plain | undefined,
): string[] {
  if (typeof found !== 'object' || Array.isArray(found)) return []
  const isMissing = ({ path }: Issue) => path.length === 1 && at(found, path as Path) === undefined
  const strange = unknownEverywhere(branches)
  const open = branches
    .map((issues) => issues.filter((issue) => !isOnly(strange, issue)))
    .filter((issues) => issues.every(isMissing))
  return [...new Set(open.flatMap(([first]) => (first ? [String(first.path[0])] : [])))]
}

const isOnly = (strange: readonly string[], issue: Issue) =>
  issue.code === 'unrecognized_keys' && issue.keys.every((key) => strange.includes(key))

/** Of several forms those that the author may have meant: fewest words missing, then fewest unknown. */
function nearestBranches(
  branches: readonly (readonly Issue[])[],
  found: Plain | undefined,
): readonly (readonly Issue[])[] {
  const cost = (issue: Issue): number => {
    // A map where a word stands, or the other way round, is another form altogether.
    const isOtherForm = issue.code === 'invalid_value' && typeof found === 'object'
    if ((issue.code === 'invalid_type' || isOtherForm) && issue.path.length === 0) return 1000
    // A strange word within what its first word says is nearer than a strange first word.
    if (issue.code === 'unrecognized_keys') return issue.path.length === 0 ? 6 : 3
    if (issue.code === 'invalid_union' && issue.path.length === 0 && issue.errors.length > 0)
      return Math.min(...issue.errors.map(total))
    return at(found, issue.path as Path) === undefined ? 10 : 1
  }
  const total = (issues: readonly Issue[]): number =>
    issues.reduce((sum, issue) => sum + cost(issue), 0)
  const totals = branches.map(total)
  return branches.filter((_, place) => totals[place] === Math.min(...totals))
}
