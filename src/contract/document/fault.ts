/** What is wrong with a document, so that its author can mend it: a name, where, and words that say how. */
export type Fault = {
  readonly name: FaultName
  /** JSON pointer into the document. */
  readonly pointer: string
  readonly words: string
  readonly file?: string
  readonly line?: number
  readonly column?: number
  /** Set where the pointer is into the agreement that fills the offering in, not into the offering. */
  readonly of?: 'agreement'
}

/** Every fault there is, by name, with what it means; the language reference lists them. */
export const faultNames = {
  file_unreadable: 'The file cannot be read.',
  file_too_large: 'A document is at most 2 MB.',
  yaml_broken: 'The text is not YAML.',
  nested_too_deep:
    'Lists and maps stand in each other at most 40 deep, and names rest on each other at most 60.',
  name_doubled: 'The same name stands twice.',
  document_kind_unknown: 'A document says what it is with `kind:`.',
  language_version_unknown: 'The language version is not one that this program reads.',
  word_unknown: 'A word that the language does not have here; a typing error is never ignored.',
  word_missing: 'A word that has to be said is not there.',
  value_misshapen: 'A value does not have the form that stands here.',
  words_exclude_each_other: 'Two words that cannot stand together.',
  number_not_exact: 'A number is an exact decimal of at most forty digits.',
  name_misshapen: 'A name is lower_case_with_underscores.',
  name_reserved: 'The name means something to the language already.',
  name_unknown: 'Nothing has this name.',
  names_in_a_circle: 'A name rests on itself.',
  fact_undeclared: 'A kind of fact that is neither standard nor declared.',
  attribute_undeclared: 'The kind of fact has no such attribute.',
  user_undeclared: 'The offering has no such kind of user.',
  choice_unknown: 'A word that is not among the words of a choice.',
  formula_broken: 'A formula that cannot be read.',
  formula_cut_by_yaml: 'A formula that YAML cut short: quote it.',
  types_do_not_fit: 'Two types that cannot stand together.',
  units_do_not_fit: 'Two units that cannot stand together.',
  currency_mixed: 'A contract has one currency.',
  period_unknown: 'A period that the language does not have.',
  period_needed: 'A measure read for an event has to say its period.',
  period_too_fine: 'A finer measure is read through another that says what to make of its values.',
  period_too_long: 'A charge of a longer period cannot be read in a shorter one.',
  periods_do_not_fit: 'What is read is of periods that overlap with those of what reads it.',
  event_not_at_hand: 'A formula reads an event that is not at hand there.',
  value_out_of_range:
    'A number that makes no sense where it stands: a step of nothing, a limit below zero.',
  bounds_misordered: 'The least is more than the most.',
  bands_overlap: 'Two bands hold the same value.',
  bands_leave_a_gap: 'A value between the bands belongs to none.',
  tiers_misordered: 'Tiers rise, and the last has no edge.',
  row_unreachable: 'An earlier row already takes everything.',
  combination_missing: 'A combination of values has no row.',
  policy_unsaid: 'Two published answers exist: the contract says which.',
  price_unsaid: 'A charge says its price, and says it once.',
  base_unsaid: 'A share needs a base.',
  word_without_effect: 'A word that changes nothing where it stands.',
  kind_unsaid: 'A component is exactly one of a good, an access or an action.',
  law_of_kind_broken: 'The kind of the component does not allow this.',
  target_unmeasured: 'A level rests on what somebody records, and says whose record counts.',
  promise_unwarranted:
    'A level above what the parts of its structure promise together is a risk that somebody accepts.',
  parts_shared_too_often:
    'So many parts of a structure stand in several places that what it promises cannot be worked out.',
  stop_unsaid: 'A target has a stop that somebody records, or is only a date.',
  deviation_finds_nothing: 'A deviation names something that is not in the offering.',
  deviation_doubled: 'Two deviations change the same place; deviations do not stack.',
  deviation_changes_the_form: 'A deviation changes a value, or adds or removes a whole term.',
  agreed_value_missing: 'An open slot has neither a value nor a default.',
  agreed_value_not_allowed: 'An agreed value is not among those allowed.',
  offering_unavailable: 'An agreement is made while its offering is available.',
  start_doubled: 'A second start about the same subject before the stop of the first.',
  component_unsaid: 'A fact that several components read says which it concerns.',
  period_misordered: 'A period ends after it starts.',
  question_refused: 'A question of a case that cannot be answered, whatever is expected of it.',
  product_component_unknown:
    'A component is a component of a product that the service is based on.',
  reference_unknown: 'A document names another that is not there.',
  publication_incomplete:
    'An offering is published only with service, product and resource behind it.',
  person_without_role: 'A person acts only in a role of the relationship.',
} as const
export type FaultName = keyof typeof faultNames

/** A path into a document: keys and places. */
export type Path = readonly (string | number)[]

export function pointerOf(path: Path): string {
  return path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

/** Faults are collected, not thrown: an author wants all of them at once. */
export class Faults {
  readonly list: Fault[] = []

  add(name: FaultName, path: Path, words: string, of?: 'agreement'): void {
    const fault = { name, pointer: pointerOf(path), words, ...(of && { of }) }
    if (!this.list.some(sameAs(fault))) this.list.push(fault)
  }

  get none(): boolean {
    return this.list.length === 0
  }
}

/** Whether two are one, which is told once. */
export const sameAs = (fault: Fault) => (other: Fault) =>
  other.name === fault.name && other.pointer === fault.pointer && other.words === fault.words

/** The known word nearest to a misspelt one, for "did you mean"; undefined when none is near. */
export function nearestWord(word: string, known: Iterable<string>): string | undefined {
  let best: string | undefined
  const changed = Math.max(word.length > 3 ? 2 : 1, Math.floor(word.length / 3))
  // With all of its letters changed any word is near.
  let bestDistance = Math.min(changed, word.length - 1) + 1
  for (const candidate of known) {
    const distance = editDistance(word, candidate, bestDistance)
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance]
  }
  return best
}

/** ` Did you mean “paid”?`, or nothing. */
export function didYouMean(word: string, known: Iterable<string>): string {
  const near = nearestWord(word, known)
  return near === undefined || near === word ? '' : ` Did you mean “${near}”?`
}

function editDistance(left: string, right: string, atMost: number): number {
  if (Math.abs(left.length - right.length) >= atMost) return atMost
  let row = Array.from({ length: right.length + 1 }, (_, at) => at)
  for (let i = 1; i <= left.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= right.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (left[i - 1] === right[j - 1] ? 0 : 1)
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[right.length] ?? atMost
}
