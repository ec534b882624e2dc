import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import {
  cruise,
  type ICruiseOptions,
  type ICruiseResult,
  type IResolveOptions,
} from 'dependency-cruiser'
import extractDepcruiseConfig from 'dependency-cruiser/config-utl/extract-depcruise-config'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

// Every rule of .dependency-cruiser.mjs is broken here on purpose, in a tree of its own, and must
// be the only one to complain.

type Tree = Record<string, string>

const offences: Record<string, Tree> = {
  'kernel-stands-alone': {
    'src/kernel/money.ts': `import { readFileSync } from 'node:fs'`,
  },
  'contract-is-pure': {
    'src/contract/term/charge.ts': `import { readFileSync } from 'node:fs'`,
  },
  'engine-knows-no-question': {
    'src/contract/term/target.ts': `import { clause } from '../prose/clause.ts'`,
    'src/contract/prose/clause.ts': `export const clause = 1`,
  },
  'language-comes-first': {
    'src/contract/language/fact.ts': `import { readDocuments } from '../document/document.ts'`,
    'src/contract/document/document.ts': `export const readDocuments = 1`,
  },
  'document-is-text': {
    'src/contract/document/document.ts': `import type { Formula } from '../formula/formula.ts'`,
    'src/contract/formula/formula.ts': `export type Formula = string`,
  },
  'operations-see-values-alone': {
    'src/contract/operation/time.ts': `import { facts } from '../fact/fact.ts'`,
    'src/contract/fact/fact.ts': `export const facts = 1`,
  },
  'slice-is-pure-unless-named': {
    'src/party/rules.ts': `import { rows } from './store.ts'`,
    'src/party/store.ts': `export const rows = 1`,
  },
  'slice-keeps-its-doors': {
    'src/party/api.ts': `import { offer } from '../offering/api.ts'`,
    'src/offering/api.ts': `export const offer = 1`,
  },
  'platform-knows-no-term': {
    'src/platform/journal.ts': `import { date } from '../contract/period/period.ts'`,
    'src/contract/period/period.ts': `export const date = 1`,
  },
  'command-line-belongs-to-main': {
    'src/party/api.ts': `import { colour } from '../platform/terminal.ts'`,
    'src/platform/terminal.ts': `export const colour = 1`,
  },
  'main-is-started-not-imported': {
    'tools/start.ts': `import '../src/main.ts'`,
    'src/main.ts': `export {}`,
  },
  'tests-are-imported-by-tests-alone': {
    'src/kernel/money.ts': `import { sample } from './money.test.ts'`,
    'src/kernel/money.test.ts': `export const sample = 1`,
  },
  'examples-and-cases-are-read': {
    'scenarios/story.test.ts': `import { world } from '../examples/world.ts'`,
    'examples/world.ts': `export const world = 1`,
  },
  'no-cycles': {
    'src/kernel/money.ts': `import { unit } from './unit.ts'\nexport const money = unit`,
    'src/kernel/unit.ts': `import { money } from './money.ts'\nexport const unit = money`,
  },
}

/** What the same rules let pass, so that none of them forbids too much. */
const tidy: Tree = {
  'src/kernel/money.ts': `import type { Unit } from './unit.ts'\nexport type Money = Unit`,
  'src/kernel/unit.ts': `import type { Money } from './money.ts'\nexport type Unit = Money`,
  'src/kernel/money.test.ts': `import { readFileSync } from 'node:fs'\nimport './money.ts'`,
  'src/contract/document/document.ts': `import { z } from 'zod'\nimport { parse } from 'yaml'\nimport '../../kernel/money.ts'`,
  'src/contract/language/words.ts': `import type { FaultName } from '../document/fault.ts'\nexport type Refused = FaultName`,
  'src/contract/document/fault.ts': `export type FaultName = 'word_unknown'`,
  'src/contract/operation/time.ts': `import '../calendar/calendar.ts'\nimport '../period/period.ts'\nimport '../value.ts'`,
  'src/contract/calendar/calendar.ts': `export {}`,
  'src/contract/period/period.ts': `import '../calendar/calendar.ts'`,
  'src/contract/value.ts': `export {}`,
  'src/contract/question/value.ts': `import '../formula/formula.ts'\nimport '../explanation/step.ts'`,
  'src/contract/explanation/step.ts': `import '../language/words.ts'`,
  'src/contract/formula/formula.ts': `import { evaluate } from '@marcbachmann/cel-js'\nimport '../document/document.ts'`,
  'src/party/terms.ts': `import { z } from 'zod'\nimport '../contract/document/document.ts'`,
  'src/offering/rules.ts': `import '../party/terms.ts'`,
  'src/offering/rules.test.ts': `import { tmpdir } from 'node:os'\nimport './rules.ts'`,
  'src/offering/store.ts': `import '../platform/journal.ts'\nimport './rules.ts'`,
  'src/offering/api.ts': `import './store.ts'\nimport '../party/store.ts'`,
  'src/offering/screen.tsx': `import './terms.ts'`,
  'src/party/store.ts': `import { readFileSync } from 'node:fs'`,
  'src/platform/journal.ts': `import { open } from 'node:fs/promises'\nimport { parse } from 'yaml'\nimport '../kernel/money.ts'`,
  'src/platform/terminal.ts': `export {}`,
  'src/remote.ts': `import './slices.ts'\nexport type Told = string`,
  'src/replay.ts': `import type { Told } from './remote.ts'`,
  'src/slices.ts': `import './offering/api.ts'`,
  'src/main.ts': `import './remote.ts'\nimport './platform/terminal.ts'`,
  'src/program.ts': `export {}`,
  'bin/tessera.js': `await import('../src/program.ts')`,
  ...installed('zod', 'zod'),
  ...installed('yaml', 'parse'),
  ...installed('@marcbachmann/cel-js', 'evaluate'),
}

const config = await extractDepcruiseConfig(join(import.meta.dirname, '../.dependency-cruiser.mjs'))
let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'architecture-'))
})

afterAll(() => rm(folder, { recursive: true }))

describe('the architecture', () => {
  test('has a proof for every rule', () => {
    expect(Object.keys(offences)).toEqual(config.forbidden?.map((rule) => rule.name))
  })

  test.each(Object.entries(offences))('%s fires when broken, alone', async (name, tree) => {
    expect(await rulesBroken(name, tree)).toEqual([name])
  })

  test('lets a tidy tree pass', async () => {
    expect(await rulesBroken('tidy', tidy)).toEqual([])
  })

  test('lets no two folders of the engine import each other', async () => {
    expect(await foldersInACircle(join(import.meta.dirname, '..'))).toEqual([])
    const circle = {
      'src/contract/term/target.ts': `import type { Period } from '../period/period.ts'`,
      'src/contract/period/period.ts': `import { type Target } from '../term/target.ts'`,
    }
    expect(await foldersInACircle(await planted('circle', circle))).toEqual(['period term'])
  })
})

async function rulesBroken(name: string, tree: Tree): Promise<string[]> {
  const top = Object.keys(tree).map((path) => path.replace(/\/.*/, ''))
  const sources = new Set(top.filter((path) => path !== 'node_modules'))
  const { summary } = await cruised(await planted(name, tree), [...sources])
  return [...new Set(summary.violations.map((violation) => violation.rule.name))]
}

/** Folders of the engine of which each imports the other. What lies in its root is shared by all of them. */
async function foldersInACircle(baseDir: string): Promise<string[]> {
  const { modules } = await cruised(baseDir, ['src/contract'])
  const folderOf = (path: string) => /^src\/contract\/(.+)\/(?!.*[.]test)/.exec(path)?.[1]
  const imports = new Set(
    modules.flatMap(({ source, dependencies }) =>
      dependencies.map(({ resolved }) => `${folderOf(source)} ${folderOf(resolved)}`),
    ),
  )
  return [...imports].filter((pair) => {
    const [from = '', to = ''] = pair.split(' ')
    return from < to && !pair.includes('undefined') && imports.has(`${to} ${from}`)
  })
}

async function cruised(baseDir: string, sources: string[]): Promise<ICruiseResult> {
  const { enhancedResolveOptions, tsConfig: _, ...options } = config.options ?? {}
  const { output } = await cruise(
    sources,
    { ...options, baseDir, validate: true, ruleSet: config } as ICruiseOptions,
    enhancedResolveOptions as Partial<IResolveOptions>,
  )
  if (typeof output === 'string') throw new Error(output)
  return output
}

async function planted(name: string, tree: Tree): Promise<string> {
  const baseDir = join(folder, name)
  for (const [path, text] of Object.entries(tree)) {
    await mkdir(dirname(join(baseDir, path)), { recursive: true })
    await writeFile(join(baseDir, path), text)
  }
  return baseDir
}

function installed(name: string, exported: string): Tree {
  return {
    [`node_modules/${name}/package.json`]: JSON.stringify({ name, main: 'index.js' }),
    [`node_modules/${name}/index.js`]: `export const ${exported} = 1`,
  }
}
