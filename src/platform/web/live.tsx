import {
  keepPreviousData,
  type QueryClient,
  type UseQueryOptions,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { Endpoint } from '../http/endpoint.ts'
import { type Answered, call, type Given, useClient } from './client.tsx'
import { type Problem, problemOf } from './problem.ts'

type Asking = {
  /** The streams whose changes make the answer old. Without them every change does: lists, home. */
  readonly streams?: readonly string[] | undefined
  /** A door that only tells, such as the worlds of the demonstration. */
  readonly way?: 'query' | 'door' | undefined
  /** Off while an input is not complete. */
  readonly enabled?: boolean | undefined
}

/** What a page is told, kept up to date while it is looked at. */
export function useAnswer<One extends Endpoint>(
  name: One['name'],
  input: Given<One>,
  asking: Asking = {},
) {
  const client = useClient()
  return useQuery<Answered<One>, Problem>(answerOptions<One>(client, { name, input, ...asking }))
}

type Wanted<One extends Endpoint> = Asking & {
  readonly name: One['name']
  readonly input: Given<One>
}

function answerOptions<One extends Endpoint>(
  client: Parameters<typeof call>[0],
  { name, input, streams, way = 'query', enabled = true }: Wanted<One>,
): UseQueryOptions<Answered<One>, Problem> {
  return {
    queryKey: [...(streams === undefined ? ['any stream'] : ['stream', ...streams]), name, input],
    queryFn: ({ signal }) => call<One>(client, { way, name, input, options: { signal } }),
    enabled,
    // A changed slot shows the answer before until the next is there, so that the page does not jump.
    placeholderData: keepPreviousData,
  }
}

export type UsedCommand<One extends Endpoint> = {
  /** Sends it; throws the problem too, for the button that is pressed to show it. */
  readonly run: (input: Given<One>) => Promise<Answered<One>>
  readonly isBusy: boolean
  readonly problem: Problem | undefined
  readonly forget: () => void
}

/**
 * A change. The same input keeps its request key until the server has answered it, so that what was sent again after
 * silence happens once. What is shown is asked for again as soon as it was done, without waiting for the stream of changes.
 */
export function useCommand<One extends Endpoint>(
  name: One['name'],
  way: 'command' | 'door' = 'command',
): UsedCommand<One> {
  const client = useClient()
  const queries = useQueryClient()
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem>()
  const open = useRef<{ input: string; key: string }>(undefined)
  const run = async (input: Given<One>) => {
    const text = JSON.stringify(input)
    if (open.current?.input !== text) open.current = { input: text, key: freshKey() }
    setBusy(true)
    setProblem(undefined)
    try {
      const options = { key: open.current.key }
      const answer = await call<One>(client, { way, name, input, options })
      open.current = undefined
      await queries.invalidateQueries()
      return answer
    } catch (thrown) {
      const problem = problemOf(thrown)
      if (problem.status !== 0 && problem.status !== 503) open.current = undefined
      setProblem(problem)
      throw thrown
    } finally {
      setBusy(false)
    }
  }
  return { run, isBusy, problem, forget: () => setProblem(undefined) }
}

// `randomUUID` is missing where a page came over plain HTTP.
const freshKey = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('')

/**
 * Listens to `/api/changes`: a change makes old what names its stream, and what depends on any; a moved clock, and having
 * missed something, makes everything old.
 */
export function useChanges(address = '/api/changes'): void {
  const queries = useQueryClient()
  useEffect(() => {
    const source = new EventSource(address)
    const collected = collect(queries)
    source.addEventListener('change', ({ data }: MessageEvent<string>) =>
      collected.add((JSON.parse(data) as { stream: string }).stream),
    )
    source.addEventListener('clock', collected.everything)
    source.addEventListener('missed', collected.everything)
    // What was told before it was open, the first time or again, was told to nobody.
    source.addEventListener('open', collected.everything)
    return () => {
      source.close()
      collected.stop()
    }
  }, [queries, address])
}

// One command can change several streams: a moment of waiting asks once for all of them.
const collectMilliseconds = 60

function collect(queries: QueryClient) {
  const streams = new Set<string>()
  let isEverything = false
  let timer: ReturnType<typeof setTimeout> | undefined
  const flush = () => {
    timer = undefined
    const [old, all] = [new Set(streams), isEverything]
    streams.clear()
    isEverything = false
    queries.invalidateQueries({ predicate: ({ queryKey }) => all || isOld(queryKey, old) })
  }
  const later = () => {
    timer ??= setTimeout(flush, collectMilliseconds)
  }
  return {
    add: (stream: string) => {
      streams.add(stream)
      later()
    },
    everything: () => {
      isEverything = true
      later()
    },
    stop: () => clearTimeout(timer),
  }
}

const isOld = (key: readonly unknown[], streams: ReadonlySet<string>) =>
  key[0] !== 'stream' || key.some((part) => typeof part === 'string' && streams.has(part))
