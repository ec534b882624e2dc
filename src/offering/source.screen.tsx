import { useEffect, useState } from 'react'
import { ActionButton } from '../platform/web/button.tsx'
import { Card, Columns, Line, Row, Rows } from '../platform/web/layout.tsx'
import { useCommand } from '../platform/web/live.tsx'
import { Note, StatePill, Toned } from '../platform/web/marks.tsx'
import type { draftOffering, publishOffering } from './api.ts'
import styles from './screen.module.css'
import type { OfferingShown } from './shown.ts'

type SourceProps = {
  readonly of: OfferingShown
  readonly source: NonNullable<OfferingShown['source']>
}

/** The provider's own: the terms as they are written, what is wrong with the draft, and its publication. */
export function Source({ of, source }: SourceProps) {
  const [text, setText] = useState(source.text)
  useEffect(() => setText(source.text), [source.text])
  const draft = useCommand<typeof draftOffering>('draft_offering')
  const publish = useCommand<typeof publishOffering>('publish_offering')
  const isChecked = text === source.text
  const unsaid = isChecked ? 'Nothing is changed.' : undefined
  const open = isChecked ? undefined : 'Keep what you changed first, or undo it.'
  return (
    <div className={styles['source']}>
      <Columns shares="wide-left">
        <Card
          title="Terms"
          says={source.is === 'draft' ? <StatePill tone="warn">Draft</StatePill> : 'as published'}
          space="flush"
        >
          <textarea
            className={styles['text']}
            aria-label="Terms in the offering language"
            spellCheck={false}
            rows={24}
            value={text}
            readOnly={source.write.refused !== undefined}
            onChange={({ currentTarget }) => setText(currentTarget.value)}
          />
        </Card>
        <Card
          title="What is wrong"
          says={isChecked ? source.faults.length || 'nothing' : 'not checked yet'}
          space="flush"
          foot={
            <span>
              The same as <code>tessera check</code>
            </span>
          }
        >
          {isChecked ? (
            <Faults faults={source.faults} />
          ) : (
            <p className={styles['sound']}>The text differs from what was checked: keep it.</p>
          )}
          <div className={styles['doing']}>
            <Line>
              <ActionButton
                press={() => draft.run({ offering: of.id, text })}
                off={source.write.refused?.words ?? unsaid}
                done="Kept"
              >
                Keep as the draft
              </ActionButton>
              <ActionButton
                look="main"
                press={() => publish.run({ offering: of.id, expected: source.draft })}
                off={source.publish.refused?.words ?? open}
                done="Published"
              >
                Publish
              </ActionButton>
            </Line>
            <Note>
              Agreements that run keep their version, word for word; what is published counts for
              those made after it.
            </Note>
          </div>
        </Card>
      </Columns>
    </div>
  )
}

const Faults = ({ faults }: { readonly faults: SourceProps['source']['faults'] }) =>
  faults.length === 0 ? (
    <p className={styles['sound']}>
      <Toned tone="ok">Sound.</Toned> Every term compiles, and nothing contradicts another.
    </p>
  ) : (
    <Rows label="Faults">
      {faults.map(({ name, pointer, words }) => (
        <Row key={`${pointer}${name}`} title={words} says={<code>{pointer || name}</code>} />
      ))}
    </Rows>
  )
