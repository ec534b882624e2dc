import { type ReactNode, useState } from 'react'
import type { Endpoint } from '../platform/http/endpoint.ts'
import { ActionButton, type Allowance } from '../platform/web/button.tsx'
import type { Given } from '../platform/web/client.tsx'
import { type Field, Form, type FormValues } from '../platform/web/form.tsx'
import { Line, Row, Stack } from '../platform/web/layout.tsx'
import { useCommand } from '../platform/web/live.tsx'
import { Note, Toned } from '../platform/web/marks.tsx'
import styles from './doing.module.css'
import type { Named } from './page.screen.tsx'
import { commandWords, type NamedCommand } from './words.ts'

type DoableOf<Name extends NamedCommand> = {
  readonly command: Name
  readonly title: string
  readonly allowance: Allowance
  /** What comes of it, where it cannot be undone and is not said beside the button already. */
  readonly follows?: string
  /** What has to be said first; without them the button does it at once. */
  readonly fields?: readonly Field[]
  readonly values?: FormValues
  readonly input: (values: FormValues) => Given<Named<Name>>
}

/** Something that the viewer's side may do, whether or not it is allowed just now. */
export type Doable = { readonly [Name in NamedCommand]: DoableOf<Name> }[NamedCommand]

type DoableRowProps = {
  readonly first?: ReactNode
  readonly title: ReactNode
  readonly says?: ReactNode
  readonly middle?: ReactNode
  readonly doables: readonly Doable[]
}

/** A thing and its buttons. What needs words opens a form beneath, one at a time. */
export function DoableRow({ doables, ...row }: DoableRowProps) {
  const [open, setOpen] = useState<string>()
  const [done, setDone] = useState<string>()
  const opened = doables.find(({ title }) => title === open)
  const toggle = (title: string) => {
    setDone(undefined)
    setOpen(open === title ? undefined : title)
  }
  const close = (words?: string) => {
    setOpen(undefined)
    setDone(words)
  }
  return (
    <>
      <Row
        {...row}
        end={
          doables.length > 0 && (
            <Line>
              {done !== undefined && (
                <span role="status">
                  <Toned tone="ok">{done}</Toned>
                </span>
              )}
              {doables.map((doable) => (
                <DoButton key={doable.title} doable={doable} toggle={toggle} />
              ))}
            </Line>
          )
        }
      />
      {opened && (
        <li className={styles['form']}>
          <DoForm doable={opened} close={close} />
        </li>
      )}
    </>
  )
}

type DoButtonProps = { readonly doable: Doable; readonly toggle?: (title: string) => void }

/** One of them, at once, or opening what has to be said first. */
export function DoButton({ doable, toggle }: DoButtonProps) {
  const { command, title, allowance, fields, follows } = doable
  const { run } = useCommand<Endpoint>(command)
  const opens = fields !== undefined && toggle !== undefined
  return (
    <ActionButton
      allowance={allowance}
      press={() => (opens ? toggle(title) : run(doable.input({})))}
      follows={opens ? undefined : follows}
      done={commandWords[command].done}
    >
      {title}
    </ActionButton>
  )
}

type DoFormProps = { readonly doable: Doable; readonly close: (words?: string) => void }

function DoForm({ doable, close }: DoFormProps) {
  const { command, title, fields = [], values, follows } = doable
  const { run } = useCommand<Endpoint>(command)
  const send = async (said: FormValues) => {
    await run(doable.input(said))
    close(commandWords[command].done)
  }
  return (
    <Stack>
      {follows !== undefined && <Note>{follows}</Note>}
      <Form fields={fields} submit={title} send={send} {...(values && { values })}>
        <ActionButton look="text" press={() => close()}>
          Leave it
        </ActionButton>
      </Form>
    </Stack>
  )
}
