import { useState } from 'react'
import type { SlotChoice, SlotOption } from '../platform/web/slot-choice.tsx'
import { useViewer } from '../platform/web/viewer.tsx'
import type { AgreementPage } from './page.screen.tsx'

/** A slot that keeps what was chosen as long as it can be chosen, and else takes the first. */
export function useSlot(label: string, choices: readonly SlotOption[], first?: string) {
  const [chosen, choose] = useState(first)
  const value = (choices.find((one) => one.value === chosen) ?? choices[0])?.value
  return { is: 'choice', label, choices, value, choose } as const satisfies SlotChoice
}

/** When it is asked for: now, at one of the agreement's turns, or at any other instant. */
export function useWhenSlot({ agreement: { from, until }, now }: AgreementPage) {
  // Before it begins nothing is permitted and nothing costs, which is no answer to what one wants to know.
  const [value, choose] = useState(now < from ? from : 'now')
  const slot: SlotChoice = {
    ...{ is: 'choice', label: 'When', value, choose, orInstant: {} },
    choices: [
      { value: 'now', title: 'now' },
      { value: from, title: 'at the beginning' },
      { value: until, title: 'at the end' },
    ],
  }
  return { slot, at: value === 'now' ? undefined : value }
}

/** The persons of the consumer, whoever looks first where he is among them. */
export function useWhoSlot({ agreement }: AgreementPage) {
  const { data: viewer } = useViewer()
  const users = Object.values(agreement.users).flat()
  const persons = [...users, ...agreement.parties.consumer.persons].filter(
    ({ id }, place, all) => all.findIndex((one) => one.id === id) === place,
  )
  const choices = persons.map(({ id, title }) => ({ value: id, title }))
  return useSlot('Who', choices, viewer?.viewer?.person.id)
}
