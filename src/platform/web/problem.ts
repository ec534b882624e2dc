/** A no as pages handle it: the client's `Problem` is one, and so is any fault once it is put into words. */
export type Problem = {
  readonly name: string
  readonly words: string
  /** To the input that was refused: `/values/amount`. Empty where it is none of them. */
  readonly pointer: string
  /** HTTP's; 0 where the server did not answer. */
  readonly status: number
  readonly detail?: string | undefined
}

/** What was thrown, in words. A mistake of the program is told as one and logged, never shown as a stack. */
export function problemOf(thrown: unknown): Problem {
  if (isProblem(thrown)) return thrown
  console.error(thrown)
  return {
    name: 'program_fault',
    words: 'This page made a mistake. Nothing more was changed by it.',
    pointer: '',
    status: 0,
  }
}

export const isProblem = (thrown: unknown): thrown is Problem =>
  typeof thrown === 'object' &&
  thrown !== null &&
  ['name', 'words', 'pointer'].every((key) => key in thrown)

/** Over a page that has nothing else to show. */
export function headingOf({ status, name }: Problem): string {
  if (status === 404) return 'There is nothing here'
  if (status === 401) return 'Nobody is signed in'
  if (status === 403) return 'This is not yours to see'
  if (name === 'server_unreachable' || status === 503) return 'Tessera cannot be reached'
  return 'This page cannot be shown'
}

/** What the reader can do about it. */
export function remedyOf({ status, name }: Problem): string | undefined {
  if (status === 0 && name === 'server_unreachable')
    return 'Nothing was lost: press again once it answers.'
  if (status === 401) return 'Your session has ended. Sign in again.'
  if (status === 403) return 'Someone with the right role can do it.'
  if (status === 404) return 'It may have been withdrawn, or it is not yours to see.'
  if (name === 'stored_state_must_hold') return 'Something else changed meanwhile. Look again.'
  if (status === 429) return 'Wait a minute, then try again.'
  if (status >= 500) return 'Try again. If it stays, tell whoever runs the platform.'
  return undefined
}
