import { type FormEvent, type ReactNode, useId, useRef, useState } from 'react'
import { ActionButton } from './button.tsx'
import { type Field, FieldInput } from './field-input.tsx'
import styles from './form.module.css'
import { ProblemNotice } from './notice.tsx'
import { type Problem, problemOf } from './problem.ts'
import { useZone } from './zone.tsx'

/** Text by name, as the wire has it: instants in UTC, numbers as written. What was left empty is not in it; a box always is. */
export type FormValues = Readonly<Record<string, string>>

type FormProps = {
  readonly fields: readonly Field[]
  readonly values?: FormValues | undefined
  readonly submit: string
  /** A problem that it throws is placed at the field of its pointer (`/values/amount` → `amount`), else beneath all. */
  readonly send: (values: FormValues) => unknown
  /** In whose time instants are entered: of what stands around unless said. */
  readonly zone?: string | undefined
  readonly off?: string | undefined
  /** Beside the button, such as a way out. */
  readonly children?: ReactNode
}

/** A form made from a list of fields: each with its label, its hint and its own errors. */
export function Form(props: FormProps) {
  const { fields, submit, send, off } = props
  const around = useZone()
  const zone = props.zone ?? around
  const [values, setValues] = useState<FormValues>(props.values ?? {})
  const [errors, setErrors] = useState<Errors>({ byName: {} })
  const form = useRef<HTMLFormElement>(null)
  const id = useId()
  const focusFirst = ({ byName }: Errors) => {
    const name = fields.find((field) => byName[field.name] !== undefined)?.name
    form.current?.querySelector<HTMLElement>(`[name="${name}"]`)?.focus()
  }
  const show = (found: Errors) => {
    setErrors(found)
    focusFirst(found)
    return false
  }
  const submitted = async () => {
    const missing = missingIn(fields, values)
    if (Object.keys(missing).length > 0) return show({ byName: missing })
    setErrors({ byName: {} })
    try {
      return await send(given(values, fields))
    } catch (thrown) {
      return show(placed(problemOf(thrown), fields))
    }
  }
  return (
    <form
      ref={form}
      className={styles['form']}
      noValidate
      onSubmit={(event: FormEvent) => event.preventDefault()}
    >
      {fields.map((field) => (
        <FieldInput
          key={field.name}
          field={field}
          id={`${id}${field.name}`}
          zone={zone}
          value={values[field.name] ?? ''}
          error={errors.byName[field.name]}
          enter={(value) => setValues((before) => ({ ...before, [field.name]: value }))}
        />
      ))}
      {errors.problem && <ProblemNotice problem={errors.problem} />}
      <div className={styles['doing']}>
        <ActionButton look="main" press={submitted} off={off} type="submit" wide="on-phone">
          {submit}
        </ActionButton>
        {props.children}
      </div>
    </form>
  )
}

type Errors = {
  readonly byName: Readonly<Record<string, string>>
  readonly problem?: Problem | undefined
}

const missingIn = (
  fields: readonly Field[],
  values: FormValues,
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    fields
      .filter(({ name, required, type }) => required && type !== 'truth' && !values[name]?.trim())
      .map(({ name, title }) => [name, `${title} is needed.`]),
  )

/** A box says what it shows: one that was never touched says no, and leaves nothing unknown. */
const given = (values: FormValues, fields: readonly Field[]): FormValues => ({
  ...Object.fromEntries(
    fields.flatMap(({ name, type }) => (type === 'truth' ? [[name, 'false']] : [])),
  ),
  ...Object.fromEntries(Object.entries(values).filter(([, value]) => value.trim() !== '')),
})

/** The deepest part of the pointer that names a field is where the words belong. */
function placed(problem: Problem, fields: readonly Field[]): Errors {
  const parts = problem.pointer.split('/').toReversed()
  const name = parts.find((part) => fields.some((field) => field.name === part))
  return name === undefined ? { byName: {}, problem } : { byName: { [name]: problem.words } }
}
