import type { Command } from '../platform/journal/command.ts'
import type { Event } from '../platform/journal/entry.ts'
import { refuseDocument } from './document.ts'
import { organisationKind, personKind, targetGroupKind } from './store.ts'

type Organisation = { readonly organisation: string; readonly persons: readonly string[] }

/** Names are kept beside the journal (`keepDetails`); here a party is an id. */
export const registerOrganisation: Command<Organisation> = {
  name: 'register_organisation',
  version: 1,
  streams: ({ organisation }) => [organisation],
  load: ({ organisation }) => [
    { kind: organisationKind, stream: organisation, id: organisation },
    { kind: personKind, stream: organisation },
  ],
  decide: ({ organisation, persons }, facts) => {
    const known = facts.entities(personKind, organisation).map(({ id }) => id)
    const isKnown = facts.entity(organisationKind, organisation, organisation) !== undefined
    const joined = persons.filter((person) => !known.includes(person))
    if (isKnown && joined.length === 0) return { refusal: refuseDocument('document_must_differ') }
    const event = (type: string, kind: string, entity: string): Event => ({
      ...{ type, v: 1, kind, entity, data: {} },
    })
    return {
      answer: { id: organisation },
      changes: [
        {
          stream: organisation,
          events: [
            ...(isKnown
              ? []
              : [event('organisation_registered', organisationKind.name, organisation)]),
            ...joined.map((person) => event('person_joined', personKind.name, person)),
          ],
          parties: { provider: organisation },
        },
      ],
    }
  },
}

type TargetGroup = {
  readonly group: string
  readonly title: string
  readonly says?: string
  readonly provider: string
}

export const defineTargetGroup: Command<TargetGroup> = {
  name: 'define_target_group',
  version: 1,
  streams: ({ group }) => [group],
  load: ({ group }) => [{ kind: targetGroupKind, stream: group, id: group }],
  decide: ({ group, provider, ...data }, facts) => {
    const known = facts.entity(targetGroupKind, group, group)
    if (known && known.provider_id !== provider)
      return { refusal: refuseDocument('document_must_be_the_providers', '/group') }
    if (known?.title === data.title && known.says === data.says)
      return { refusal: refuseDocument('document_must_differ') }
    return {
      answer: { id: group },
      changes: [
        {
          stream: group,
          events: [
            {
              ...{ type: 'target_group_defined', v: 1, kind: targetGroupKind.name, entity: group },
              data,
            },
          ],
          parties: { provider },
        },
      ],
    }
  },
}
