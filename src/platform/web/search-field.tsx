import { IconSearch } from '@tabler/icons-react'
import { type ReactNode, useEffect, useState } from 'react'
import styles from './search-field.module.css'

type SearchFieldProps = {
  readonly label: string
  readonly value: string
  /** Told once typing rests, or Enter is pressed. */
  readonly search: (text: string) => void
  /** What was found, in words: `5 of 12 offerings`. Read out when it changes. */
  readonly found?: ReactNode
}

// Long enough that a word is not searched letter by letter, short enough that nobody waits.
const restMilliseconds = 180

/** One line to search in. */
export function SearchField({ label, value, search, found }: SearchFieldProps) {
  const [text, setText] = useState(value)
  useEffect(() => setText(value), [value])
  useEffect(() => {
    if (text === value) return
    const timer = setTimeout(() => search(text), restMilliseconds)
    return () => clearTimeout(timer)
  }, [text, value, search])
  return (
    <search className={styles['field']}>
      <IconSearch size={17} stroke={1.8} aria-hidden="true" />
      <input
        type="search"
        aria-label={label}
        placeholder={label}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') search(text)
        }}
      />
      {found !== undefined && (
        <small className={styles['found']} aria-live="polite">
          {found}
        </small>
      )}
    </search>
  )
}
