import type { Field } from '../platform/web/field-input.tsx'
import type { FormValues } from '../platform/web/form.tsx'
import type { Doable } from './doing.screen.tsx'
import { WillFollow } from './followed.screen.tsx'
import { type AgreementPage, allowed } from './page.screen.tsx'
import type { AgreementShown } from './shown.ts'
import { capital, followsFrom, spokenTag, titleOfCommand } from './words.ts'

export type ComponentShown = AgreementShown['components'][number]
export type ItemShown = ComponentShown['items'][number]
export type OrderShown = AgreementShown['orders'][number]
export type FactShown = AgreementShown['own_facts'][number]

const when: Field = {
  ...{ name: 'at', title: 'When', type: 'instant', required: false },
  says: 'Now, where it is left empty.',
}
const atOf = ({ at }: FormValues) => (at === undefined ? {} : { at })

/** The offering's own fields, as a form asks for them. */
const ownFields = (fields: ComponentShown['fields']): Field[] =>
  fields.map((field) => ({ ...field, title: capital(field.title) }))

const valuesOf = (fields: ComponentShown['fields'], said: FormValues) =>
  Object.fromEntries(
    fields.flatMap(({ name, type }) => {
      const value = said[name]
      if (value === undefined) return []
      return [[name, type === 'truth' ? (truthWords[value] ?? value) : value]]
    }),
  )

/** A box is ticked or not; the language of contracts says yes or no. */
const truthWords: Readonly<Record<string, string>> = { true: 'yes', false: 'no' }

/** What may be done with a component, without one of its single things being meant. */
export function componentDoables(page: AgreementPage, component: ComponentShown): Doable[] {
  return component.actions.flatMap((own): Doable[] => {
    const { agreement } = page
    const of = { agreement: agreement.id, component: component.id }
    const allowance = allowed(own, page)
    const titled = <Name extends Doable['command']>(command: Name) => ({
      ...{ command, allowance, title: titleOfCommand(command, agreement.side) },
      ...followsFrom(command),
    })
    switch (own.command) {
      case 'hand_over_good':
        return [{ ...titled('hand_over_good'), ...thingOf(component, of) }]
      case 'grant_access':
        return [{ ...titled('grant_access'), ...thingOf(component, of) }]
      case 'end_access':
        return [{ ...titled('end_access'), input: () => of }]
      case 'confirm_receipt':
        return [{ ...titled('confirm_receipt'), input: () => of }]
      case 'record_kept':
        return keptDoables(page, { allowance, of, about: component.id })
      case 'take_back':
        return [{ ...titled('take_back'), input: () => of }]
      case 'record_use':
        return [{ ...titled('record_use'), ...usedOf(of) }]
      case 'place_order':
        return [{ ...titled('place_order'), ...orderOf(of) }]
      case 'perform_action':
        return [{ ...titled('perform_action'), ...workOf(component, of) }]
      default:
        return []
    }
  })
}

type Of = { readonly agreement: string; readonly component: string }

type Keeping = {
  readonly allowance: Doable['allowance']
  readonly of: Of & { readonly item?: string }
  readonly about: string
}

/** It is the same to the agreement whether something is kept or nobody knows where it is; to people it is not. */
function keptDoables({ agreement }: AgreementPage, { allowance, of, about }: Keeping): Doable[] {
  const command = 'record_kept'
  const kept = (title: string, how: 'kept' | 'missing'): Doable => ({
    ...{ command, allowance, title },
    follows: (
      <WillFollow
        agreement={agreement.id}
        fact={{ kind: how, component: of.component, about }}
        says={followsFrom(command).follows}
      />
    ),
    input: () => ({ ...of, how }),
  })
  return [
    kept(titleOfCommand(command, agreement.side), 'kept'),
    kept('Report as missing', 'missing'),
  ]
}

/** Of single things one says which: one that is in stock, or a new one by its tag. */
function thingOf({ serialised, free_items: free = [] }: ComponentShown, of: Of) {
  if (!serialised) return { input: () => of }
  const choices = free.map(({ id, tag }) => ({ value: id, title: capital(spokenTag(tag)) }))
  const fields: Field[] = [
    ...(choices.length > 0
      ? [{ name: 'item', title: 'From stock', type: 'choice' as const, choices, required: false }]
      : []),
    {
      ...{ name: 'tag', type: 'text', required: false },
      title: choices.length > 0 ? 'Or a new one, by its tag' : 'Which one, by its tag',
      says: 'Small letters, digits and underscores, such as item_0173.',
    },
    when,
  ]
  const input = (said: FormValues) => ({
    ...{ ...of, ...atOf(said) },
    ...(said['item'] !== undefined
      ? { item: said['item'] }
      : said['tag'] !== undefined && { tag: said['tag'] }),
  })
  return { fields, input }
}

const usedOf = (of: Of) => ({
  fields: [{ name: 'quantity', title: 'How much', type: 'number', required: false }, when] as const,
  input: (said: FormValues) => ({
    ...{ ...of, ...atOf(said) },
    ...(said['quantity'] !== undefined && { quantity: said['quantity'] }),
  }),
})

const orderOf = (of: Of) => ({
  fields: [{ name: 'says', title: 'What is wanted', type: 'text', required: false }] as const,
  input: ({ says }: FormValues) => ({ ...of, ...(says !== undefined && { says }) }),
})

function workOf({ fields }: Pick<ComponentShown, 'fields'>, of: Of & { readonly order?: string }) {
  const asked: Field[] = [
    { name: 'from', title: 'Began', type: 'instant', required: false },
    { ...when, name: 'to', title: 'Ended' },
    ...ownFields(fields),
  ]
  const input = ({ from, to, ...said }: FormValues) => ({
    ...of,
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    values: valuesOf(fields, said),
  })
  return { fields: asked, input }
}

type Out = { readonly component: ComponentShown; readonly item: ItemShown }

/** What may be done with one thing that is out. */
export function itemDoables(page: AgreementPage, { component, item }: Out): Doable[] {
  const { agreement } = page
  const of = { agreement: agreement.id, component: component.id, item: item.id }
  return item.actions.flatMap((own): Doable[] => {
    const allowance = allowed(own, page)
    const { side } = agreement
    switch (own.command) {
      case 'confirm_receipt': {
        const command = 'confirm_receipt'
        return [{ command, allowance, title: titleOfCommand(command, side), input: () => of }]
      }
      case 'record_kept':
        return keptDoables(page, { allowance, of, about: item.tag })
      case 'take_back': {
        const command = 'take_back'
        return [{ command, allowance, title: titleOfCommand(command, side), input: () => of }]
      }
      case 'end_access': {
        const command = 'end_access'
        const title = titleOfCommand(command, side)
        return [{ command, allowance, title, ...followsFrom(command), input: () => of }]
      }
      default:
        return []
    }
  })
}

/** What may be done with an order, with the fields of what it orders. */
export function orderDoables(page: AgreementPage, order: OrderShown): Doable[] {
  const { agreement } = page
  const component = agreement.components.find(({ id }) => id === order.component)
  return order.actions.flatMap((own): Doable[] => {
    const allowance = allowed(own, page)
    switch (own.command) {
      case 'respond_to_order': {
        const command = 'respond_to_order'
        const input = () => ({ agreement: agreement.id, order: order.id })
        return [{ command, allowance, title: titleOfCommand(command, agreement.side), input }]
      }
      case 'perform_action': {
        const command = 'perform_action'
        const of = { agreement: agreement.id, component: order.component, order: order.id }
        const title = titleOfCommand(command, agreement.side)
        return [{ command, allowance, title, ...workOf(component ?? { fields: [] }, of) }]
      }
      default:
        return []
    }
  })
}

/** A kind of fact of the offering's own, with the fields that it declares. */
export function factDoable(page: AgreementPage, fact: FactShown): Doable {
  const { agreement } = page
  const isInterval = fact.shape === 'interval'
  const ended: Field = { name: 'to', title: 'Ended', type: 'instant', required: false }
  return {
    command: 'record_fact',
    title: titleOfCommand('record_fact', agreement.side),
    allowance: allowed(fact.record, page),
    fields: [
      ...ownFields(fact.fields),
      isInterval ? { ...when, title: 'Began' } : when,
      ...(isInterval ? [ended] : []),
    ],
    input: ({ to, ...said }) => ({
      ...{ agreement: agreement.id, kind: fact.kind, ...atOf(said) },
      ...(to !== undefined && { to }),
      values: valuesOf(fact.fields, said),
    }),
  }
}
