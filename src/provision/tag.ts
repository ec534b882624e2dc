import type { SoFar } from '../agreement/contract.ts'
import type { AgreementRow } from '../agreement/store.ts'
import { type Refusal, refuser } from '../kernel/refusal.ts'
import { personId } from '../party/terms.ts'
import { firstGiven } from './rules.ts'
import type { ItemRow } from './store.ts'

export const tagRefusals = {
  item_unknown: 'There is no such item, or it is none of yours.',
  agreement_must_be_the_things:
    'Say the agreement that it is out under or came back from last, and none where there is none.',
  tag_must_differ: 'That is its tag.',
  tag_must_be_free: 'Another thing has this tag.',
  tag_must_not_name_another: 'This names a component, a kind of user or a person already.',
} as const
const refuseTag = refuser(tagRefusals)
type RefusalName = keyof typeof tagRefusals

/** A thing, what is known of the tag that was meant for it, and the agreement that was said. */
export type Correcting = {
  readonly row: ItemRow | undefined
  readonly tag: string
  /** What has that tag, or had it by mistake. */
  readonly other: ItemRow | undefined
  readonly provider: string
  readonly under?: SoFar & { readonly row: AgreementRow }
}

type Check = readonly [RefusalName, pointer: string, isWrong: (correcting: Correcting) => boolean]

/** What refuses that a tag is corrected, in the order in which it is checked. */
const checks: readonly Check[] = [
  [
    'item_unknown',
    '/item',
    ({ row, provider }) => !row || row.provider_id !== provider || isCorrected(row),
  ],
  [
    'agreement_must_be_the_things',
    '/agreement',
    ({ row, under }) => row !== undefined && answersTo(row) !== under?.row.id,
  ],
  ['tag_must_differ', '/tag', ({ row, tag }) => row?.tag === tag],
  ['tag_must_be_free', '/tag', ({ other }) => other !== undefined && !isCorrected(other)],
  [
    'tag_must_not_name_another',
    '/tag',
    ({ under, tag }) => under !== undefined && names(under, tag),
  ],
]

export function correctionRefused(correcting: Correcting): Refusal | undefined {
  const found = checks.find(([, , isWrong]) => isWrong(correcting))
  return found && refuseTag(found[0], found[1])
}

/** The row of a wrong tag: no thing has it. */
export const isCorrected = ({ corrected_to }: Pick<ItemRow, 'corrected_to'>) =>
  corrected_to !== undefined

/** The agreement that speaks of a thing: it is out under it, or came back from it last. */
const answersTo = ({
  agreement_id: agreement,
  returned_from: before,
}: Pick<ItemRow, 'agreement_id' | 'returned_from'>): string | undefined => agreement ?? before

/** Whether a tag means something else under an agreement already: then two would be called alike. What was only said binds nothing. */
function names(under: NonNullable<Correcting['under']>, tag: string): boolean {
  return namesElse(under, tag) || firstGiven(under, tag) !== undefined
}

/** A component, a kind of user or a person. */
export function namesElse(
  { agreement, row }: SoFar & { readonly row: Pick<AgreementRow, 'users'> },
  tag: string,
): boolean {
  const known = [
    ...agreement.revisions.flatMap(({ contract: { components, words } }) => [
      ...components.keys(),
      ...(words.users ?? []),
    ]),
    ...Object.values(row.users).flat(),
  ]
  return tag.startsWith(personId('')) || known.includes(tag) || known.includes(personId(tag))
}

/** What an offering gives names to, beside components and users. */
const sections = [
  ...(['facts', 'events', 'agreed', 'calendars', 'periods', 'prices', 'structures'] as const),
  ...(['measures', 'tables', 'terms'] as const),
]

/** Whether a name that a sender would give means something under the agreement already: what is declared, or a thing that was given. */
export const meansElse = (
  under: SoFar & { readonly row: Pick<AgreementRow, 'users'> },
  name: string,
): boolean =>
  namesElse(under, name) ||
  firstGiven(under, name) !== undefined ||
  under.agreement.revisions.some(
    ({ contract: { factKinds, words } }) =>
      factKinds.has(name) || sections.some((one) => Object.hasOwn(words[one] ?? {}, name)),
  )
