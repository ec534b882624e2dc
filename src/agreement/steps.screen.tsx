import { Card, Rows } from '../platform/web/layout.tsx'
import { listed } from '../platform/web/words.ts'
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

function waitsFor(agreement: AgreementShown): string | undefined {
  const { status, lapsed, awaits, own_values } = agreement
  if (lapsed) return 'It has lapsed: its period was over before it began. Propose it anew.'
  if (status === 'accepted')
    return `It is accepted. ${whoOf(agreement, 'consumer', ['sponsor'])} has to authorise a budget.`
  if (status !== 'proposed') return undefined
  if (awaits === 'consumer')
    return `It is proposed. ${whoOf(agreement, 'consumer', ['customer'])} has to accept it.`
  const who = whoOf(agreement, 'provider', ['owner', 'practitioner'])
  return `It is proposed with another ${listed(own_values)} than is offered. ${who} has to accept it.`
}

function whoOf({ parties }: AgreementShown, side: 'provider' | 'consumer', wanted: Roles): string {
  const { persons, organisation } = parties[side]
  const named = persons.filter(({ roles }) => roles.some((role) => wanted.includes(role)))
  return named.map(({ title }) => title).join(' or ') || organisation.title
}
type Roles = readonly AgreementShown['parties']['provider']['persons'][number]['roles'][number][]

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
