import { Citation } from '../platform/web/citing.tsx'
import { ClockBar } from '../platform/web/clock-bar.tsx'
import { Card, Rows } from '../platform/web/layout.tsx'
import { StatePill, Toned, When } from '../platform/web/marks.tsx'
import { More, useSome } from '../platform/web/more.tsx'
import { type OrderShown, orderDoables } from './doables.screen.tsx'
import { DoableRow } from './doing.screen.tsx'
import type { AgreementPage } from './page.screen.tsx'
import { capital, namedBySender, orderWords } from './words.ts'

const ordersAtOnce = 20
const places = { requested: 0, responded: 1, performed: 2 } as const

/** What was ordered: what waits first, with the clock of what was promised for it. */
export function OrdersCard(page: AgreementPage) {
  const { orders } = page.agreement
  const inOrder = orders.toSorted(
    (one, other) =>
      places[one.status] - places[other.status] ||
      other.requested_at.localeCompare(one.requested_at),
  )
  const some = useSome(inOrder, ordersAtOnce)
  if (orders.length === 0) return null
  return (
    <Card
      title="Orders"
      space="flush"
      paper="skip"
      foot={some.shown.length < some.all ? <More of={some} says="Show earlier" /> : undefined}
    >
      <Rows label="Orders">
        {some.shown.map((order) => (
          <DoableRow
            key={order.id}
            title={<OrderTitle order={order} />}
            says={<Asked order={order} zone={page.agreement.zone} />}
            middle={<Due page={page} order={order} />}
            doables={order.status === 'performed' ? [] : orderDoables(page, order)}
          />
        ))}
      </Rows>
    </Card>
  )
}

const OrderTitle = ({ order }: { order: OrderShown }) => {
  const { title, status } = order
  const words = orderWords[status]
  const says = order.says ?? namedBySender(order.id)
  return (
    <>
      {capital(title)}
      {says === undefined ? '' : `: ${says}`} <StatePill tone={words.tone}>{words.title}</StatePill>
    </>
  )
}

const Asked = ({ order, zone }: { order: OrderShown; zone: string }) => (
  <>
    {order.requested_by.title}, <When at={order.requested_at} zone={zone} />
    {order.due.map(({ target, title, number, at, met }) => (
      <span key={target}>
        {' · '}
        {capital(title)}
        {met !== undefined && (
          <>
            {' '}
            <Toned tone={met ? 'ok' : 'bad'}>{met ? 'kept' : 'missed'}</Toned>
          </>
        )}
        {at === undefined && ', when is not known'} <Citation clause={target} number={number} />
      </span>
    ))}
  </>
)

/** The clock of the first promise that is not decided yet. */
function Due({ page, order }: { page: AgreementPage; order: OrderShown }) {
  const open = order.due.find(({ at, met }) => at !== undefined && met === undefined)
  if (open?.at === undefined || order.status === 'performed') return null
  return <ClockBar now={page.now} started={order.requested_at} due={open.at} />
}
