import { Citing } from '../platform/web/citing.tsx'
import { useParam } from '../platform/web/frame.tsx'
import { Columns, Go, PageHead, Stack, TwoHalves } from '../platform/web/layout.tsx'
import { AnsweredPage } from '../platform/web/waiting.tsx'
import { listed, shownAmount } from '../platform/web/words.ts'
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
  if (asked.data === undefined && asked.error?.status === 409 && isElsewhen(looking))
    return <MomentRefused problem={asked.error} />
  return (
    <AnsweredPage asked={asked}>
      {(agreement) => <Page agreement={agreement} looking={looking} now={asked.now} />}
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
  const { provider, consumer, offering, tailored, revision, currency } = agreement
  const says = [
    `${offering.title} version ${offering.version}`,
    ...(tailored > 0 ? [`${tailored} term${tailored === 1 ? '' : 's'} tailored`] : []),
    ...(revision > 1 ? [`revision ${revision}`] : []),
    currency,
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

function Parties({ agreement }: { agreement: AgreementShown }) {
  const { parties, authorised_at, budget } = agreement
  const amount = budget ? ` ${shownAmount(budget.amount)}` : ''
  const saidOf = (roles: readonly string[]) =>
    roles.includes('sponsor') && authorised_at !== undefined
      ? `${listed(roles)} · budget authorised${amount}`
      : listed(roles)
  const half = (side: 'provider' | 'consumer') => ({
    title: parties[side].organisation.title,
    persons: parties[side].persons.map(({ title, roles }) => ({ title, says: saidOf(roles) })),
  })
  return <TwoHalves provider={half('provider')} consumer={half('consumer')} />
}
