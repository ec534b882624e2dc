import type { z } from 'zod'
import { StatePill, type Tone } from '../platform/web/marks.tsx'
import type { Status } from './shown.ts'

type StatusName = z.infer<typeof Status>

const tones: Record<StatusName, readonly [Tone, string]> = {
  proposed: ['warn', 'Proposed'],
  accepted: ['plain', 'Accepted'],
  active: ['ok', 'Active'],
  ended: ['plain', 'Ended'],
  withdrawn: ['plain', 'Withdrawn'],
}

type StatusProps = { readonly status: StatusName; readonly lapsed: boolean }

/** The state of an agreement in a word; of a proposal whose period is over that it lapsed. */
export const StatusPill = ({ status, lapsed }: StatusProps) => {
  const [tone, words] = lapsed ? (['plain', 'Lapsed'] as const) : tones[status]
  return <StatePill tone={tone}>{words}</StatePill>
}
