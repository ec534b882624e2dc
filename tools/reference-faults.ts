import { type FaultName, faultNames } from '../src/contract/document/fault.ts'
import { mistakesOf } from './reference-mistakes.ts'

/** What no example of the language can show: a file as such, and documents that name each other. */
const elsewhere: Partial<Record<FaultName, string>> = {
  file_unreadable: '`tessera check offer.yml`, where the file is called `offer.yaml`',
  file_too_large: 'a log of 5 MB as a list of facts: several documents hold it',
  nested_too_deep: '`[[[[…]]]]`, forty-one lists in each other',
  document_kind_unknown: '`kind: organization`; it is `organisation`',
  currency_mixed:
    'a revision over an offering in `currency: USD` of an agreement that began in `EUR`',
  product_component_unknown:
    'an offering says `of: city_room.single_room`, and the product `city_room` has no `single_room`',
  reference_unknown: '`offering: city_nap` in an agreement, and no document has that `id`',
  publication_incomplete: 'an offering that is published without `target-groups`',
  person_without_role:
    '`users: { guest: [ ben_ito ] }`, and the relationship gives `ben_ito` no role',
}

/** The text of docs/reference/faults.md: each fault with an example of what raises it. */
export function faultsText(): string {
  const rows = Object.entries(faultNames).map(
    ([name, means]) => `| \`${name}\` | ${means} | ${faultExample(name as FaultName) ?? ''} |`,
  )
  return `# Faults\n\nWhat \`tessera check\` may say, with file, line and pointer; and what raises it. [The language](language.md) shows each example in its place, with the words that are said.\n\n| fault | what it means | such as |\n|---|---|---|\n${rows.join('\n')}\n`
}

/** A mistake that some example of the language shows first for it, or at all; else what is said of it here. */
export function faultExample(name: FaultName): string | undefined {
  const all = mistakesOf()
  const found =
    all.find(({ faults }) => faults[0] === name) ?? all.find(({ faults }) => faults.includes(name))
  if (!found) return elsewhere[name]
  const { write, insteadOf } = found
  return write.trim() === ''
    ? `without ${code(insteadOf)}`
    : `${code(write)} instead of ${code(insteadOf)}`
}

const code = (text: string) =>
  `\`${text
    .trim()
    .replaceAll(/\s*\n\s*/g, ' ⏎ ')
    .replaceAll('|', '\\|')}\``
