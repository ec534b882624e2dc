import type { Pool, PoolClient } from 'pg'
import type { z } from 'zod'
import type { Instant } from '../../kernel/time.ts'
import type { Perspective } from '../database/transaction.ts'
import type { Command, Refusal } from '../journal/command.ts'
import type { Journal } from '../journal/handle.ts'
import type { Tokens } from './token.ts'

type Route = `${'GET' | 'POST' | 'DELETE'} /${string}`

/** What every way in declares once: route, validation, OpenAPI, client and reference are made from it. */
type Declared<Input extends z.ZodObject, Output extends z.ZodType, Name extends string> = {
  readonly name: Name
  /** A noun; `:name` stands for a part of the input. */
  readonly route: Route
  /** One sentence for people. */
  readonly says: string
  /** Path, query string and body together; each name comes from one of them. */
  readonly input: Input
  readonly output: Output
  /** Names of what it may refuse, in the order in which they are checked. */
  readonly refusals: readonly string[]
}

/** A write: the journal's command with its way in. */
export type CommandEndpoint<
  Input extends z.ZodObject = z.ZodObject,
  Output extends z.ZodType = z.ZodType,
  Name extends string = string,
> = Declared<Input, Output, Name> & {
  readonly is: 'command'
  /** Who may, as `side role`; printed and tested as one table. */
  readonly roles: readonly string[]
  readonly command: Command<z.output<Input>>
}

export type Asked<Input> = {
  readonly input: Input
  /** Of a stranger all three are empty. */
  readonly viewer: Perspective
  readonly now: Instant
  /** In a transaction that sees what the viewer may see. */
  readonly client: PoolClient
  /** Sees everything: only for what is then shown by a projection, and only after the viewer's part in it was found. */
  readonly work: Pool
  readonly demonstration: boolean
}

/** A read. It changes nothing, also where its route is a POST because the question has a body. */
export type QueryEndpoint<
  Input extends z.ZodObject = z.ZodObject,
  Output extends z.ZodType = z.ZodType,
  Name extends string = string,
> = Declared<Input, Output, Name> & {
  readonly is: 'query'
  /** Whether a stranger may ask. */
  readonly open: boolean
  /** Who may ask, as `side role`, where it is not everybody of the party; the answer judges it. */
  readonly roles?: readonly string[]
  answer(asked: Asked<z.output<Input>>): Promise<z.input<Output> | { readonly refusal: Refusal }>
}

type Entering<Input> = {
  readonly input: Input
  readonly viewer: Perspective
  readonly now: Instant
  readonly machineNow: () => Instant
  readonly work: Pool
  readonly journal: Journal
  readonly tokens: Tokens
  readonly demonstration: boolean
  /** Puts a token's secret into the browser's cookie, or takes it out. */
  readonly keepSession: (secret: string | undefined) => void
}

/** What is not done for a party: signing in, moving the clock, loading documents, tokens. */
export type Door<
  Input extends z.ZodObject = z.ZodObject,
  Output extends z.ZodType = z.ZodType,
  Name extends string = string,
> = Declared<Input, Output, Name> & {
  readonly is: 'door'
  /** `demonstration` opens only there; `operator` needs the token of whoever runs the platform. */
  readonly to: 'everybody' | 'demonstration' | 'operator'
  enter(
    entering: Entering<z.output<Input>>,
  ): Promise<z.input<Output> | { readonly refusal: Refusal }>
}

export type Endpoint = CommandEndpoint | QueryEndpoint | Door

/** These three only help the compiler to infer: the client is typed by what they return. */
export const command = <
  Input extends z.ZodObject,
  Output extends z.ZodType,
  const Name extends string,
>(
  declared: Omit<CommandEndpoint<Input, Output, Name>, 'is'>,
): CommandEndpoint<Input, Output, Name> => ({ is: 'command', ...declared })

export const query = <
  Input extends z.ZodObject,
  Output extends z.ZodType,
  const Name extends string,
>(
  declared: Omit<QueryEndpoint<Input, Output, Name>, 'is'>,
): QueryEndpoint<Input, Output, Name> => ({ is: 'query', ...declared })

export const door = <
  Input extends z.ZodObject,
  Output extends z.ZodType,
  const Name extends string,
>(
  declared: Omit<Door<Input, Output, Name>, 'is'>,
): Door<Input, Output, Name> => ({ is: 'door', ...declared })
