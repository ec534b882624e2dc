import { useState } from 'react'
import { ActionButton } from './button.tsx'
import { Line } from './layout.tsx'
import { Soft } from './marks.tsx'

/** The first of a long list, so that no page grows without end. */
type Some<One> = {
  readonly shown: readonly One[]
  readonly all: number
  readonly more: () => void
}

/** As many as `step` at first, and as many more each time they are asked for. */
export function useSome<One>(all: readonly One[], step: number): Some<One> {
  const [count, setCount] = useState(step)
  return { shown: all.slice(0, count), all: all.length, more: () => setCount(count + step) }
}

type MoreProps = {
  readonly of: Some<unknown>
  /** On the button: `Show earlier`. */
  readonly says: string
}

/** How many are shown of how many, and the way to the others; nothing where all are. */
export const More = ({ of: { shown, all, more }, says }: MoreProps) =>
  shown.length < all && (
    <Line>
      <Soft>
        {shown.length.toLocaleString('en')} of {all.toLocaleString('en')} are shown.
      </Soft>
      <ActionButton press={more}>{says}</ActionButton>
    </Line>
  )
