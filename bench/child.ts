import { fork } from 'node:child_process'
import { once } from 'node:events'

/** A process of its own, so that its processor time and memory are its own too. */
export type Child<Told> = {
  readonly told: Told
  readonly ask: <Answer>(question: object) => Promise<Answer>
  readonly usage: () => Promise<Usage>
  readonly stop: () => Promise<void>
}

export type Usage = {
  /** User and system time together. */
  readonly cpuMicroseconds: number
  readonly peakMegabytes: number
}

type Answering = {
  readonly stop: () => Promise<void>
  readonly answer?: (question: never) => Promise<object>
}

/** Starts a program that calls `report`; resolves with what it reports. */
export async function startChild<Told>(program: string, settings: object): Promise<Child<Told>> {
  const child = fork(program, [JSON.stringify(settings)])
  const ended = once(child, 'exit')
  const next = async <Answer>() => {
    const answer = await Promise.race([once(child, 'message'), ended.then(() => undefined)])
    if (!answer) throw new Error(`${program} has ended with ${child.exitCode}`)
    return answer[0] as Answer
  }
  const ask = <Answer>(question: object | string) => {
    child.send(question)
    return next<Answer>()
  }
  return {
    told: await next<Told>(),
    ask,
    usage: () => ask<Usage>('usage'),
    stop: async () => {
      child.send('stop')
      await ended
    },
  }
}

/** In the program: what it was started with. */
export const childSettings = <Settings>(): Settings => JSON.parse(process.argv[2] ?? '{}')

/** In the program: says that it is ready, and answers until it is stopped. A question that fails ends it. */
export function report(told: object, { stop, answer }: Answering): void {
  process.on('message', async (message) => {
    if (message === 'usage') process.send?.(usage())
    else if (message !== 'stop') process.send?.((await answer?.(message as never)) ?? {})
    else {
      await stop()
      process.exit()
    }
  })
  // A bench that failed leaves nobody behind.
  process.once('disconnect', () => process.exit(1))
  process.send?.(told)
}

export function usage(): Usage {
  const { user, system } = process.cpuUsage()
  return { cpuMicroseconds: user + system, peakMegabytes: process.resourceUsage().maxRSS / 1024 }
}
