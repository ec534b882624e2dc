import type { ReactNode } from 'react'
import styles from './form.module.css'
import { cityOf, titleOf } from './words.ts'
import { fromLocal, toLocal } from './zoned.ts'

/** As the interface declares what is to be said. */
export type Field = {
  readonly name: string
  readonly title: string
  readonly type:
    | 'text'
    | 'number'
    | 'money'
    | 'truth'
    | 'choice'
    | 'date'
    | 'time'
    | 'duration'
    | 'instant'
  readonly unit?: string | undefined
  /** Words as they are sent; shown with blanks for underscores. Or with titles of their own. */
  readonly choices?:
    | readonly (string | { readonly value: string; readonly title: string })[]
    | undefined
  readonly required: boolean
  /** Second voice beneath. */
  readonly says?: string | undefined
  /** What stands in it may be meant, and is said to be odd: it is sent all the same. */
  readonly warns?: ((value: string) => string | undefined) | undefined
}

type FieldInputProps = {
  readonly field: Field
  readonly id: string
  readonly zone: string
  readonly value: string
  readonly error: string | undefined
  readonly enter: (value: string) => void
}

/** One field with its label above, its hint and its error beneath, each tied to it for who listens. */
export function FieldInput(props: FieldInputProps) {
  const { field, id, error } = props
  const hint = hintOf(props)
  const warning = props.value === '' ? undefined : field.warns?.(props.value)
  const described = [hint && `${id}hint`, warning && `${id}warning`, error && `${id}error`]
    .filter(Boolean)
    .join(' ')
  const shared: Shared = {
    id,
    name: field.name,
    'aria-required': field.required || undefined,
    'aria-invalid': error === undefined ? undefined : true,
    'aria-describedby': described || undefined,
  }
  return (
    <div className={styles['field']} data-type={field.type}>
      <label htmlFor={id}>
        {field.title}
        {!field.required && field.type !== 'truth' && <small> if you like</small>}
      </label>
      {controlOf(props, shared)}
      {hint !== undefined && <small id={`${id}hint`}>{hint}</small>}
      {warning !== undefined && (
        <span id={`${id}warning`} className={styles['warning']} role="status">
          {warning}
        </span>
      )}
      {error !== undefined && (
        <span id={`${id}error`} className={styles['error']}>
          {error}
        </span>
      )}
    </div>
  )
}

type Shared = {
  readonly id: string
  readonly name: string
  readonly 'aria-required': true | undefined
  readonly 'aria-invalid': true | undefined
  readonly 'aria-describedby': string | undefined
}

function hintOf({ field, zone }: FieldInputProps): string | undefined {
  const inWords = field.type === 'instant' ? `In the time of ${cityOf(zone)}.` : undefined
  const words = [field.says, inWords]
  return words.filter(Boolean).join(' ') || undefined
}

const inputTypes = {
  ...{ text: 'text', number: 'text', money: 'text' },
  ...{ date: 'date', time: 'time', instant: 'datetime-local' },
} as const

function controlOf(props: FieldInputProps, shared: Shared): ReactNode {
  const { field, zone, value, enter } = props
  if (field.type === 'truth') return <Truth {...props} shared={shared} />
  if (field.type === 'choice') return <OneOf {...props} shared={shared} />
  if (field.type === 'duration') return <Duration {...props} shared={shared} />
  const isNumber = field.type === 'number' || field.type === 'money'
  const isInstant = field.type === 'instant'
  const local = isInstant && value !== '' ? toLocal(value, zone) : value
  return (
    <span className={styles['control']}>
      <input
        {...shared}
        type={inputTypes[field.type]}
        inputMode={isNumber ? 'decimal' : undefined}
        autoComplete="off"
        value={local}
        onChange={({ currentTarget }) =>
          enter(isInstant ? (fromLocal(currentTarget.value, zone) ?? '') : currentTarget.value)
        }
      />
      {field.unit !== undefined && <span className={styles['unit']}>{field.unit}</span>}
    </span>
  )
}

type WithShared = FieldInputProps & { readonly shared: Shared }

const Truth = ({ value, enter, shared }: WithShared) => (
  <input
    {...shared}
    type="checkbox"
    checked={value === 'true'}
    onChange={({ currentTarget }) => enter(String(currentTarget.checked))}
  />
)

const OneOf = ({ field, value, enter, shared }: WithShared) => (
  <select {...shared} value={value} onChange={({ currentTarget }) => enter(currentTarget.value)}>
    <option value="">{field.required ? 'Choose' : 'None'}</option>
    {(field.choices ?? []).map((choice) => {
      const option = typeof choice === 'string' ? { value: choice, title: titleOf(choice) } : choice
      return (
        <option key={option.value} value={option.value}>
          {option.title}
        </option>
      )
    })}
  </select>
)

const durationUnits = ['minutes', 'hours', 'days', 'weeks', 'months']

/** `10 minutes`: a number and its unit, sent as one text. */
const Duration = ({ field, value, enter, shared }: WithShared) => {
  const [count = '', unit = 'hours'] = value.split(' ')
  const set = (next: string, of: string) => enter(next === '' ? '' : `${next} ${of}`)
  return (
    <span className={styles['control']}>
      <input
        {...shared}
        type="text"
        inputMode="numeric"
        autoComplete="off"
        value={count}
        onChange={({ currentTarget }) => set(currentTarget.value.trim(), unit)}
      />
      <select
        aria-label={`${field.title}, unit`}
        value={unit}
        onChange={({ currentTarget }) => set(count, currentTarget.value)}
      >
        {durationUnits.map((one) => (
          <option key={one}>{one}</option>
        ))}
      </select>
    </span>
  )
}
