import { Popover } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { type ReactNode, useEffect, useId, useRef, useState } from 'react'
import styles from './button.module.css'
import { type Problem, problemOf } from './problem.ts'

/** As the interface says it of each command: allowed, or refused with the reason. */
export type Allowance = {
  readonly command: string
  readonly refused?: { readonly name: string; readonly words: string } | undefined
}

type ActionButtonProps = {
  readonly children: ReactNode
  /**
   * What it does. While a promise of it is open the button is busy; what it throws is said beneath. A promise of `false`
   * says that nothing was done, and why is said elsewhere.
   */
  readonly press: () => unknown
  /** `main` once per page, `other` (default), `text` among words. */
  readonly look?: 'main' | 'other' | 'text' | undefined
  /** Off, with these words beneath. Or the interface's own allowance of the command. */
  readonly off?: string | undefined
  readonly allowance?: Allowance | undefined
  /** What follows from it, where it cannot be undone: said first, and done when it is pressed again there. */
  readonly follows?: ReactNode
  /** Said for a moment after it was done, such as `Recorded`. */
  readonly done?: string | undefined
  readonly wide?: 'on-phone' | undefined
  /** The one that Enter in a field of its form presses. */
  readonly type?: 'submit' | undefined
}

const doneMilliseconds = 2500

/** A button that stays in its place when it is off and says why; that shows that it works, was done, or was refused. */
export function ActionButton(props: ActionButtonProps) {
  const {
    children,
    look = 'other',
    allowance,
    off = allowance?.refused?.words,
    done = 'Done',
    follows,
  } = props
  const { state, press } = usePress(props.press)
  const [isAsked, setAsked] = useState(false)
  const reason = useId()
  const isOff = off !== undefined
  const button = (
    <button
      type={props.type ?? 'button'}
      className={styles['button']}
      data-look={look}
      data-state={state.is}
      aria-disabled={isOff || state.is === 'busy' || undefined}
      aria-busy={state.is === 'busy' || undefined}
      aria-describedby={isOff || state.is === 'refused' ? reason : undefined}
      aria-haspopup={follows === undefined ? undefined : 'dialog'}
      onClick={(event) => {
        event.preventDefault()
        if (isOff) return
        if (follows === undefined) press()
        else if (state.is !== 'busy') setAsked(!isAsked)
      }}
    >
      <span className={styles['label']}>{children}</span>
      {state.is === 'busy' && <span className={styles['spinner']} />}
      {state.is === 'done' && <Done>{done}</Done>}
    </button>
  )
  return (
    <span className={styles['place']} data-wide={props.wide}>
      {follows === undefined ? (
        button
      ) : (
        <Sure {...{ button, follows, press, isAsked, setAsked }}>{children}</Sure>
      )}
      {isOff && (
        <span className={styles['why']} id={reason}>
          {off}
        </span>
      )}
      {!isOff && state.is === 'refused' && (
        <span className={styles['refused']} id={reason} role="alert">
          {state.problem.words}
        </span>
      )}
    </span>
  )
}

type SureProps = {
  readonly button: ReactNode
  readonly children: ReactNode
  readonly follows: ReactNode
  readonly press: () => unknown
  readonly isAsked: boolean
  readonly setAsked: (isAsked: boolean) => void
}

/** What follows, beneath the button. Escape, a press elsewhere and the second button leave it undone. */
const Sure = ({ button, children, follows, press, isAsked, setAsked }: SureProps) => (
  <Popover opened={isAsked} onChange={setAsked} position="bottom-end" trapFocus returnFocus>
    <Popover.Target>{button}</Popover.Target>
    <Popover.Dropdown className={styles['sure']}>
      <p>{follows}</p>
      <div>
        <button
          type="button"
          className={styles['button']}
          data-look="main"
          onClick={() => {
            setAsked(false)
            press()
          }}
        >
          {children}
        </button>
        <button
          type="button"
          className={styles['button']}
          data-look="text"
          onClick={() => setAsked(false)}
        >
          Leave it
        </button>
      </div>
    </Popover.Dropdown>
  </Popover>
)

const Done = ({ children }: { children: ReactNode }) => (
  <span className={styles['done']} role="status">
    <IconCheck size={15} stroke={2.2} aria-hidden="true" />
    {children}
  </span>
)

type State =
  | { readonly is: 'ready' | 'busy' | 'done' }
  | { readonly is: 'refused'; readonly problem: Problem }

const ready: State = { is: 'ready' }

function usePress(action: () => unknown) {
  const [state, setState] = useState(ready)
  const busy = useRef(false)
  useEffect(() => {
    if (state.is !== 'done') return
    const timer = setTimeout(() => setState(ready), doneMilliseconds)
    return () => clearTimeout(timer)
  }, [state])
  const press = async () => {
    // A second press while the first is under way is the same wish.
    if (busy.current) return
    const result = action()
    if (!(result instanceof Promise)) return
    busy.current = true
    setState({ is: 'busy' })
    try {
      setState((await result) === false ? ready : { is: 'done' })
    } catch (thrown) {
      setState({ is: 'refused', problem: problemOf(thrown) })
    }
    busy.current = false
  }
  return { state, press }
}

type ChoiceProps<Value extends string> = {
  /** What is chosen here; read out before the choices. */
  readonly label: string
  readonly choices: readonly {
    readonly value: Value
    readonly title: string
    readonly count?: number | undefined
  }[]
  readonly chosen: Value | undefined
  readonly choose: (value: Value) => void
}

/** One of several views or questions, as chips in a row: `May I… · What does it cost… · By when…`. */
export const Choice = <Value extends string>({
  label,
  choices,
  chosen,
  choose,
}: ChoiceProps<Value>) => (
  <fieldset className={styles['choices']}>
    <legend className="reader-only">{label}</legend>
    {choices.map(({ value, title, count }) => (
      <button
        key={value}
        type="button"
        className={styles['choice']}
        aria-pressed={value === chosen}
        onClick={() => choose(value)}
      >
        {title}
        {count !== undefined && <small> {count}</small>}
      </button>
    ))}
  </fieldset>
)
