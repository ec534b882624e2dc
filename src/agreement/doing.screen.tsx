import { type ReactNode, useState } from 'react'
import type { Endpoint } from '../platform/http/endpoint.ts'
import { ActionButton, type Allowance } from '../platform/web/button.tsx'
import type { Given } from '../platform/web/client.tsx'
import type { Field } from '../platform/web/field-input.tsx'
import { Form, type FormValues } from '../platform/web/form.tsx'
import { Line, Row, Stack } from '../platform/web/layout.tsx'
import { useCommand } from '../platform/web/live.tsx'
import { Note, Toned } from '../platform/web/marks.tsx'
import styles from './doing.module.css'
import { Followed } from './followed.screen.tsx'
import type { Named } from './page.screen.tsx'
import { commandWords, type NamedCommand } from './words.ts'

type DoableOf<Name extends NamedCommand> = {
  readonly command: Name
  readonly title: string
  readonly allowance: Allowance
  /** What comes of it, where it cannot be undone and is not said beside the button already. */
  readonly follows?: ReactNode
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
  const [done, setDone] = useState<Done>()
  const opened = doables.find(({ title }) => title === open)
  const toggle = (title: string) => {
    setDone(undefined)
    setOpen(open === title ? undefined : title)
  }
  const close = (now?: Done) => {
    setOpen(undefined)
    setDone(now)
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
                  <Toned tone="ok">
                    {done.words}
                    {done.fact && '.'}
                    {done.fact && <Followed {...done.fact} />}
                  </Toned>
                </span>
              )}
              {doables.map((doable) => (
                <DoButton key={doable.title} doable={doable} toggle={toggle} told={setDone} />
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

/** What was done, and the fact that was recorded of it. */
type Done = {
  readonly words: string
  readonly fact?: { readonly agreement: string; readonly fact: string } | undefined
}

type DoButtonProps = {
  readonly doable: Doable
  readonly toggle?: (title: string) => void
  /** Said beside it once it was done, for longer than on the button. */
  readonly told?: (done: Done) => void
}

/** One of them, at once, or opening what has to be said first. */
export function DoButton({ doable, toggle, told }: DoButtonProps) {
  const { command, title, allowance, fields, follows } = doable
  const { run } = useCommand<Endpoint>(command)
  const opens = fields !== undefined && toggle !== undefined
  const send = async () => {
    const input = doable.input({})
    const answer = await run(input)
    told?.(doneBy(command, input, answer))
  }
  return (
    <ActionButton
      allowance={allowance}
      press={() => (opens ? toggle(title) : send())}
      follows={opens ? undefined : follows}
      done={commandWords[command].done}
    >
      {title}
    </ActionButton>
  )
}

/** A command of provision or consumption answers with the fact that it recorded, others with what they changed. */
function doneBy(command: NamedCommand, input: object, answer: unknown): Done {
  const { id } = answer as { readonly id?: string }
  const { agreement } = input as { readonly agreement?: string }
  const { done: words }: { readonly done: string } = commandWords[command]
  const isFact = id !== undefined && agreement !== undefined && recordsFact.has(command)
  return { words, ...(isFact && { fact: { agreement, fact: id } }) }
}

const recordsFact: ReadonlySet<NamedCommand> = new Set([
  ...(['hand_over_good', 'grant_access', 'record_kept', 'take_back', 'perform_action'] as const),
  ...(['record_use', 'record_fact'] as const),
])

type DoFormProps = { readonly doable: Doable; readonly close: (done?: Done) => void }

function DoForm({ doable, close }: DoFormProps) {
  const { command, title, fields = [], values, follows } = doable
  const { run } = useCommand<Endpoint>(command)
  const send = async (said: FormValues) => {
    const input = doable.input(said)
    close(doneBy(command, input, await run(input)))
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
