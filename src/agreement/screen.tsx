import { Citing } from '../platform/web/citing.tsx'
import { useParam } from '../platform/web/frame.tsx'
import { Columns, Go, PageHead, Stack, TwoHalves } from '../platform/web/layout.tsx'
import { AnsweredPage } from '../platform/web/waiting.tsx'
import { listed, type Side, shownAmount, shownInstant } from '../platform/web/words.ts'
import { InZone } from '../platform/web/zone.tsx'
import { AgreedCard } from './agreed.screen.tsx'
import { AskCard } from './ask.screen.tsx'
import { HappenedCard } from './happened.screen.tsx'
import { MayCard } from './may.screen.tsx'
import { MomentControls, MomentNotice, MomentRefused, StrayWords } from './moment.screen.tsx'
import { OrdersCard } from './orders.screen.tsx'
import { type AgreementPage, hasRun, isElsewhen, useAgreement, useLooking } from './page.screen.tsx'
import type { AgreementShown } from './shown.ts'
import { StatusPill } from './status.screen.tsx'
import { StepsCard } from './steps.screen.tsx'

/** One agreement: what was agreed, what may be asked and done, what happened. */
export function AgreementScreen() {
  const looking = useLooking()
  const asked = useAgreement(useParam('agreement'), looking)
  const { error } = asked
  const isOfMoment = error?.pointer === '/at' || error?.pointer === '/known_by'
  if (asked.data === undefined && error && isOfMoment && isElsewhen(looking))
    return <MomentRefused problem={error} />
  return (
    <AnsweredPage asked={asked}>
      {(agreement) => (
        <InZone value={agreement.zone}>
          <Page agreement={agreement} looking={looking} now={asked.now} />
        </InZone>
      )}
    </AnsweredPage>
  )
}

const Page = (page: AgreementPage) => (
  <Citing>
    <Head {...page} />
    <Stack>
      <StrayWords />
      <MomentNotice {...page} />
      <StepsCard {...page} />
      <Parties agreement={page.agreement} />
      <Columns>
        <AgreedCard {...page} />
        <Stack>
          <AskCard {...page} />
          <OrdersCard {...page} />
          <MayCard {...page} />
        </Stack>
      </Columns>
      {hasRun(page) && <HappenedCard {...page} />}
    </Stack>
  </Citing>
)

function Head(page: AgreementPage) {
  const { agreement } = page
  const { provider, consumer, offering, tailored, own_values, revision, currency } = agreement
  const says = [
    `${offering.title} version ${offering.version}`,
    ...(tailored > 0 ? [`${tailored} term${tailored === 1 ? '' : 's'} tailored`] : []),
    ...(own_values.length > 0
      ? [`${own_values.length} value${own_values.length === 1 ? '' : 's'} agreed otherwise`]
      : []),
    ...(revision > 1 ? [`revision ${revision}`] : []),
    currency,
    ...endWords(agreement),
  ]
  return (
    <PageHead
      above={[
        { title: 'Agreements', to: '/agreements' },
        { title: `${provider.title} with ${consumer.title}` },
      ]}
      title={agreement.title}
      state={<StatusPill status={agreement.status} lapsed={agreement.lapsed} />}
      says={says.join(' · ')}
    >
      <MomentControls {...page} />
      <Go to={`/agreements/${agreement.id}/charges`}>Charges</Go>
    </PageHead>
  )
}

/** Where a term ends it before the agreed end, which its title says. */
function endWords({ status, until, ends_at, zone }: AgreementShown): string[] {
  if (Date.parse(ends_at) === Date.parse(until)) return []
  const when = shownInstant(ends_at, zone)
  return [status === 'ended' ? `ended by its terms ${when}` : `ends by its terms ${when}`]
}

function Parties({ agreement }: { agreement: AgreementShown }) {
  const { parties, authorised_at, budget } = agreement
  const amount = budget ? ` ${shownAmount(budget.amount)}` : ''
  const saidOf = (roles: readonly string[]) =>
    roles.includes('sponsor') && authorised_at !== undefined
      ? `${listed(roles)} · budget authorised${amount}`
      : listed(roles)
  const half = (side: Side) => ({
    title: parties[side].organisation.title,
    persons: parties[side].persons.map(({ title, roles }) => ({ title, says: saidOf(roles) })),
  })
  return <TwoHalves provider={half('provider')} consumer={half('consumer')} />
}
