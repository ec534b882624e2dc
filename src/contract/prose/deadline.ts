import type { Claim, DeadlineBy } from '../language/deadline.ts'
import type { ChargeWords, CreditWords } from '../language/price.ts'
import type { TargetWords } from '../language/term.ts'
import { resultsOf } from '../table.ts'
import { claimDeadline } from '../term/deadline/claim.ts'
import { english } from './english.ts'
import type { Speaker } from './speaker.ts'

type DeadlineWords = Pick<TargetWords, 'within' | 'by' | 'clock' | 'pauses' | 'ends'>

/** A deadline as a phrase, its length where it is one, and the sentences that say how it is counted. */
export function deadlineProse(
  words: DeadlineWords,
  speaker: Speaker,
): { phrase: string; length: string | undefined; sentences: string[] } {
  const length = words.within === undefined ? undefined : speaker.say(words.within)
  const phrase = words.by
    ? byProse(words.by, words.clock, speaker)
    : english.withinLength(length ?? '')
  const distance = words.by?.before ?? words.by?.['after-it']
  const counted = length ?? (distance === undefined ? undefined : speaker.say(distance))
  const lengths = lengthsOf(words.within ?? words.by?.before ?? words.by?.['after-it'], speaker)
  const counts = {
    hours: lengths.some((one) => /\b(minutes?|hours?)$/.test(one)),
    businessDays: lengths.some((one) => /business days?$/.test(one)),
  }
  const elapsed = lengths.filter((one) => /\b(minutes?|hours?|business days?)$/.test(one))
  const isElapsed = lengths.length > 0 && elapsed.length === lengths.length
  const runs = words.clock !== undefined && (words.by === undefined || counted !== undefined)
  const ends = words.ends ?? (isElapsed ? undefined : endsByPolicy(words, speaker))
  return {
    phrase,
    length,
    sentences: [
      ...(runs && words.clock !== undefined
        ? [english.clock(speaker.calendar(words.clock), counts)]
        : []),
      ...(words.by?.cutoff === undefined ? [] : [english.cutoff(words.by.cutoff)]),
      ...pausesProse(words, speaker),
      ...(ends === undefined ? [] : [english.ends(ends, elapsed.length > 0 && !isElapsed)]),
    ],
  }
}

/** The lengths that a deadline may have: as written, as agreed, or as a table gives them. */
function lengthsOf(text: string | undefined, speaker: Speaker): readonly string[] {
  if (text === undefined) return []
  const table = speaker.contract.words.tables?.[text]
  if (!table) return [speaker.say(text)]
  const { definitions, factKinds } = speaker.contract
  return resultsOf(table, (word) => definitions.has(word) || factKinds.has(word)).flatMap((then) =>
    then === 'not-agreed' ? [] : speaker.say(then),
  )
}

/** The policy of the offering speaks of days that are counted from an instant; a date ends with its day. */
function endsByPolicy({ within, by }: DeadlineWords, speaker: Speaker) {
  const fromInstant =
    by?.on !== undefined &&
    by.at === undefined &&
    (by.before ?? by['after-it']) !== undefined &&
    !speaker.isDate(by.on)
  return within !== undefined || fromInstant ? speaker.contract.words.policies?.ends : undefined
}

function pausesProse({ pauses }: DeadlineWords, speaker: Speaker): string[] {
  if (!pauses) return []
  const isDuty = (name: string) => speaker.contract.promises.has(name)
  return [
    english.pauses({
      kinds: pauses.facts.filter((name) => !isDuty(name)).map((kind) => speaker.kind(kind)),
      duties: pauses.facts.filter(isDuty).map((duty) => speaker.clause(duty)),
      counted: pauses.counted,
    }),
  ]
}

function byProse(by: DeadlineBy, clock: string | undefined, speaker: Speaker): string {
  const written = by.before ?? by['after-it']
  const length = written === undefined ? undefined : speaker.say(written)
  const before = by.before !== undefined
  const at = by.at === undefined ? {} : { at: by.at }
  if (by['end-of'] !== undefined) {
    const end = english.byEndOf({ each: speaker.each(by['end-of']), after: by.after ?? 0 })
    return length === undefined ? end : english.byDistance(end, length, before)
  }
  if (by.on !== undefined)
    return english.byDate({
      on: speaker.say(by.on, { nested: true }),
      isDate: speaker.isDate(by.on),
      before,
      ...(length !== undefined && { length }),
      ...at,
    })
  return english.byBusinessDay({
    days: by['business-days'] ?? 0,
    calendar: speaker.calendar(clock ?? 'always'),
    ...at,
  })
}

/** What has to be claimed, until when, and which claim counts for what. */
export function claimProse(
  claim: Claim | undefined,
  given: ChargeWords | CreditWords,
  speaker: Speaker,
): string[] {
  if (!claim) return []
  const words = given as ChargeWords & CreditWords
  const { phrase, sentences } = deadlineProse(claimDeadline(claim, words.per), speaker)
  const each = words.per === undefined ? undefined : speaker.each(words.per)
  const noun = english.eventNoun(speaker.event(claim.fact))
  const isInterval = speaker.kindCalled(words.each ?? '')?.shape === 'interval'
  const concerning =
    claim.concerning === undefined
      ? []
      : [
          english.claimConcerns(
            noun,
            speaker.say(claim.concerning, { nested: true }),
            each ?? 'period',
          ),
        ]
  return [
    english.claimed({
      claim: noun,
      deadline: phrase,
      ...(each === undefined
        ? {
            event: english.claimedFrom(
              english.eventNoun(speaker.event(words.each ?? '')),
              isInterval,
            ),
          }
        : { each }),
    }),
    ...sentences,
    ...(each !== undefined && claim.concerning === undefined
      ? [english.claimCountsForAll(noun)]
      : concerning),
    ...(claim['paired-by'] === undefined ? [] : [english.pairedBy(claim['paired-by'])]),
    ...claimedThing(words['pays-for'], noun, speaker),
  ]
}

/** Where there are several things, a claim that names one is for that one alone. */
function claimedThing(of: string | undefined, noun: string, speaker: Speaker): string[] {
  const isOneOfSeveral = of !== undefined && speaker.contract.components.size > 1
  return isOneOfSeveral ? [english.claimOfAnother(noun, speaker.component(of))] : []
}
