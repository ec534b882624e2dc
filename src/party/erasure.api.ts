import { z } from 'zod'
import { refuser } from '../kernel/refusal.ts'
import { door } from '../platform/http/endpoint.ts'
import { eraseTexts } from '../platform/journal/free-text.ts'

const refuse = refuser({
  free_text_not_found: 'Nobody wrote anything under that id, and no text has it.',
})

export const eraseFreeTexts = door({
  name: 'erase_free_texts',
  route: 'POST /erasures',
  says: 'Erases what a person wrote in words of their own, or one such text, for good; what happened stays.',
  to: 'operator',
  input: z.strictObject({
    of: z.string().max(80).describe('the person who wrote, or the one text'),
  }),
  output: z.object({ erased: z.number().describe('texts that are erased now') }),
  refusals: ['free_text_not_found'],
  enter: async ({ input, work, now }) => {
    const erased = await eraseTexts(work, input.of, now)
    return erased > 0 ? { erased } : { refusal: refuse('free_text_not_found', '/of') }
  },
})
