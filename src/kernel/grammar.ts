/** English words and their forms: whoever makes a sentence needs them, in a fault, a step or a clause. */

/** “vCPU” stays as it is. */
export const capital = (text: string) =>
  /^[a-z]+[A-Z]/.test(text) ? text : text.charAt(0).toUpperCase() + text.slice(1)

export function list(words: readonly string[], last: 'and' | 'or' = 'and'): string {
  if (words.length < 2) return words[0] ?? ''
  return `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`
}

const articled =
  /^(the|a|an|each|every|its|his|her|their|all|any|no|what|how|that|this|those|these) /i
export const bare = (noun: string) => noun.replace(/^(the|a|an) /i, '')
export const the = (noun: string) =>
  articled.test(noun) || noun.startsWith('(') ? noun : `the ${noun}`

/** `an umbrella`, `a unit`, `an hour`, `an SLA`: the sound decides, not the letter. What is plural takes no article. */
export const a = (noun: string) => {
  if (articled.test(noun) || isPlural(noun)) return noun
  return `${beginsWithVowel(noun.replace(/^[“"(]+/, '')) ? 'an' : 'a'} ${noun}`
}

/** `such an hour`, `such a month`, `such hours`. */
export const such = (noun: string) => `such ${a(noun)}`

function beginsWithVowel(words: string): boolean {
  const [first = ''] = words.split(/[^\p{L}\p{N}]/u)
  if (/^\d/.test(first)) return /^(8|1[18]$)/.test(first)
  // Letters that are spelled out: NDA, FAQ, X-ray. Where a vowel follows a consonant they are read as a word: SIM, LAN.
  if (/^\p{Lu}{1,5}$/u.test(first))
    return /^([AEIO]|[FHLMNRSX](?![AEIOU]))/.test(first) || /^(FAQ|LED)$/.test(first)
  if (/^(hour|hono|honest|heir)/i.test(first)) return true
  return /^[aeiou]/i.test(first) && !/^(eu|ewe|one|once|u(ni(?!n|m|d)|[krst][aeiou]))/i.test(first)
}

/** A noun ends where a preposition, a relative or what is said after it begins. */
const afterNoun =
  /,| \(| (of|for|in|at|on|by|to|from|with|without|since|until|while|when|where|who|which|that|this|so|not|per|before|after|during|between|under|over|already|late|early|left|due|down|open|available|unavailable|outstanding|overdue|remaining|missing|away|below|above|beyond|back|seen|shown|known|given|taken|stolen|broken|chosen|begun|lost|found|sent|kept|paid|lent|sold|bought|brought|made|done|won|drawn|withdrawn|gone|\w{2,}ed)\b/
const headOf = (noun: string) => {
  const place = noun.search(afterNoun)
  return place > 0 ? ([noun.slice(0, place), noun.slice(place)] as const) : ([noun, ''] as const)
}

export function isPlural(noun: string): boolean {
  if (noun === 'they') return true
  const [head] = headOf(noun)
  return / and$/.test(head) || (/s$/.test(head) && !/(ss|us|is|ics)$/.test(head))
}

/** What is done and counted, “readings of the meter”; of other doing there are cases. */
const countedDoing =
  /^(reading|booking|meeting|hearing|warning|finding|landing|sailing|crossing|opening|filing|mailing|listing|serving|sitting|showing|drawing|rating|ruling)$/

export function plural(noun: string): string {
  const [head, rest] = headOf(bare(noun))
  if (isPlural(head)) return head + rest
  if (/^[a-z]{2,}ing$/.test(head) && rest !== '' && !countedDoing.test(head))
    return `cases of ${head}${rest}`
  if (/^(maintenance|data|traffic)$/.test(head)) return head + rest
  if (!/[aeiouy]/i.test(head)) return head + rest // a unit such as kWh
  if (/[^aeiou]y$/.test(head)) return `${head.slice(0, -1)}ies${rest}`
  return `${head}${/(s|x|ch|sh)$/.test(head) ? 'es' : 's'}${rest}`
}

/** “day of use”, “weekday booked”: the noun alone changes. */
export function singular(noun: string): string {
  const [head, rest] = headOf(noun)
  return singularWord(head) + rest
}

function singularWord(noun: string): string {
  // Mbps is a unit of its own: its s is a second.
  if (
    /(ss|us|is)$/.test(noun) ||
    /^[^aeiouy]+ps$/i.test(noun) ||
    !/s$/.test(noun) ||
    /\/s$/.test(noun)
  )
    return noun
  if (/ies$/.test(noun)) return `${noun.slice(0, -3)}y`
  return /(ss|x|ch|sh)es$/.test(noun) ? noun.slice(0, -2) : noun.slice(0, -1)
}

/** `250,000.00`: an amount in groups of three digits, and a number from five digits on (2024 may be a year). */
export const groupedAmount = (text: string) => grouped(text, 4)
export const groupedNumber = (text: string) => grouped(text, 5)

function grouped(text: string, digits: number): string {
  const [, sign = '', whole = '', rest = ''] = /^(-?)(\d+)((?:\.\d+)?…?)$/.exec(text) ?? []
  if (whole.length < digits) return text
  return `${sign}${whole.replace(/\B(?=(\d{3})+$)/g, ',')}${rest}`
}

const ordinals = [
  'first',
  'second',
  'third',
  'fourth',
  'fifth',
  'sixth',
  'seventh',
  'eighth',
  'ninth',
  'tenth',
]
export function ordinal(count: number, written: 'words' | 'figures' = 'words'): string {
  const word = ordinals[count - 1]
  if (written === 'words' && word !== undefined) return word
  const tail =
    count % 100 > 10 && count % 100 < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][count % 10] ?? 'th')
  return `${count}${tail}`
}

/** “brings about a use”: “bring about a use”, as after “may”. */
export const infinitive = (deed: string) =>
  deed.replace(/^\w+/, (verb) =>
    verb
      .replace(/ies$/, 'y')
      .replace(/(sh|ch|ss|x|zz|o)es$/, '$1')
      .replace(/(?<!s)s$/, ''),
  )

/** “offered”, “answered in time”: neither is a noun, and neither has a plural; “used hours” is one and has. */
export const isParticiple = (words: string) =>
  /^(\w{3,}[^e]ed|lost|sent|kept|paid|given|taken|broken|made|sold|bought|seen|shown|stolen|chosen)( (in|on|at|by|for|to|from|off|out|up|late|early|before|after|within|without|until|again)\b.*)?$/i.test(
    words,
  )

export const bounds = (least: string | undefined, most: string | undefined) =>
  [
    least === undefined ? '' : `at least ${least}`,
    most === undefined ? '' : `at most ${most}`,
  ].filter((part) => part !== '')
