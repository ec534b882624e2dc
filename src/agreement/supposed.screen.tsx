import type { FactShape } from '../contract/language/fact.ts'
import type { Side } from '../contract/language/words.ts'
import { a } from '../kernel/grammar.ts'
import type { ComponentShown, FactShown, ItemShown } from './doables.screen.tsx'
import type { Doable } from './doing.screen.tsx'
import { type AgreementPage, allowed } from './page.screen.tsx'
import type { AgreementShown, Field } from './shown.ts'
import { type Deed, deeds, spokenTag } from './words.ts'

/** A component, or one of its single things, that somebody could do something with. */
type Thing = {
  readonly id: string
  readonly title: string
  readonly tag?: string
  readonly component: ComponentShown
  readonly item?: ItemShown
  readonly fields: readonly Field[]
}

/** What could happen under an agreement: somebody does something with a thing, or one of the offering's own facts. */
export type Supposable = {
  readonly id: string
  readonly title: string
  readonly kind: string
  readonly by?: Side
  readonly shape: FactShape
  readonly things: readonly Thing[]
  readonly fields: readonly Field[]
  readonly deed?: Deed
  readonly fact?: FactShown
}

/** What is supposed: who, what, with which thing, when and with which words. */
export type Supposed = {
  readonly chosen: Supposable
  readonly thing: Thing | undefined
  readonly by: string | undefined
  /** Now, where it is left out. */
  readonly at: string | undefined
  readonly minutes: number | undefined
  readonly values: Readonly<Record<string, string>>
  readonly now: string
}

/** What no term names comes to nothing, whoever does it: it is not offered. */
export function supposables({ components, own_facts, ask }: AgreementShown): Supposable[] {
  const done = deeds.flatMap((deed): Supposable[] => {
    const { kind, says: title, by } = deed
    const things = ask.kinds.includes(kind) ? thingsFor(deed, components) : []
    const shape = kind === 'performed' ? 'interval' : 'event'
    return things.length === 0
      ? []
      : [{ ...{ id: kind, title, kind, by, shape, things, deed }, fields: [] }]
  })
  const own = own_facts.map((fact): Supposable => {
    const { kind, title, shape, fields } = fact
    return { ...{ id: kind, title: a(title), kind, shape, fields, fact }, things: [] }
  })
  return [...done, ...own]
}

const quantity: Field = { name: 'quantity', title: 'how much', type: 'number', required: false }

function thingsFor({ of, item, kind }: Deed, components: readonly ComponentShown[]): Thing[] {
  const fitting = components.filter((component) => component.kind === of)
  if (item)
    return fitting.flatMap((component) =>
      component.items
        .filter(({ custody, title }) =>
          kind === 'returned' ? custody === 'consumer' : title === 'provider',
        )
        .map((one) => ({
          ...{ id: one.id, title: component.title, tag: spokenTag(one.tag) },
          ...{ component, item: one, fields: [] },
        })),
    )
  return fitting
    .filter(({ serialised }) => !serialised)
    .map((component) => ({
      ...{ id: component.id, title: component.title, component },
      fields: kind === 'performed' ? component.fields : kind === 'used' ? [quantity] : [],
    }))
}

/** The button that makes what was supposed happen, where the viewer's side has one; off with its reason. */
export function recordingOf(page: AgreementPage, supposed: Supposed): Doable | undefined {
  const { chosen, thing, at, values } = supposed
  const { agreement } = page
  const when = at === undefined ? {} : { at }
  if (chosen.fact) {
    const { record, kind, title } = chosen.fact
    const to = chosen.shape === 'interval' ? endOf(supposed) : undefined
    return {
      ...{ command: 'record_fact', title: `Record the ${title}`, allowance: allowed(record, page) },
      input: () => ({
        ...{ agreement: agreement.id, kind, values: ownOf(values), ...when },
        ...(to !== undefined && { to }),
      }),
    }
  }
  const { deed } = chosen
  const own = [...(thing?.component.actions ?? []), ...(thing?.item?.actions ?? [])].find(
    ({ command }) => command === deed?.command,
  )
  return deed && thing && own
    ? recordingOfDeed(page, { deed, thing, when, supposed, allowance: allowed(own, page) })
    : undefined
}

type Recording = {
  readonly deed: Deed
  readonly thing: Thing
  readonly when: { readonly at?: string }
  readonly supposed: Supposed
  readonly allowance: Doable['allowance']
}

function recordingOfDeed({ agreement }: AgreementPage, recording: Recording): Doable | undefined {
  const { deed, thing, when, supposed, allowance } = recording
  const of = { agreement: agreement.id, component: thing.component.id, ...when }
  const who = agreement.parties.consumer.persons.find(({ id }) => id === supposed.by)?.title
  const subject = deed.by === 'consumer' ? (who ?? agreement.consumer.title) : ''
  const title =
    subject === '' ? 'Record that it was done' : `Record that ${subject} ${deed.says} it`
  const item = thing.item?.id ?? ''
  switch (deed.command) {
    case 'record_kept': {
      const how = deed.kind === 'missing' ? 'missing' : 'kept'
      return { command: 'record_kept', title, allowance, input: () => ({ ...of, item, how }) }
    }
    case 'take_back':
      return {
        ...{ command: 'take_back', title: 'Record that it was returned', allowance },
        input: () => ({ ...of, item }),
      }
    case 'place_order':
      return { command: 'place_order', title: 'Order it', allowance, input: () => of }
    case 'record_use': {
      const { quantity: much } = supposed.values
      const input = () => ({ ...of, ...(much !== undefined && { quantity: much }) })
      return { command: 'record_use', title, allowance, input }
    }
    case 'grant_access':
      return { command: 'grant_access', title: 'Grant it', allowance, input: () => of }
    case 'hand_over_good':
      return { command: 'hand_over_good', title: 'Hand it over', allowance, input: () => of }
    case 'perform_action':
      return workDone({ thing, supposed, allowance, agreement: agreement.id })
    default:
      return undefined
  }
}

/** Work is recorded once it is over; what still lies ahead can only be asked about. */
function workDone({
  thing,
  supposed,
  allowance,
  agreement,
}: Pick<Recording, 'thing' | 'supposed' | 'allowance'> & { agreement: string }):
  | Doable
  | undefined {
  const { at, now, values } = supposed
  const to = endOf(supposed)
  if (at === undefined || to === undefined || Date.parse(to) > Date.parse(now)) return undefined
  const of = { agreement, component: thing.component.id, from: at, to }
  const title = 'Record that it was done'
  return {
    ...{ command: 'perform_action', title, allowance },
    input: () => ({ ...of, values: ownOf(values) }),
  }
}

const endOf = ({ at, now, minutes }: Supposed) =>
  minutes === undefined
    ? undefined
    : new Date(Date.parse(at ?? now) + minutes * 60_000).toISOString()

const ownOf = ({ in_minutes: _, ...own }: Readonly<Record<string, string>>) => own
