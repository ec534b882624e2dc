import { Popover } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import styles from './sentence.module.css'
import { cityOf, shownAmount, shownDay, shownInstant } from './words.ts'
import { useZone } from './zone.tsx'
import { fromLocal, toLocal } from './zoned.ts'

export type SlotEntry = {
  readonly is: 'text' | 'number' | 'money' | 'date' | 'instant'
  /** What is entered, as a name: `Quantity`. Also shown while nothing is. */
  readonly label: string
  /** Text; a date as `2026-05-14`, an instant in UTC. Empty while nothing is entered. */
  readonly value: string
  readonly enter: (value: string) => void
  /** Said after the value: `kWh`, `a month`. */
  readonly unit?: string | undefined
  readonly zone?: string | undefined
}

/** A word that is entered: pressing it opens a field beneath, Enter takes what stands there, Escape leaves it. */
export function EntrySlot({ slot }: { readonly slot: SlotEntry }) {
  const [isOpen, setOpen] = useState(false)
  const around = useZone()
  const zone = slot.zone ?? around
  const says = shownEntry(slot, zone)
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-start" trapFocus returnFocus>
      <Popover.Target>
        <button
          type="button"
          aria-label={`${slot.label}: ${says}`}
          aria-haspopup="dialog"
          className={styles['slot']}
          data-open={slot.value === '' || undefined}
          onClick={() => setOpen(!isOpen)}
        >
          {says}
        </button>
      </Popover.Target>
      <Popover.Dropdown className={styles['dropdown']} aria-label={slot.label}>
        <Entry {...{ slot, zone }} close={() => setOpen(false)} />
      </Popover.Dropdown>
    </Popover>
  )
}

const inputTypes = {
  ...{ text: 'text', number: 'text', money: 'text' },
  ...{ date: 'date', instant: 'datetime-local' },
} as const

type EntryProps = { readonly slot: SlotEntry; readonly zone: string; readonly close: () => void }

function Entry({ slot, zone, close }: EntryProps) {
  const [text, setText] = useState(
    slot.is === 'instant' && slot.value !== '' ? toLocal(slot.value, zone) : slot.value,
  )
  const take = (event: FormEvent) => {
    event.preventDefault()
    slot.enter(slot.is === 'instant' ? (fromLocal(text, zone) ?? '') : text.trim())
    close()
  }
  const isNumber = slot.is === 'number' || slot.is === 'money'
  return (
    <form className={styles['instant']} onSubmit={take}>
      <label>
        <span>
          {slot.label}
          {slot.unit === undefined ? '' : `, ${slot.unit}`}
          {slot.is === 'instant' && `, in the time of ${cityOf(zone)}`}
        </span>
        <input
          type={inputTypes[slot.is]}
          inputMode={isNumber ? 'decimal' : undefined}
          pattern={isNumber ? '-?\\d+(\\.\\d+)?' : undefined}
          title={isNumber ? 'A number such as 12 or 12.50' : undefined}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      </label>
      <button type="submit">Take it</button>
    </form>
  )
}

function shownEntry({ is, value, label, unit }: SlotEntry, zone: string): string {
  if (value === '') return label.toLowerCase()
  const words = {
    ...{ text: value, number: value, money: shownAmount(value) },
    date: is === 'date' ? shownDay(value, zone) : '',
    instant: is === 'instant' ? shownInstant(value, zone) : '',
  }[is]
  if (unit === undefined) return words
  return `${words} ${value === '1' ? unit.replace(/(?<=\w\w)s$/, '') : unit}`
}
