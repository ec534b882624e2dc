import type { ClaimWords, DeadlineBy } from '../language/deadline.ts'
import type { PostingWords } from '../language/posting.ts'
import type { TargetWords } from '../language/term.ts'
import { claimDeadline } from '../term/deadline/claim.ts'
import { english } from './english.ts'
import type { BeginningSlot, UntilSlot } from './english-deadlines.ts'
import type { Speaker } from './speaker.ts'

type DeadlineWords = Pick<TargetWords, 'within' | 'by' | 'clock' | 'pauses' | 'ends'>

/** Until when, and the sentences that say how it is counted. */
export function deadlineProse(
  words: DeadlineWords,
  beginning: BeginningSlot,
  speaker: Speaker,
): { until: UntilSlot; sentences: string[] } {
  const length = words.within === undefined ? undefined : speaker.say(words.within)
  const until = words.by
    ? { moment: momentProse(words.by, words.clock, { beginning, speaker }) }
    : { length: `${length ?? ''}${beginning.from}` }
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
    until,
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
  return speaker.results(table).flatMap((then) => (then === 'not-agreed' ? [] : speaker.say(then)))
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
      condition:
        pauses.where === undefined ? undefined : english.condition(speaker.condition(pauses.where)),
      most: pauses['at-most'] === undefined ? undefined : speaker.say(pauses['at-most']),
    }),
  ]
}

function momentProse(
  by: DeadlineBy,
  clock: string | undefined,
  { beginning, speaker }: { readonly beginning: BeginningSlot; readonly speaker: Speaker },
): string {
  const written = by.before ?? by['after-it']
  const length = written === undefined ? undefined : speaker.say(written)
  const before = by.before !== undefined
  const at = by.at === undefined ? {} : { at: by.at }
  if (by['end-of'] !== undefined) {
    const end = english.endOf(speaker.each(by['end-of']), by.after ?? 0, beginning)
    return length === undefined ? end : english.distant(end, length, before)
  }
  if (by.on !== undefined)
    return english.onDate({
      on: speaker.say(by.on, { nested: true }),
      isDate: speaker.isDate(by.on),
      before,
      ...(length !== undefined && { length }),
      ...at,
    })
  const calendar = speaker.calendar(clock ?? 'always')
  return english.businessDay({ days: by['business-days'] ?? 0, calendar, ...at }, beginning)
}

/** What has to be claimed, until when, and which claim counts for what. */
export function claimProse(
  claim: ClaimWords | undefined,
  words: PostingWords,
  speaker: Speaker,
): string[] {
  if (!claim) return []
  const each = words.per === undefined ? undefined : speaker.each(words.per)
  const noun = english.eventNoun(speaker.event(claim.fact))
  const isInterval = speaker.kindCalled(words.each ?? '')?.shape === 'interval'
  const event =
    each === undefined
      ? english.claimedFrom(english.eventNoun(speaker.event(words.each ?? '')), isInterval)
      : undefined
  const claimed = english.ofClaimed(event, each)
  const { until, sentences } = deadlineProse(claimDeadline(claim, words.per), claimed, speaker)
  const concerning =
    claim.concerning === undefined
      ? []
      : [
          english.claimConcerns(
            noun,
            speaker.say(claim.concerning, { nested: true }),
            each?.noun ?? 'period',
          ),
        ]
  return [
    english.claimed(noun, until),
    ...sentences,
    ...(each !== undefined && claim.concerning === undefined
      ? [english.claimCountsForAll(noun)]
      : concerning),
    ...(words['for-each'] === undefined ? [] : [english.claimIsForOne(noun)]),
    ...(claim['paired-by'] === undefined ? [] : [english.pairedBy(claim['paired-by'])]),
    ...claimedThing(words['pays-for'], noun, speaker),
  ]
}

/** Where there are several things, a claim that names one is for that one alone. */
function claimedThing(of: string | undefined, noun: string, speaker: Speaker): string[] {
  const isOneOfSeveral = of !== undefined && speaker.contract.components.size > 1
  return isOneOfSeveral ? [english.claimOfAnother(noun, speaker.component(of))] : []
}
