import { createContext, use } from 'react'
import type { z } from 'zod'
import type { Endpoint } from '../http/endpoint.ts'

/**
 * What pages need of `platform/http/client.ts`, by whatever endpoints it was made. A screen names the endpoint's type
 * (`useAnswer<typeof agreementShown>('agreement_shown', …)`): it is typed by the declaration and loads none of it.
 */
export type WebClient = { readonly [way in Endpoint['is']]: Call }

// `never`, so that a client of any endpoints is one; `Given` below is what checks the input.
type Call = (name: never, input: never, options?: CallOptions) => Promise<unknown>

type CallOptions = { readonly signal?: AbortSignal; readonly key?: string }

export type Given<One extends Endpoint> = z.input<One['input']>
export type Answered<One extends Endpoint> = z.output<One['output']>

type Called = {
  readonly way: Endpoint['is']
  readonly name: string
  readonly input: object
  readonly options?: CallOptions | undefined
}

export const call = <One extends Endpoint>(client: WebClient, called: Called) =>
  client[called.way](called.name as never, called.input as never, called.options) as Promise<
    Answered<One>
  >

const ClientContext = createContext<WebClient | undefined>(undefined)

export const ClientProvider = ClientContext

export function useClient(): WebClient {
  const client = use(ClientContext)
  if (!client) throw new Error('There is no client around this: createApp gives it one.')
  return client
}
