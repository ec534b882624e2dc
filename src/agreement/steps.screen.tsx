import { Card, Rows } from '../platform/web/layout.tsx'
import { type Doable, DoableRow } from './doing.screen.tsx'
import { type AgreementPage, allowed } from './page.screen.tsx'
import type { AgreementShown } from './shown.ts'
import { followsFrom, titleOfCommand } from './words.ts'

/** What a proposal still needs until it runs, and what the viewer may do about it. */
export function StepsCard(page: AgreementPage) {
  const { agreement } = page
  const says = waitsFor(agreement)
  if (says === undefined) return null
  return (
    <Card title="Until it runs" space="flush" paper="skip">
      <Rows>
        <DoableRow title={says} doables={stepsOf(page)} />
      </Rows>
    </Card>
  )
}

function waitsFor({ status, parties }: AgreementShown): string | undefined {
  const who = (role: 'customer' | 'sponsor') =>
    parties.consumer.persons
      .filter(({ roles }) => roles.includes(role))
      .map(({ title }) => title)
      .join(' or ') || parties.consumer.organisation.title
  if (status === 'proposed') return `It is proposed. ${who('customer')} has to accept it.`
  if (status === 'accepted') return `It is accepted. ${who('sponsor')} has to authorise a budget.`
  return undefined
}

function stepsOf(page: AgreementPage): Doable[] {
  const { agreement } = page
  const { id, side, currency } = agreement
  return agreement.actions.flatMap((own): Doable[] => {
    const allowance = allowed(own, page)
    switch (own.command) {
      case 'accept_agreement':
      case 'withdraw_proposal': {
        const { command } = own as { command: 'accept_agreement' }
        const title = titleOfCommand(command, side)
        const input = () => ({ agreement: id })
        return [{ command, allowance, title, ...followsFrom(command), input }]
      }
      case 'authorise_budget': {
        const title = titleOfCommand('authorise_budget', side)
        const amount = { name: 'amount', title: 'Amount', type: 'money', unit: currency } as const
        return [
          {
            ...{ command: 'authorise_budget', allowance, title },
            ...followsFrom('authorise_budget'),
            fields: [{ ...amount, required: true }],
            input: (said) => ({ agreement: id, amount: said['amount'] ?? '' }),
          },
        ]
      }
      default:
        return []
    }
  })
}
