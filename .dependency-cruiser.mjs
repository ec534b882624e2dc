// The architecture, as rules. Each rule is broken on purpose in tools/architecture.test.ts, so a
// rule that no longer fires, or a new one without such a proof, fails the tests.

const test = '[.]test(-support)?[.]tsx?$'
const asking = '^src/contract/(question|answer|explanation|prose|case)/'
const worldly = '[./](store[.]ts|api[.]ts|screen[.]tsx)$'
const sliceDoor = '^src/(?!kernel/|contract/|platform/).+[./](api[.]ts|screen[.]tsx)$'
const sliceUnlessWorldly = `^src/(?!kernel/|contract/|platform/|.+${worldly})[^/]+/`

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'kernel-stands-alone',
      comment: 'Numbers, time and ids mean the same everywhere, so the kernel depends on nothing.',
      severity: 'error',
      from: { path: '^src/kernel/', pathNot: test },
      to: { pathNot: '^src/kernel/' },
    },
    {
      name: 'contract-is-pure',
      comment:
        'An answer is a function of documents and facts. The contract engine reads no clock, file or network; its only packages are a schema, a parser and an expression language.',
      severity: 'error',
      from: { path: '^src/contract/', pathNot: test },
      to: {
        pathNot: ['^src/(kernel|contract)/', '^node_modules/(zod|yaml|@marcbachmann/cel-js)/'],
      },
    },
    {
      name: 'engine-knows-no-question',
      comment:
        'What computes is asked, told and printed by others. A term that knew its sentences or who asks for it could answer each of them differently.',
      severity: 'error',
      from: { path: '^src/contract/', pathNot: [test, asking] },
      to: { path: asking },
    },
    {
      name: 'language-comes-first',
      comment:
        'The words of a contract are read before anything is made of them. What they mean stands in what is compiled; of that they know the names of faults.',
      severity: 'error',
      from: { path: '^src/contract/language/', pathNot: test },
      to: {
        path: '^src/contract/',
        pathNot: '^src/contract/(language/|document/fault[.]ts$)',
      },
    },
    {
      name: 'document-is-text',
      comment:
        'A document is keys and texts with their places. What any of them means is found by who reads it.',
      severity: 'error',
      from: { path: '^src/contract/document/', pathNot: test },
      to: { path: '^src/contract/', pathNot: '^src/contract/document/' },
    },
    {
      name: 'operations-see-values-alone',
      comment:
        'A derivation is evaluated again from its leaves: what makes a value of values sees periods and calendars, and no fact, name or question.',
      severity: 'error',
      from: { path: '^src/contract/operation/', pathNot: test },
      to: {
        path: '^src/contract/',
        pathNot: [
          '^src/contract/(operation|calendar|language)/',
          '^src/contract/(period/period|value|derivation|work)[.]ts$',
        ],
      },
    },
    {
      name: 'slice-is-pure-unless-named',
      comment:
        'In a slice only store.ts, api.ts and screen.tsx touch the world. Everything else is words and rules, and can be tested and replayed without it. The types of rows are words too: they are erased before anything loads.',
      severity: 'error',
      from: { path: sliceUnlessWorldly, pathNot: test },
      to: {
        dependencyTypesNot: ['type-only'],
        pathNot: ['^src/(kernel|contract)/', sliceUnlessWorldly, '^node_modules/zod/'],
      },
    },
    {
      name: 'slice-keeps-its-doors',
      comment:
        'Other slices see words, rules and readings. An api or a screen is for people and programs outside.',
      severity: 'error',
      from: { path: '^src/([^/]+)/', pathNot: '^src/(kernel|contract|platform)/' },
      to: { path: sliceDoor, pathNot: '^src/$1/' },
    },
    {
      name: 'platform-knows-no-term',
      comment:
        'The platform carries any field of work. It knows no slice, no contract and not the list of slices.',
      severity: 'error',
      from: { path: '^src/platform/' },
      to: { path: '^src/', pathNot: ['^src/(platform|kernel)/', '^src/main[.]ts$'] },
    },
    {
      name: 'command-line-belongs-to-main',
      comment: 'The command line is a way in. What it calls must not call it.',
      severity: 'error',
      from: { pathNot: ['^src/(main|remote|replay)[.]ts$', '^(tools|bench)/', test] },
      to: { path: '^src/(platform/terminal|question/command|remote|replay)[.]ts$' },
    },
    {
      name: 'main-is-started-not-imported',
      comment: 'Importing main runs the program. The executable starts it, by its path.',
      severity: 'error',
      from: {},
      to: { path: '^src/main[.]ts$' },
    },
    {
      name: 'tests-are-imported-by-tests-alone',
      comment:
        'What two tests share and the program needs too is not a test. Tools and benchmarks are no program.',
      severity: 'error',
      from: { pathNot: [test, '^(tools|bench)/'] },
      to: { path: test },
    },
    {
      name: 'examples-and-cases-are-read',
      comment:
        'Examples and cases are the files a provider would keep. They are read as files, so they work the same for anyone else.',
      severity: 'error',
      from: {},
      to: { path: '^(examples|cases)/' },
    },
    {
      name: 'no-cycles',
      comment:
        'Two files that need each other to load are one file. Types are erased before loading and may refer to each other.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    // The package needs its exports read as Node reads them.
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default'],
    },
  },
}
