import { QuestionRefused } from '../question-refused.ts'
import type { Definition, Place, Report, Scope } from '../scope.ts'

/** A question demands as a term does: what has several values where it is asked, or needs an event there, has none. */
export function demandOne({ name, demand }: Definition, scope: Scope): void {
  const report: Report = (fault, words) => {
    const pointer = pointers[fault]
    if (pointer === undefined || (pointer === '/value' && scope.event)) return
    const said = words.startsWith(`“${name}” `) ? words : `Of what “${name}” reads, ${words}`
    const mended = pointer === '/value' ? `${said} Ask “for:” a fact.` : said
    throw new QuestionRefused('question_needs_one_scope', pointer, mended)
  }
  demand(placeOf(scope), report)
}

/** Which word of the question would mend it; where no period is at hand, the answer says that it lacks one. */
const pointers: Partial<Record<Parameters<Report>[0], '/in' | '/value'>> = {
  period_too_fine: '/in',
  periods_do_not_fit: '/in',
  event_not_at_hand: '/value',
}

const placeOf = ({ asking: { frame }, period, subject, event = subject }: Scope): Place => ({
  ...(period && { period: { is: 'asked', period, frame } }),
  ...(event && { subject: {} }),
  events: [],
})
