import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'

// The whole check. Every step runs even when another failed, and says what it found in full.
// The last line is `N passed, N failed`: the tests, and each step beside them.

type Step = { name: string; command: string[] }
type Result = { name: string; passed: boolean; output: string; seconds: number }
type Count = { passed: number; failed: number }

const root = join(import.meta.dirname, '..')
const binFolder = join(root, 'node_modules/.bin')
const stepsAtOnce = 2
/** By path: the package named typescript is an older one, kept for dependency-cruiser. */
const compiler = join(root, 'node_modules/@typescript/native/bin/tsc')
const cruisedFolders = ['src', 'bin', 'tools', 'scenarios', 'bench', 'cases']

const reportFolder = await mkdtemp(join(tmpdir(), 'check-'))
const reportPath = join(reportFolder, 'tests.json')
const started = performance.now()

// The longest first, so that the two lanes end together.
const testStep: Step = {
  name: 'tests',
  command: ['vitest', 'run', '--reporter=minimal', '--reporter=json', `--outputFile=${reportPath}`],
}
const steps: Step[] = [
  testStep,
  { name: 'dead code', command: ['knip', '--no-progress'] },
  {
    name: 'architecture',
    command: ['depcruise', ...cruisedFolders.filter((folder) => existsSync(join(root, folder)))],
  },
  { name: 'style', command: ['biome', 'ci', '--colors=off', '--error-on-warnings'] },
  { name: 'types', command: [compiler] },
  { name: 'types of the pages', command: [compiler, '-p', 'tsconfig.web.json'] },
  { name: 'generated files', command: ['node', 'tools/generate.ts', '--check'] },
]

const results = await runAll(steps)
const tests = await testCount()
await rm(reportFolder, { recursive: true })
const total = add(tests, stepCount(results, tests))

console.log(
  `\n${seconds(performance.now() - started)} s in all, ${tests.passed + tests.failed} tests`,
)
console.log(`${total.passed} passed, ${total.failed} failed`)
if (total.failed > 0) process.exitCode = 1

async function runAll(waiting: Step[]): Promise<Result[]> {
  const queue = [...waiting]
  const finished: Result[] = []
  const lane = async () => {
    for (let step = queue.shift(); step !== undefined; step = queue.shift()) {
      const result = await run(step)
      finished.push(result)
      show(result)
    }
  }
  await Promise.all(Array.from({ length: stepsAtOnce }, lane))
  return finished
}

function run({ name, command: [program = '', ...words] }: Step): Promise<Result> {
  const from = performance.now()
  const { FORCE_COLOR: _, ...inherited } = process.env
  const env = { ...inherited, NO_COLOR: '1', PATH: `${binFolder}${delimiter}${inherited.PATH}` }
  const child = spawn(program, words, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  child.stdout.on('data', (text) => {
    output += text
  })
  child.stderr.on('data', (text) => {
    output += text
  })
  return new Promise((resolve) => {
    const end = (passed: boolean) =>
      resolve({ name, passed, output, seconds: seconds(performance.now() - from) })
    child.on('error', (fault) => {
      output += fault.message
      end(false)
    })
    child.on('close', (code) => end(code === 0))
  })
}

function show(result: Result): void {
  console.log(`${result.passed ? 'passed' : 'FAILED'}  ${result.name}, ${result.seconds} s`)
  if (!result.passed) console.log(`\n${result.output.trim()}\n`)
}

/** What the test run reported; nothing when it ended before it could. */
async function testCount(): Promise<Count> {
  const report = await readFile(reportPath, 'utf8').catch(() => '{}')
  const { numPassedTests = 0, numFailedTests = 0 } = JSON.parse(report)
  return { passed: numPassedTests, failed: numFailedTests }
}

/** A test run counts as a step of its own: failed tests are counted one by one and fail it too. */
function stepCount(results: Result[], tests: Count): Count {
  const passed = results.filter((result) => result.passed && !ranNoTest(result, tests)).length
  return { passed, failed: results.length - passed }
}

function ranNoTest(result: Result, tests: Count): boolean {
  return result.name === testStep.name && tests.passed + tests.failed === 0
}

function add(one: Count, other: Count): Count {
  return { passed: one.passed + other.passed, failed: one.failed + other.failed }
}

function seconds(milliseconds: number): number {
  return Math.round(milliseconds / 100) / 10
}
