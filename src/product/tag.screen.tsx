import { ActionButton } from '../platform/web/button.tsx'
import type { Field } from '../platform/web/field-input.tsx'
import { Form, type FormValues } from '../platform/web/form.tsx'
import { Stack } from '../platform/web/layout.tsx'
import { useCommand } from '../platform/web/live.tsx'
import { Note } from '../platform/web/marks.tsx'
import { titleOf } from '../platform/web/words.ts'
import type { Endpoints } from '../slices.ts'

type CorrectTagProps = {
  readonly thing: {
    readonly id: string
    readonly tag: string
    readonly answers_to?: string | undefined
  }
  readonly close: () => void
}

const fields: readonly Field[] = [
  {
    ...{ name: 'tag', title: 'The tag that is on it', type: 'text', required: true },
    says: 'Small letters, digits and underscores, such as item_0173.',
  },
  { name: 'because', title: 'How the wrong one came about', type: 'text', required: true },
]

/** What is on the thing, and why it was recorded otherwise. */
export function CorrectTag({ thing, close }: CorrectTagProps) {
  const { run } = useCommand<Extract<Endpoints[number], { name: 'correct_tag' }>>('correct_tag')
  const send = async ({ tag = '', because = '' }: FormValues) => {
    const under = thing.answers_to === undefined ? {} : { agreement: thing.answers_to }
    await run({ item: thing.id, tag, because, ...under })
    close()
  }
  return (
    <Stack>
      <Note>
        What was recorded about {titleOf(thing.tag)} is then about the tag that was meant. Both
        sides of its agreement see the correction; the journal keeps the tag that was wrong.
      </Note>
      <Form fields={fields} submit="Correct it" send={send}>
        <ActionButton look="text" press={close}>
          Leave it
        </ActionButton>
      </Form>
    </Stack>
  )
}
