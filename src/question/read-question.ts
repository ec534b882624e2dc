import type { z } from 'zod'
import { checked } from '../contract/document/checked.ts'
import { asMap, type Plain } from '../contract/document/document.ts'
import { Faults } from '../contract/document/fault.ts'
import { questionForms } from '../contract/question/form.ts'
import type { Refusal } from '../kernel/refusal.ts'

/** A question as it is written, on a command line or in a request. Several at once are refused as such: each of their words may stand somewhere. */
export function readQuestion<Asked>(
  written: Plain,
  forms: z.ZodType<Asked>,
): { readonly question: Asked } | { readonly refusal: Refusal } {
  const asked = Object.keys(asMap(written)).filter((word) => openings.has(word))
  if (asked.length > 1) {
    const named = asked.map((word) => `“${word}:”`).join(' and ')
    const words = `${oneAtATime} ${named} ask one each.`
    return { refusal: { name: 'question_unreadable', pointer: '', words } }
  }
  const faults = new Faults()
  const question = checked(forms, written, faults)
  const [fault] = faults.list
  if (question && !fault) return { question }
  const { name = 'question_unreadable', pointer = '' } = fault ?? {}
  return { refusal: { name, pointer, words: fault?.words ?? 'The question cannot be read.' } }
}

export const oneAtATime = 'One question at a time.'
export const askSomething = 'Nothing is asked: say a question, such as { bill: 2026-05 }.'

const openings: ReadonlySet<string> = new Set(
  questionForms.flatMap((form) => Object.keys(form.shape).slice(0, 1)),
)
