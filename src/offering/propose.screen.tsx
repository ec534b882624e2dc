import { useEffect, useState } from 'react'
import { ActionButton } from '../platform/web/button.tsx'
import type { Field } from '../platform/web/field-input.tsx'
import { Form, type FormValues } from '../platform/web/form.tsx'
import { useGo } from '../platform/web/frame.tsx'
import { Card, Go, Stack } from '../platform/web/layout.tsx'
import { useAnswer, useCommand } from '../platform/web/live.tsx'
import { Note } from '../platform/web/marks.tsx'
import { SentenceWithSlots } from '../platform/web/sentence.tsx'
import { Answered } from '../platform/web/waiting.tsx'
import { titleOf } from '../platform/web/words.ts'
import type { Endpoints } from '../slices.ts'
import type { OfferingShown } from './shown.ts'

type Of = { readonly of: OfferingShown }
type Named<Name> = Extract<Endpoints[number], { readonly name: Name }>

/** From the offering to an agreement: with whom, for whose use, from when until when, and what is agreed. */
export function Propose({ of }: Of) {
  const { relationships, propose } = of
  const [chosen, choose] = useState<string>()
  const relationship = chosen ?? relationships[0]?.id
  useBroughtIntoView('propose')
  if (propose.refused || relationship === undefined) return <CannotPropose of={of} />
  return (
    <Card title="Propose an agreement" anchor="propose">
      <Stack>
        <SentenceWithSlots
          label="With whom"
          says={`${of.title} with {whom}, as it is published.`}
          slots={{
            whom: {
              is: 'choice',
              label: 'With whom',
              value: relationship,
              choices: relationships.map(({ id, counterpart }) => ({
                value: id,
                title: counterpart.title,
              })),
              choose,
            },
          }}
        />
        <Within key={relationship} of={of} relationship={relationship} />
      </Stack>
    </Card>
  )
}

/** Who came for it, from the catalogue, arrives before it does. */
function useBroughtIntoView(anchor: string) {
  useEffect(() => {
    if (window.location.hash === `#${anchor}`) document.getElementById(anchor)?.scrollIntoView()
  }, [anchor])
}

/** The button stays where it is, with the reason. */
const CannotPropose = ({ of: { propose } }: Of) => (
  <Card title="Propose an agreement" anchor="propose">
    <Stack>
      <ActionButton press={() => undefined} look="main" allowance={propose}>
        Propose
      </ActionButton>
      {propose.refused?.name === 'sign_in_needed' && <Go to="/sign-in">Sign in</Go>}
    </Stack>
  </Card>
)

type WithinProps = Of & { readonly relationship: string }

function Within({ of, relationship }: WithinProps) {
  const asked = useAnswer<Named<'list_relationships'>>('list_relationships', { limit: 100 })
  const propose = useCommand<Named<'propose_agreement'>>('propose_agreement')
  const go = useGo()
  return (
    <Answered asked={asked}>
      {({ items }) => {
        const holders = items.find(({ id }) => id === relationship)?.holders ?? []
        const persons = holders
          .filter(({ side, role }) => side === 'consumer' && role === 'user')
          .map(({ person }) => person)
        const isProvider =
          of.relationships.find(({ id }) => id === relationship)?.counterpart.id !== of.provider.id
        const send = async (values: FormValues) => {
          const { id } = await propose.run({
            ...{ offering: of.id, version: of.version, relationship },
            ...{ from: values['from'] ?? '', until: values['until'] ?? '' },
            users: usersIn(values, of.users, persons),
            agreed: agreedIn(values, of),
          })
          await go(`/agreements/${id}`)
        }
        return (
          <>
            {of.users.length > 0 && persons.length === 0 && (
              <Note>Nobody holds the role of user in this relationship yet.</Note>
            )}
            <Form
              fields={fieldsOf(of, persons, isProvider ? undefined : of.provider.title)}
              values={usual(of, persons)}
              zone={of.zone}
              submit="Propose"
              send={send}
            />
          </>
        )
      }}
    </Answered>
  )
}

type Person = { readonly id: string; readonly title: string }

/** Who proposes to a provider is told which values only that provider can agree to. */
const fieldsOf = (
  of: OfferingShown,
  persons: readonly Person[],
  provider: string | undefined,
): readonly Field[] => [
  { name: 'from', title: 'From', type: 'instant', required: true },
  { name: 'until', title: 'Until', type: 'instant', required: true },
  ...of.users.flatMap((kind) =>
    persons.map((person) => ({
      ...{ name: userField(kind, person.id), type: 'truth' as const, required: false },
      title: `${person.title} as ${kind.replaceAll('_', ' ')}`,
    })),
  ),
  ...of.agreed.map(({ name, title, type, choices, default: known, needs_acceptance }) => ({
    ...{ name, title: titleOf(title), type: typeOf(type) },
    // What the offering knows by itself need not be said again.
    required: known === undefined,
    ...(choices && { choices }),
    ...(type === 'money' && { unit: of.currency }),
    ...(provider !== undefined &&
      needs_acceptance && {
        says:
          known === undefined
            ? `${provider} accepts the value first.`
            : `Another value than ${known} has to be accepted by ${provider} first.`,
      }),
  })),
]

const userField = (kind: string, person: string) => `${kind}:${person}`

const known = ['text', 'number', 'money', 'truth', 'choice', 'date', 'time', 'duration', 'instant']
const typeOf = (type: string): Field['type'] =>
  known.includes(type) ? (type as Field['type']) : 'text'

/** Where only one person can be meant, he is; what the offering says by itself stands in its field. */
const usual = (of: OfferingShown, persons: readonly Person[]): FormValues => ({
  ...Object.fromEntries(
    of.users.flatMap((kind) =>
      persons.map(({ id }) => [userField(kind, id), String(persons.length === 1)]),
    ),
  ),
  ...Object.fromEntries(
    of.agreed.flatMap(({ name, type, default: value }) =>
      value === undefined ? [] : [[name, type === 'truth' ? String(value === 'yes') : value]],
    ),
  ),
})

const usersIn = (values: FormValues, kinds: readonly string[], persons: readonly Person[]) =>
  Object.fromEntries(
    kinds.flatMap((kind) => {
      const chosen = persons.filter(({ id }) => values[userField(kind, id)] === 'true')
      return chosen.length === 0 ? [] : [[kind, chosen.map(({ id }) => id)]]
    }),
  )

/** Only what differs from the offering is agreed apart from it. */
const agreedIn = (values: FormValues, { agreed }: OfferingShown) =>
  Object.fromEntries(
    agreed.flatMap(({ name, type, default: usual }) => {
      const said = values[name]
      const value = type === 'truth' ? (said === 'true' ? 'yes' : 'no') : said
      return value === undefined || value === usual ? [] : [[name, value]]
    }),
  )
