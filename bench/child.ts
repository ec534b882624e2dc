import { fork } from 'node:child_process'
import { once } from 'node:events'

/** A process of its own, so that its processor time and memory are its own too. */
export type Child<Told> = {
  readonly told: Told
  readonly usage: () => Promise<Usage>
  readonly stop: () => Promise<void>
}

export type Usage = {
  /** User and system time together. */
  readonly cpuMicroseconds: number
  readonly peakMegabytes: number
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
  const told = await next<Told>()
  return {
    told,
    usage: () => {
      child.send('usage')
      return next<Usage>()
    },
    stop: async () => {
      child.send('stop')
      await ended
    },
  }
}

/** In the program: its settings, and how it reports and goes on answering until it is stopped. */
export const childSettings = <Settings>(): Settings => JSON.parse(process.argv[2] ?? '{}')

export function report(told: object, stop: () => Promise<void>): void {
  process.on('message', async (message) => {
    if (message === 'usage') process.send?.(usage())
    else {
      await stop()
      process.disconnect()
    }
  })
  process.send?.(told)
}

function usage(): Usage {
  const { user, system } = process.cpuUsage()
  return { cpuMicroseconds: user + system, peakMegabytes: process.resourceUsage().maxRSS / 1024 }
}
