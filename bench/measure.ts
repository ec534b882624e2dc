/** Measuring one piece of work again and again, and saying it in a line. */

const rounds = 5
const roundMs = 300
/** V8 goes on improving what it runs for about as long. */
const warmUpMs = 1000

export type Rate = {
  /** In a second of this process’s processor time, collecting garbage and all: the median of the rounds. */
  readonly median: number
  /** By the clock, had every run been as fast as the fastest: what the work takes where nobody else uses the machine. */
  readonly best: number
}

export function perSecond(work: () => unknown): Rate {
  const begun = performance.now()
  do work()
  while (performance.now() - begun < warmUpMs)
  let fastest = Number.POSITIVE_INFINITY
  const rates = Array.from({ length: rounds }, () => {
    const start = performance.now()
    const from = process.cpuUsage()
    let done = 0
    for (let now = start; now - start < roundMs; done += 1) {
      work()
      const ended = performance.now()
      fastest = Math.min(fastest, ended - now)
      now = ended
    }
    const { user, system } = process.cpuUsage(from)
    return (done * 1_000_000) / (user + system)
  }).sort((left, right) => left - right)
  return { median: rates[Math.floor(rounds / 2)] ?? 0, best: 1000 / fastest }
}

/** So many done by each piece of work. */
export const times = ({ median, best }: Rate, count: number): Rate => ({
  median: median * count,
  best: best * count,
})

/** Milliseconds instead of a rate. */
export const took = ({ median, best }: Rate): string =>
  `${inDigits(1000 / median)} ms, fastest ${inDigits(1000 / best)} ms`

export const asRate = ({ median, best }: Rate): string =>
  `${grouped(median)} /s, fastest ${grouped(best)} /s`

/** Which part of a whole takes so much of its time, both measured alone. */
export const shareOf = (whole: Rate, part: Rate, name: string): string =>
  `${name} ${((100 * whole.best) / part.best).toFixed(0)} %`

export function row(name: string, said: string, ...shares: readonly string[]): void {
  console.log(`${name.padEnd(58)} ${said}${shares.length > 0 ? `   ${shares.join(', ')}` : ''}`)
}

const grouped = (rate: number) => Math.round(rate).toLocaleString('en')
const inDigits = (ms: number) => (ms < 10 ? ms.toFixed(2) : ms.toFixed(0))
