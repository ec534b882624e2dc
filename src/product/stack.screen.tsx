import { useLayoutEffect, useMemo, useRef, useState } from 'react'
import { a } from '../kernel/grammar.ts'
import { Card } from '../platform/web/layout.tsx'
import { shownAmount, titleOf } from '../platform/web/words.ts'
import type { Portfolio } from './screen.tsx'
import styles from './stack.module.css'

/** One thing of the stack, and what it rests on. */
type Node = {
  readonly id: string
  readonly level: Level
  readonly title: string
  readonly says: string
  /** Consumers are not shown it, nor a gap where it is. */
  readonly isHidden: boolean
  readonly restsOn: readonly string[]
  readonly group?: string
}
type Level = 'Services' | 'Products' | 'Components' | 'Resources'
const levels: readonly Level[] = ['Services', 'Products', 'Components', 'Resources']

/** Services above, resources below, and lines between. What is pressed lights what rests on it and what it rests on. */
export function TheStack({ of }: { readonly of: Portfolio }) {
  const nodes = useMemo(() => nodesOf(of), [of])
  const [chosen, choose] = useState<string>()
  const lit = useMemo(
    () => (chosen === undefined ? undefined : tracedFrom(chosen, nodes)),
    [chosen, nodes],
  )
  const frame = useRef<HTMLDivElement>(null)
  const paths = usePaths(frame, nodes)
  const title = nodes.find(({ id }) => id === chosen)?.title
  return (
    <Card
      title="The stack"
      says={
        title === undefined
          ? 'press one to see what rests on it and what it rests on'
          : `lit: what rests on ${title.toLowerCase()}, and what it rests on`
      }
      foot={
        <span className={styles['legend']}>
          <i className={styles['hatch']} aria-hidden="true" /> hidden from consumers, who see no gap
          where it is
        </span>
      }
    >
      <div className={styles['stack']} ref={frame}>
        <svg className={styles['lines']} aria-hidden="true">
          {paths.map(({ from, to, d }) => (
            <path key={`${from}${to}`} d={d} data-lit={lit?.has(from) && lit.has(to)} />
          ))}
        </svg>
        {levels.map((level) => (
          <StackLevel
            key={level}
            level={level}
            nodes={nodes.filter((one) => one.level === level)}
            lit={lit}
            chosen={chosen}
            choose={(id) => choose(id === chosen ? undefined : id)}
          />
        ))}
      </div>
    </Card>
  )
}

type StackLevelProps = {
  readonly level: Level
  readonly nodes: readonly Node[]
  readonly lit: ReadonlySet<string> | undefined
  readonly chosen: string | undefined
  readonly choose: (id: string) => void
}

/** A level; resources stand in their dimensions. */
const StackLevel = ({ level, nodes, ...choosing }: StackLevelProps) => (
  <div className={styles['level']}>
    <h3>
      {level}
      <small>{nodes.length}</small>
    </h3>
    <div className={styles['groups']} data-level={level}>
      {groupsOf(nodes).map(([group, own]) => (
        <ul key={group} className={styles['nodes']} data-framed={group !== '' || undefined}>
          {own.map((node) => (
            <StackNode key={node.id} node={node} {...choosing} />
          ))}
          {group !== '' && (
            <li className={styles['group']}>{titleOf(group.replaceAll('-', ' '))}</li>
          )}
        </ul>
      ))}
    </div>
  </div>
)

const dimensions = [
  'organisations-and-people',
  'information-and-technology',
  'partners-and-suppliers',
  'value-streams-and-processes',
]

const groupsOf = (nodes: readonly Node[]) =>
  [...Map.groupBy(nodes, ({ group }) => group ?? '')].toSorted(
    ([one], [other]) => dimensions.indexOf(one) - dimensions.indexOf(other),
  )

type StackNodeProps = Omit<StackLevelProps, 'level' | 'nodes'> & { readonly node: Node }

const StackNode = ({ node, lit, chosen, choose }: StackNodeProps) => (
  <li>
    <button
      type="button"
      className={styles['node']}
      data-node={node.id}
      data-lit={lit?.has(node.id) || undefined}
      data-hidden={node.isHidden || undefined}
      aria-pressed={node.id === chosen}
      onClick={() => choose(node.id)}
    >
      <span>
        <b>{node.title}</b>
        <small>
          {node.says}
          {node.isHidden && <span className="reader-only">, hidden from consumers</span>}
        </small>
      </span>
    </button>
  </li>
)

function nodesOf({ services, products }: Portfolio): readonly Node[] {
  const components = products.flatMap((product) =>
    product.components.map((one) => ({ ...one, id: `${product.id} ${one.id}` })),
  )
  const resources = new Map(
    components.flatMap((one) => one.resources.map((resource) => [resource.id, resource] as const)),
  )
  const isShown = new Set(
    components.filter(({ hidden }) => !hidden).flatMap((one) => one.resources.map(({ id }) => id)),
  )
  return [
    ...services.map(({ id, title, outcomes, products: restsOn }) => ({
      ...{ id, title, restsOn, level: 'Services' as const, isHidden: false },
      says: outcomes.length === 0 ? 'no outcome said' : `outcome: ${outcomes.join(', ')}`,
    })),
    ...products.map(({ id, title, components: own }) => ({
      ...{ id, title, level: 'Products' as const, isHidden: false },
      says: counted(own.length, 'component'),
      restsOn: own.map((one) => `${id} ${one.id}`),
    })),
    ...components.map(({ id, title, hidden, visible_to, resources: own }) => ({
      ...{ id, title, level: 'Components' as const, isHidden: hidden },
      says: hidden ? 'shown to nobody' : `shown to ${visible_to.join(', ').replaceAll('_', ' ')}`,
      restsOn: own.map((one) => one.id),
    })),
    ...[...resources.values()].map(({ id, title, dimension, ...resource }) => ({
      ...{ id, title, level: 'Resources' as const, isHidden: !isShown.has(id), restsOn: [] },
      says: resourceWords(resource),
      group: dimension,
    })),
  ]
}

type Resource = Portfolio['products'][number]['components'][number]['resources'][number]

function resourceWords({ stock, supplier, cost }: Pick<Resource, 'stock' | 'supplier' | 'cost'>) {
  if (stock) return `${stock.on_hand} of ${stock.total} on hand`
  if (supplier) return `from ${supplier.title}`
  return cost ? `${shownAmount(cost.amount)} ${a(cost.per)}` : ''
}

const counted = (count: number, word: string) => `${count} ${word}${count === 1 ? '' : 's'}`

/** All that rests on it, level by level upwards, and all that it rests on, downwards. */
function tracedFrom(start: string, nodes: readonly Node[]): ReadonlySet<string> {
  const below = new Map(nodes.map(({ id, restsOn }) => [id, restsOn]))
  const above = (id: string) =>
    nodes.filter(({ restsOn }) => restsOn.includes(id)).map((one) => one.id)
  const reached = (id: string, next: (id: string) => readonly string[]): string[] => [
    id,
    ...next(id).flatMap((one) => reached(one, next)),
  ]
  return new Set([...reached(start, (id) => below.get(id) ?? []), ...reached(start, above)])
}

type Path = { readonly from: string; readonly to: string; readonly d: string }

/** Lines between the nodes where they stand now; drawn again when the window makes them move. */
function usePaths(frame: { readonly current: HTMLDivElement | null }, nodes: readonly Node[]) {
  const [paths, setPaths] = useState<readonly Path[]>([])
  useLayoutEffect(() => {
    const { current } = frame
    if (!current) return
    const observer = new ResizeObserver(() => setPaths(drawn(current, nodes)))
    observer.observe(current)
    setPaths(drawn(current, nodes))
    return () => observer.disconnect()
  }, [frame, nodes])
  return paths
}

function drawn(frame: HTMLDivElement, nodes: readonly Node[]): readonly Path[] {
  const origin = frame.getBoundingClientRect()
  const places = new Map(
    [...frame.querySelectorAll<HTMLElement>('[data-node]')].map((element) => {
      // A line ends at the frame of its dimension, which may hold many.
      const end = element.closest('[data-framed]') ?? element
      const { left, top, bottom, width } = end.getBoundingClientRect()
      return [
        element.dataset['node'] ?? '',
        { x: left + width / 2 - origin.left, top: top - origin.top, bottom: bottom - origin.top },
      ] as const
    }),
  )
  return nodes.flatMap(({ id, restsOn }) =>
    restsOn.flatMap((other) => {
      const [upper, lower] = [places.get(id), places.get(other)]
      if (!upper || !lower) return []
      const half = (lower.top - upper.bottom) / 2
      const bend = `${upper.x} ${upper.bottom + half} ${lower.x} ${lower.top - half}`
      return [
        { from: id, to: other, d: `M${upper.x} ${upper.bottom}C${bend} ${lower.x} ${lower.top}` },
      ]
    }),
  )
}
