import { setTimeout as wait } from 'node:timers/promises'
import { type EmbeddedServer, type EmbeddedSettings, startEmbedded } from './embedded.ts'

export type SupervisedServer = { readonly url: string; readonly stop: () => Promise<void> }

const againMilliseconds = 100
const againMaxMilliseconds = 5000

/**
 * The embedded server, started again when it ends unasked. Until it is back connections fail; what was acknowledged
 * is on disk.
 */
export async function superviseEmbedded(settings: EmbeddedSettings): Promise<SupervisedServer> {
  const stopping = new AbortController()
  const first = await startEmbedded(settings)
  let running: EmbeddedServer | undefined = first
  const keep = async () => {
    while (running && !(await running.ended)) {
      running = undefined
      running = await startedAgain(first.port, { ...settings, stopping: stopping.signal })
    }
  }
  const keeping = keep()
  return {
    url: first.url,
    stop: async () => {
      stopping.abort()
      await running?.stop()
      await keeping
    },
  }
}

type Again = EmbeddedSettings & { readonly stopping: AbortSignal }

/** Only at its old port, where everybody looks for it. Nothing, when it is to stop meanwhile. */
async function startedAgain(port: number, again: Again): Promise<EmbeddedServer | undefined> {
  const { say, stopping: signal } = again
  for (let pause = againMilliseconds; !signal.aborted; pause *= 2) {
    try {
      const server = await startEmbedded({ ...again, port })
      if (server.port === port && !signal.aborted) return server
      await server.stop()
    } catch (error) {
      say(`PostgreSQL does not start again: ${error instanceof Error ? error.message : error}`)
    }
    const milliseconds = Math.min(pause, againMaxMilliseconds)
    await wait(milliseconds, undefined, { signal }).catch(() => undefined)
  }
  return undefined
}
