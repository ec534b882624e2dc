import { Combobox, useCombobox } from '@mantine/core'
import { useEffect, useState } from 'react'
import styles from './sentence.module.css'
import { readerZone, shownInstant } from './words.ts'
import { fromLocal, toLocal } from './zoned.ts'

export type SlotChoice = {
  readonly is: 'choice'
  /** What is chosen, as a name: `Who`, `Component`. Also shown while nothing is chosen. */
  readonly label: string
  readonly choices: readonly SlotOption[]
  readonly value: string | undefined
  readonly choose: (value: string) => void
  /** Besides the choices any instant may be entered; the value is then UTC text. */
  readonly orInstant?: { readonly zone?: string | undefined }
}

export type SlotOption = {
  readonly value: string
  readonly title: string
  /** Second voice beside it: `on loan since 12 May`. */
  readonly says?: string | undefined
}

// Beyond what one takes in at a glance, typing is quicker than looking.
const choicesWithoutSearchMax = 8
// Beyond that nobody scrolls, and the page grows slow.
const optionsMax = 100

/** A word that is chosen from a list: a combobox, with a search in it where the list is long. */
export function ChoiceSlot({ slot }: { readonly slot: SlotChoice }) {
  const { label, choices, value, choose } = slot
  const [search, setSearch] = useState('')
  const hasSearch = choices.length > choicesWithoutSearchMax
  const list = useCombobox({
    onDropdownOpen: () => (hasSearch ? list.focusSearchInput() : list.selectActiveOption()),
    onDropdownClose: () => {
      setSearch('')
      list.resetSelectedOption()
      if (hasSearch) list.focusTarget()
    },
  })
  // Enter takes the first of what was found.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the list is new at each rendering, the search is not.
  useEffect(() => {
    if (search !== '') list.selectFirstOption()
  }, [search])
  const found = choices.filter(({ title }) => title.toLowerCase().includes(search.toLowerCase()))
  const pick = (chosen: string) => {
    choose(chosen)
    list.closeDropdown()
  }
  return (
    <Combobox store={list} onOptionSubmit={pick} width="max-content" position="bottom-start">
      <Combobox.Target targetType="button" withExpandedAttribute>
        <button
          type="button"
          role="combobox"
          aria-label={`${label}: ${shownValue(slot)}`}
          aria-expanded={list.dropdownOpened}
          className={styles['slot']}
          data-open={value === undefined || undefined}
          onClick={() => list.toggleDropdown()}
        >
          {shownValue(slot)}
        </button>
      </Combobox.Target>
      <Combobox.Dropdown className={styles['dropdown']}>
        {hasSearch && (
          <Combobox.Search
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
            aria-label={`Search ${label.toLowerCase()}`}
            placeholder="Search"
          />
        )}
        <Combobox.Options aria-label={label} className={styles['options']}>
          {found.slice(0, optionsMax).map((option) => (
            <Option key={option.value} option={option} isChosen={option.value === value} />
          ))}
          {found.length === 0 && <Combobox.Empty>Nothing like it</Combobox.Empty>}
          {found.length > optionsMax && (
            <Combobox.Empty>{found.length - optionsMax} more: type to find them</Combobox.Empty>
          )}
        </Combobox.Options>
        {slot.orInstant && <AnyInstant slot={slot} pick={pick} />}
      </Combobox.Dropdown>
    </Combobox>
  )
}

const Option = ({ option, isChosen }: { option: SlotOption; isChosen: boolean }) => (
  <Combobox.Option value={option.value} active={isChosen} className={styles['option']}>
    {option.title}
    {option.says !== undefined && <small> {option.says}</small>}
  </Combobox.Option>
)

function AnyInstant({ slot, pick }: { slot: SlotChoice; pick: (value: string) => void }) {
  const zone = slot.orInstant?.zone ?? readerZone()
  const isInstant = slot.value !== undefined && !Number.isNaN(Date.parse(slot.value))
  const [local, setLocal] = useState(isInstant ? toLocal(slot.value ?? '', zone) : '')
  const instant = fromLocal(local, zone)
  return (
    <Combobox.Footer className={styles['instant']}>
      <label>
        <span>At another time</span>
        <input
          type="datetime-local"
          value={local}
          onChange={(event) => setLocal(event.currentTarget.value)}
          onKeyDown={(event) => {
            event.stopPropagation()
            if (event.key === 'Enter' && instant !== undefined) pick(instant)
          }}
        />
      </label>
      <button
        type="button"
        disabled={instant === undefined}
        onClick={() => instant && pick(instant)}
      >
        Take it
      </button>
    </Combobox.Footer>
  )
}

function shownValue({ choices, value, label, orInstant }: SlotChoice): string {
  if (value === undefined) return label.toLowerCase()
  const chosen = choices.find((option) => option.value === value)
  if (chosen) return chosen.title
  const zone = orInstant?.zone ?? readerZone()
  return Number.isNaN(Date.parse(value)) ? value : shownInstant(value, zone)
}
