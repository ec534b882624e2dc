import type { ReactNode } from 'react'
import { ActionButton } from './button.tsx'
import styles from './sentence.module.css'
import { ChoiceSlot, type SlotChoice } from './slot-choice.tsx'
import { EntrySlot, type SlotEntry } from './slot-entry.tsx'

/** One dashed word: chosen from a list, or entered. */
export type Slot = SlotChoice | SlotEntry

type SentenceProps = {
  /** With a name in braces for each slot: `What does it cost if {who} keeps the {component} at {event}?` */
  readonly says: string
  readonly slots: Readonly<Record<string, Slot>>
  /** What the sentence is for, read out before it: `Question`, `Filter`. */
  readonly label: string
  /** Asks; left out where every change of a slot asks by itself. */
  readonly ask?:
    | {
        readonly title: string
        readonly press: () => unknown
        readonly off?: string | undefined
      }
    | undefined
}

/** A question or a filter as a sentence, in which each dashed word is a control. */
export const SentenceWithSlots = ({ says, slots, label, ask }: SentenceProps) => (
  <fieldset className={styles['line']}>
    <legend className="reader-only">
      {label}: {readOut(says, slots)}
    </legend>
    <p className={styles['sentence']}>{parts(says, slots)}</p>
    {ask && (
      <ActionButton press={ask.press} off={ask.off}>
        {ask.title}
      </ActionButton>
    )}
  </fieldset>
)

// Words and names of slots take turns. A full stop after a slot stays on the slot's line: they share one span.
function parts(says: string, slots: Readonly<Record<string, Slot>>): ReactNode[] {
  const pieces = says.split(/\{(\w+)\}/)
  return pieces.map((piece, index) => {
    const isName = index % 2 === 1
    if (!isName) return index === 0 ? piece : piece.slice(markOf(piece).length)
    const slot = slots[piece]
    return (
      <span key={piece} className={styles['keep']}>
        {slot && shown(slot)}
        {markOf(pieces[index + 1] ?? '')}
      </span>
    )
  })
}

const markOf = (text: string) => /^[^\s{]*/.exec(text)?.[0] ?? ''

const shown = (slot: Slot) =>
  slot.is === 'choice' ? <ChoiceSlot slot={slot} /> : <EntrySlot slot={slot} />

const readOut = (says: string, slots: Readonly<Record<string, Slot>>) =>
  says.replaceAll(/\{(\w+)\}/g, (_, name: string) => wordsOf(slots[name]))

function wordsOf(slot: Slot | undefined): string {
  if (slot === undefined) return ''
  if (slot.is === 'choice')
    return slot.choices.find(({ value }) => value === slot.value)?.title ?? slot.label
  return slot.value === '' ? slot.label : slot.value
}
