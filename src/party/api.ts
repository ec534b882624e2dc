import type { Command } from '../platform/journal/command.ts'
import type { Event } from '../platform/journal/entry.ts'
import { refuseDocument } from './document.ts'
import type { Belonging } from './rules.ts'
import {
  type BelongingRow,
  belongingKind,
  legalEntityKind,
  organisationKind,
  personKind,
  targetGroupKind,
} from './store.ts'

type Organisation = {
  readonly organisation: string
  readonly persons: readonly string[]
  /** All that it belongs to: what is not named any more it leaves. Absent where nothing is said of it. */
  readonly belongings?: readonly Belonging[]
}

/** Names are kept beside the journal (`keepDetails`); here a party is an id. */
export const registerOrganisation: Command<Organisation> = {
  name: 'register_organisation',
  version: 1,
  streams: ({ organisation }) => [organisation],
  load: ({ organisation }) => [
    { kind: organisationKind, stream: organisation, id: organisation },
    { kind: personKind, stream: organisation },
    { kind: belongingKind, stream: organisation },
  ],
  decide: ({ organisation, persons, belongings }, facts) => {
    const known = facts.entities(personKind, organisation).map(({ id }) => id)
    const isKnown = facts.entity(organisationKind, organisation, organisation) !== undefined
    const joined = persons.filter((person) => !known.includes(person))
    const kept = facts.entities(belongingKind, organisation)
    const belonging = belongings ? belongingEvents(belongings, kept, facts.now) : []
    if (isKnown && joined.length + belonging.length === 0)
      return { refusal: refuseDocument('document_must_differ') }
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
            ...belonging,
          ],
          parties: { provider: organisation },
        },
      ],
    }
  },
}

/** Joined, or with other dates than before; and left today, where it is not named any more. */
function belongingEvents(
  belongings: readonly Belonging[],
  kept: readonly BelongingRow[],
  now: number,
): Event[] {
  const event = (type: string, entity: string, data: Event['data']): Event => ({
    ...{ type, v: 1, kind: belongingKind.name, entity, data },
  })
  const named = belongings.map(({ entity, from, until }) => ({
    id: from === undefined ? entity : `${entity}_${from}`,
    legal_entity_id: entity,
    ...(from !== undefined && { held_from: from }),
    ...(until !== undefined && { held_until: until }),
  }))
  const today = new Date(now).toISOString().slice(0, 10)
  const left = kept
    .filter(({ id }) => !named.some((one) => one.id === id))
    .map(({ id, held_from: from = today, held_until: until }) => {
      const ends = from > today ? from : today
      return { id, ends, isOver: until !== undefined && until <= ends }
    })
  return [
    ...named
      .filter(({ id, held_until }) => {
        const row = kept.find((one) => one.id === id)
        return row === undefined || row.held_until !== held_until
      })
      .map(({ id, ...data }) => event('legal_entity_joined', id, data)),
    ...left
      .filter(({ isOver }) => !isOver)
      .map(({ id, ends }) => event('legal_entity_left', id, { held_until: ends })),
  ]
}

/** Its name is kept beside the journal. It acts for nobody, so no party but itself sees the entry. */
export const registerLegalEntity: Command<{ readonly entity: string }> = {
  name: 'register_legal_entity',
  version: 1,
  streams: ({ entity }) => [entity],
  load: ({ entity }) => [{ kind: legalEntityKind, stream: entity, id: entity }],
  decide: ({ entity }, facts) => {
    if (facts.entity(legalEntityKind, entity, entity))
      return { refusal: refuseDocument('document_must_differ') }
    const { name: kind } = legalEntityKind
    return {
      answer: { id: entity },
      changes: [
        {
          stream: entity,
          events: [{ type: 'legal_entity_registered', v: 1, kind, entity, data: {} }],
          parties: { provider: entity },
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
