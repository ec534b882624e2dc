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

/** The state of an agreement in a word. */
export const StatusPill = ({ status }: { readonly status: StatusName }) => {
  const [tone, words] = tones[status]
  return <StatePill tone={tone}>{words}</StatePill>
}
