import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { Command, InvalidArgumentError } from 'commander'
import { bytesMax } from './contract/document/document.ts'
import { readFiles } from './platform/files.ts'
import { colour, finish } from './platform/terminal.ts'
import { ask, check, type Files, type Outcome, print, test } from './question/command.ts'

/** The command line: on files by itself, and by a running platform through its interface. */
const root = join(import.meta.dirname, '..')
const examples = join(root, 'examples')
const now = new Date().toISOString()
const program = new Command('tessera')
  .description(
    'Service offerings whose terms are data: check them, print the contract, ask it, and see the clause that decides.',
  )
  .helpOption('-h, --help', 'show this help')
  .helpCommand(false)
  .showHelpAfterError('(tessera --help shows the commands)')
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))

type Common = { json?: true }

program
  .command('check')
  .description(
    'name every fault of an offering, or of a world of files, with line and words that say how to mend it',
  )
  .argument('<path>', 'a file or a folder')
  .option('--json', 'as data')
  .action((path: string, options: Common) => report(check(files(path)), options))

program
  .command('test')
  .description('run the cases of a file or folder; the last line is “N passed, N failed”')
  .argument('<path>', 'a file or a folder')
  .option('--json', 'as data, with each case and whether it passed')
  .action((path: string, options: Common) => report(test(files(path)), options))

program
  .command('ask')
  .description(
    'ask an agreement: may, value, bill, due, met, whose, level, duties, remedy, change, end, exposure, fit',
  )
  .argument('<world>', 'the folder that holds the documents')
  .requiredOption('--question <yaml or file>', 'such as "{ bill: 2026-05 }"')
  .option('--agreement <id>', 'which agreement, where there are several')
  .option(
    '--as <person>',
    'ask as this person, who sees what his role allows; without it, as the provider',
  )
  .option('--at <instant>', 'as of then: nothing later has happened; without it, now')
  .option('--known-by <instant>', 'only what had been recorded by then')
  .option('--json', 'as data, with the whole derivation')
  .action(
    (
      path: string,
      options: Common & {
        question: string
        agreement?: string
        as?: string
        at?: string
        knownBy?: string
      },
    ) => report(ask(files(path), questionText(options.question), { ...options, now }), options),
  )

program
  .command('print')
  .description('print the contract of an agreement, or of the cases in a file, from its terms')
  .argument('<world>', 'the folder that holds the documents')
  .option('--agreement <id>', 'which agreement, where there are several')
  .option('--as <person>', 'print as this person; without it, as the provider')
  .option('--at <instant>', 'the revision in force then; without it, now')
  .option('--behind', 'also what stands behind it, for the provider alone')
  .option('--json', 'as data')
  .action(
    (
      path: string,
      options: Common & { agreement?: string; as?: string; at?: string; behind?: true },
    ) => report(print(files(path), { ...options, now }), options),
  )

program
  .command('start')
  .description('start the platform: database, web and API on one port')
  .option('--port <number>', 'this port; without it 4400, or a free one', portOf)
  .option('--empty', 'without the worked worlds')
  .option('--api-only', 'without the pages')
  .option('--data <folder>', 'where the embedded database lives', join(root, '.tessera'))
  .addHelpText('after', '\nDATABASE_URL names a PostgreSQL of your own, 15 or later, to start on.')
  .action(start)

program
  .command('replay')
  .description('compare the tables with what the journal says, and check its hashes')
  .option('--rebuild', 'fill the tables anew from the journal, where its hashes hold')
  .option('--data <folder>', 'of a Tessera that does not run', join(root, '.tessera'))
  .addHelpText(
    'after',
    '\nWith DATABASE_URL it looks at that database, also while it is in use. The exit code is 1 where they differ.\nWhat runs there is started again after --rebuild: it may keep what it had read.',
  )
  .action(async ({ data, rebuild }: OfServer & { rebuild?: true }) => {
    const { replayed } = await import('./replay.ts')
    const databaseUrl = process.env['DATABASE_URL']
    tell(
      await replayed({
        data,
        ...(databaseUrl !== undefined && { databaseUrl }),
        ...(rebuild && { rebuild }),
      }),
    )
  })

const dataOption = ['--data <folder>', 'of the Tessera that runs', join(root, '.tessera')] as const
type OfServer = { data: string }

program
  .command('apply')
  .description('bring the documents of a folder into the running platform, checked as a whole')
  .argument('<folder>', 'the folder that holds the documents')
  .option(...dataOption)
  .action(async (path: string, { data }: OfServer) => {
    const { apply } = await import('./remote.ts')
    tell(await apply(data, files(path)))
  })

const token = program.command('token').description('tokens for people and programs')

token
  .command('issue')
  .description('issue a bearer token; its secret is told once')
  .requiredOption('--person <id>', 'who acts, such as per_ followed by the id in the files')
  .requiredOption('--organisation <id>', 'for whom, such as org_ followed by its id in the files')
  .requiredOption('--says <text>', 'what it is for')
  .option('--days <number>', 'how long it counts; without it, until it is revoked', daysOf)
  .option(...dataOption)
  .action(
    async (
      options: OfServer & { person: string; organisation: string; says: string; days?: number },
    ) => {
      const { data, days, ...wanted } = options
      const { issueToken } = await import('./remote.ts')
      tell(await issueToken(data, { ...wanted, ...(days !== undefined && { days }) }))
    },
  )

token
  .command('list')
  .description('every token, never a secret')
  .option(...dataOption)
  .action(async ({ data }: OfServer) => tell(await (await import('./remote.ts')).listTokens(data)))

token
  .command('revoke')
  .description('revoke a token')
  .argument('<id>', 'such as tok_…')
  .option(...dataOption)
  .action(async (id: string, { data }: OfServer) =>
    tell(await (await import('./remote.ts')).revokeToken(data, id)),
  )

// A fault of the program itself is said in one line, never as a stack trace.
try {
  await program.parseAsync()
} catch (error) {
  const words = error instanceof Error ? error.message : String(error)
  console.error(`program_fault: ${words}. This is a mistake of Tessera, not of your files.`)
  process.exitCode = 70
}

type StartOptions = { port?: number; empty?: true; apiOnly?: true; data: string }

async function start({ port, empty, apiOnly, data }: StartOptions): Promise<void> {
  const { serve, isRefused } = await import('./serve.ts')
  const databaseUrl = process.env['DATABASE_URL']
  const worlds = empty ? [] : readdirSync(examples).map((world) => join(examples, world))
  try {
    await serve({
      ...{ data, worlds, web: apiOnly !== true, version: '0.1.0' },
      ...(port !== undefined && { port }),
      ...(databaseUrl !== undefined && { databaseUrl }),
      say: (line) => console.log(line),
    })
  } catch (error) {
    if (!isRefused(error)) throw error
    console.error(error.message)
    process.exitCode = 2
  }
}

/** 0 is any free one. */
function portOf(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text)
  throw new InvalidArgumentError('A port is a number up to 65535.')
}

/** As the server takes them. */
function daysOf(text: string): number {
  if (/^\d{1,4}$/.test(text) && Number(text) >= 1 && Number(text) <= 3650) return Number(text)
  throw new InvalidArgumentError('Days are a whole number from 1 to 3650.')
}

function tell({ says, exit }: { says: readonly string[]; exit: 0 | 1 | 2 }): void {
  finish(`${says.join('\n')}\n`, exit)
}

function files(path: string): Files {
  const { files: found, unreadable, isFolder } = readFiles(path, bytesMax)
  return {
    files: found,
    isFolder,
    faults: unreadable.map(({ file, words, tooLarge }) => ({
      name: tooLarge ? 'file_too_large' : 'file_unreadable',
      pointer: '',
      words,
      file,
    })),
  }
}

/** A question is written on the command line, or stands in a file. */
function questionText(text: string): string {
  if (!/\.(ya?ml|json)$/.test(text)) return text
  const {
    files: [file],
    unreadable: [fault],
  } = readFiles(text, bytesMax)
  if (file) return file.text
  console.error(`file_unreadable: ${text}: ${fault?.words ?? ''}`)
  return process.exit(2)
}

function report({ says, data, exit }: Outcome, { json }: Common): void {
  finish(
    json ? `${JSON.stringify(data, undefined, 2)}\n` : `${says.map(colour).join('\n')}\n`,
    exit,
  )
}
