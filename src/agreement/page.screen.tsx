import type { Allowance } from '../platform/web/button.tsx'
import { useSearchWord } from '../platform/web/frame.tsx'
import { useAnswer } from '../platform/web/live.tsx'
import { useViewer } from '../platform/web/viewer.tsx'
import type { Endpoints } from '../slices.ts'
import type { AgreementShown } from './shown.ts'

export type Named<Name> = Extract<Endpoints[number], { readonly name: Name }>

/** As of when something happened, and as known by when, as the address says; neither is now. */
export type Looking = { readonly at?: string; readonly known_by?: string }

/** What every part of the page is given. */
export type AgreementPage = {
  readonly agreement: AgreementShown
  readonly looking: Looking
  /** The platform's now, whatever is looked at. */
  readonly now: string
}

export function useLooking(): Looking {
  const [at] = useSearchWord('at')
  const [knownBy] = useSearchWord('known_by')
  return {
    ...(at !== undefined && { at }),
    ...(knownBy !== undefined && { known_by: knownBy }),
  }
}

/** The agreement, kept up to date while it is looked at. */
export function useAgreement(agreement: string, looking: Looking) {
  const { data: viewer } = useViewer()
  const asked = useAnswer<Named<'show_agreement'>>(
    'show_agreement',
    { agreement, ...looking },
    { streams: [agreement] },
  )
  return { ...asked, now: viewer?.now ?? asked.data?.at ?? '' }
}

/** What never ran permits nothing and costs nothing, so it is not asked. */
export const hasRun = ({ agreement: { status } }: Pick<AgreementPage, 'agreement'>) =>
  status === 'active' || status === 'ended'

export const isElsewhen = ({ at, known_by }: Looking) => at !== undefined || known_by !== undefined

const elsewhen = 'Only now can something be done: you look at another time.'

/** The interface says what may be done now. Who looks at another time is led back before he does anything. */
export const allowed = <One extends Allowance>(
  allowance: One,
  { looking }: Pick<AgreementPage, 'looking'>,
): One =>
  isElsewhen(looking)
    ? { ...allowance, refused: { name: 'another_time', pointer: '', words: elsewhen } }
    : allowance
