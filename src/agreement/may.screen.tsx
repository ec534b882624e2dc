import { isPlural } from '../kernel/grammar.ts'
import { Card, Row, Rows } from '../platform/web/layout.tsx'
import { KindChip } from '../platform/web/marks.tsx'
import { More, useSome } from '../platform/web/more.tsx'
import { EmptyState } from '../platform/web/notice.tsx'
import { componentDoables, factDoable, itemDoables } from './doables.screen.tsx'
import { DoableRow } from './doing.screen.tsx'
import { type AgreementPage, hasRun } from './page.screen.tsx'
import type { AgreementShown } from './shown.ts'
import { capital, rightWords, spokenTag } from './words.ts'

type ComponentShown = AgreementShown['components'][number]
type StandingShown = ComponentShown['standing']

/** Every component with what the viewer's side may do with it; what is off says why. */
export const MayCard = (page: AgreementPage) => {
  const { components, own_facts } = page.agreement
  if (!hasRun(page)) return null
  return (
    <Card title="What may be done" space="flush" paper="skip">
      {components.length + own_facts.length === 0 && (
        <EmptyState title="Nothing to do" says="The agreement has no components." />
      )}
      <Rows label="What may be done">
        {components.map((component) => (
          <ComponentRows key={component.id} {...{ page, component }} />
        ))}
        {own_facts.map((fact) => (
          <DoableRow
            key={fact.kind}
            first=""
            title={capital(fact.title)}
            doables={[factDoable(page, fact)]}
          />
        ))}
      </Rows>
    </Card>
  )
}

const itemsAtOnce = 20

type ComponentRowsProps = { readonly page: AgreementPage; readonly component: ComponentShown }

const ComponentRows = ({ page, component }: ComponentRowsProps) => {
  const some = useSome(component.items, itemsAtOnce)
  return (
    <>
      <DoableRow
        first={<KindChip kind={component.kind} />}
        title={capital(component.title)}
        says={component.serialised ? countOf(component) : standingWords(page, component)}
        doables={componentDoables(page, component)}
      />
      {some.shown.map((item) => (
        <DoableRow
          key={item.id}
          first=""
          title={capital(spokenTag(item.tag))}
          says={standingWords(page, { kind: component.kind, title: 'it', standing: item })}
          doables={itemDoables(page, { component, item })}
        />
      ))}
      {some.shown.length < some.all && <Row first="" title={<More of={some} says="Show more" />} />}
    </>
  )
}

const countOf = ({ items }: ComponentShown) =>
  items.length === 0 ? 'none is out' : `${items.length} out under this agreement`

function standingWords(
  { agreement }: AgreementPage,
  { kind, title, standing }: Pick<ComponentShown, 'kind' | 'title'> & { standing: StandingShown },
): string {
  const party = (side: string) =>
    side === 'provider' || side === 'consumer' ? agreement[side].title : side
  const right = rightWords[standing.right] ?? standing.right
  const isOver = agreement.status === 'ended'
  if (kind === 'action' && isOver)
    return 'No longer ordered: the agreement has ended. What was begun may still be recorded'
  if (kind === 'action') return capital(right === 'may be used' ? 'may be ordered' : right)
  const it = isPlural(title) ? 'them' : 'it'
  const owned =
    standing.title === standing.custody
      ? `${party(standing.title)} owns and holds ${it}`
      : `${party(standing.title)} owns ${it}, ${party(standing.custody)} holds ${it}`
  if (kind !== 'access') return capital(owned)
  return capital(`${owned}; ${isOver ? 'its use has ended' : right}`)
}
