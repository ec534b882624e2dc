import { readFileSync, readdirSync } from 'node:fs'
import { readDocuments } from './contract/document.ts'
import { runCase } from './contract/case.ts'
let p = 0, f = 0
for (const file of readdirSync(process.argv[3] ?? 'cases', { recursive: true, withFileTypes: true }).filter((e) => e.isFile() && e.name.endsWith('.yaml')).map((e) => `${e.parentPath}/${e.name}`)) {
  const { documents, faults } = readDocuments(readFileSync(file, 'utf8'), file)
  for (const x of faults) { f++; console.log('FAULT', file, x.line, x.name, x.pointer, x.words) }
  for (const d of documents) {
    const r = runCase(d.data, () => undefined)
    for (const x of r.faults) { f++; console.log('FAULT', file, d.locate(x.pointer).line, x.name, x.pointer, x.words) }
    for (const x of r.results) { if (x.passed) p++; else { f++; console.log('FAILED', file, d.locate(x.pointer).line, x.name, x.words) } }
  }
}
console.log(`${p} passed, ${f} failed`)
