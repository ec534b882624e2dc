import { parseDate, spokenDay } from '../../kernel/time.ts'
import type { ChargeWords, CreditWords } from '../language/posting.ts'
import { english } from './english.ts'
import type { Speaker } from './speaker.ts'

/** From when and until when a charge or credit applies: dates, lengths after the start of the agreement, or events. */
export function datedProse(words: ChargeWords & CreditWords, speaker: Speaker): string[] {
  const sides = { from: words.from, until: words.until }
  const edge = (side: 'from' | 'until', isMeant: boolean, say: (text: string) => string) => {
    const text = sides[side]
    return text !== undefined && (parseDate(text) !== undefined) === isMeant ? [say(text)] : []
  }
  const [from] = edge('from', true, spokenDay)
  const [until] = edge('until', true, spokenDay)
  const bounds = [
    ...edge('from', false, (text) => boundProse(text, 'from', words, speaker)),
    ...edge('until', false, (text) => boundProse(text, 'until', words, speaker)),
  ]
  return [
    ...(from === undefined && until === undefined
      ? []
      : [
          english.dated({
            ...compared(words, speaker),
            ...(from !== undefined && { from }),
            ...(until !== undefined && { until }),
          }),
        ]),
    ...(bounds.length === 0 ? [] : [english.appliesOnly(bounds)]),
  ]
}

/** Whether it begins later than the agreement. */
export const beginsLater = ({ from }: ChargeWords): boolean =>
  from !== undefined && parseDate(from) === undefined

/** Which date is compared. */
function compared(words: ChargeWords & CreditWords, speaker: Speaker) {
  const every = words.every ?? words.per
  const by = words['dated-by']
  if (by === 'event') return english.datedEvent(speaker.event(words.each ?? ''))
  return by === 'period' && every !== undefined && every !== 'once'
    ? english.datedPeriod(speaker.each(every))
    : english.datedAgreement
}

function boundProse(
  text: string,
  side: 'from' | 'until',
  words: ChargeWords,
  speaker: Speaker,
): string {
  if (speaker.isEvent(text))
    return english.boundByEvent(side, speaker.event(text, words['pays-for']))
  return english.boundByLength(side, speaker.say(text, { nested: true }))
}
