import { Combobox, useCombobox } from '@mantine/core'
import { useEffect, useState } from 'react'
import styles from './sentence.module.css'
import { cityOf, shownInstant } from './words.ts'
import { useZone } from './zone.tsx'
import { fromLocal, instantOf, toLocal } from './zoned.ts'

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
  const around = useZone()
  const zone = slot.orInstant?.zone ?? around
  const says = shownValue(slot, zone)
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
          aria-label={`${label}: ${says}`}
          aria-expanded={list.dropdownOpened}
          className={styles['slot']}
          data-open={value === undefined || undefined}
          onClick={() => list.toggleDropdown()}
        >
          {says}
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
        {slot.orInstant && <AnyInstant {...{ slot, zone, pick }} />}
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

type AnyInstantProps = {
  readonly slot: SlotChoice
  readonly zone: string
  readonly pick: (value: string) => void
}

function AnyInstant({ slot, zone, pick }: AnyInstantProps) {
  const known = slot.value === undefined ? undefined : instantOf(slot.value, zone)
  const [local, setLocal] = useState(known === undefined ? '' : toLocal(known, zone))
  const instant = fromLocal(local, zone)
  return (
    <Combobox.Footer className={styles['instant']}>
      <label>
        <span>At another time, of {cityOf(zone)}</span>
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

function shownValue({ choices, value, label }: SlotChoice, zone: string): string {
  if (value === undefined) return label.toLowerCase()
  const chosen = choices.find((option) => option.value === value)
  if (chosen) return chosen.title
  const instant = instantOf(value, zone)
  return instant === undefined ? value : shownInstant(instant, zone)
}
