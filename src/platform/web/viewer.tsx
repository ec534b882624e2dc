import { useQuery } from '@tanstack/react-query'
import { createContext, use } from 'react'
import type { Problem } from './problem.ts'
import type { Side } from './words.ts'

type Ref = { readonly id: string; readonly title: string }
type Role = 'owner' | 'practitioner' | 'customer' | 'user' | 'sponsor'

/** Who looks, as `GET /viewer` says it. A stranger has no `viewer`. */
export type ViewerShown = {
  readonly now: string
  readonly demonstration: boolean
  readonly viewer?:
    | {
        readonly person: Ref
        readonly organisation: Ref
        readonly sides: readonly Side[]
        readonly roles: readonly { readonly side: Side; readonly role: Role }[]
      }
    | undefined
}

type Moment = { readonly title: string; readonly at: string }

/** What the frame of all pages asks and does. The names of endpoints are known to whoever makes the app. */
export type Visiting = {
  readonly viewer: () => Promise<ViewerShown>
  readonly signOut: () => Promise<unknown>
  /** In the demonstration. */
  readonly moments?: (() => Promise<readonly Moment[]>) | undefined
  readonly moveClock?: ((to: string) => Promise<unknown>) | undefined
  /** Where changes are told, `/api/changes` unless said. */
  readonly changes?: string | undefined
}

const VisitingContext = createContext<Visiting | undefined>(undefined)

export const VisitingProvider = VisitingContext

export function useVisiting(): Visiting {
  const visiting = use(VisitingContext)
  if (!visiting) throw new Error('Nobody visits: createApp says who does.')
  return visiting
}

/** Who looks. Pages read from it what to call things and which side they show. */
export function useViewer() {
  const { viewer } = useVisiting()
  return useQuery<ViewerShown, Problem>({ queryKey: viewerKey, queryFn: viewer })
}

export const viewerKey = ['any stream', 'viewer'] as const
