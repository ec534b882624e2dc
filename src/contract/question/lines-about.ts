import { QuestionRefused } from '../question-refused.ts'
import type { Line } from '../scope.ts'
import { instead } from './asked.ts'

type About = { readonly about?: string | undefined; readonly in?: string | undefined }

/** Of a charge for each of several the lines of the one that is asked about; of all where none is. */
export function linesAbout(asked: About, name: string, lines: readonly Line[]): readonly Line[] {
  const { about } = asked
  if (about === undefined) return lines
  const found = lines.filter((line) => line.about === about)
  if (found.length > 0) return found
  const known = new Set(lines.flatMap((line) => line.about ?? []))
  throw new QuestionRefused(
    'question_names_nothing',
    '/about',
    `“${name}” has no line for “${about}” here.${known.size > 0 || asked.in === undefined ? instead(about, known, 'It has those for') : inItsBill}`,
  )
}

const inItsBill =
  ' It has none at all in that time: a line lies in the bill of the last day of its period or, billed in advance, of the first.'
