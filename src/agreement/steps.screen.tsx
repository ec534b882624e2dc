import { Citation } from '../platform/web/citing.tsx'
import { Card, Rows } from '../platform/web/layout.tsx'
import { listed, type Side, shownAmount } from '../platform/web/words.ts'
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
        <DoableRow
          title={says}
          says={<Committed agreement={agreement} />}
          doables={stepsOf(page)}
        />
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
  return `It is proposed with ${listed(own_values.map(otherwise))}. ${who} has to accept it.`
}

const otherwise = ({ title, is, was }: AgreementShown['own_values'][number]) =>
  was === undefined
    ? `a ${title} of ${inColumns(is)}`
    : `a ${title} of ${inColumns(is)} instead of ${inColumns(was)}`
const inColumns = (value: string) => (/^\d+\.\d\d$/.test(value) ? shownAmount(value) : value)

/** What who signs commits to: what is due in any case, and what nothing bounds or decides yet. */
function Committed({ agreement: { committed, currency, lapsed } }: Of) {
  if (!committed || lapsed) return null
  const { amount, ceiling, unbounded, undecided } = committed
  const open = unbounded.filter(({ clause }) => undecided.every((one) => one.clause !== clause))
  return (
    <>
      {shownAmount(amount)} {currency} are due over the agreed period whatever happens
      {ceiling !== undefined && `, and at most ${shownAmount(ceiling)}`}.
      {undecided.length > 0 && (
        <>
          {' '}
          Not known yet: <Clauses of={undecided} />.
        </>
      )}
      {open.length > 0 && (
        <>
          {' '}
          There is no bound to what may come on top, by what happens: <Clauses of={open} />.
        </>
      )}
    </>
  )
}

type Of = { readonly agreement: AgreementShown }
type Cited = NonNullable<AgreementShown['committed']>['unbounded'][number]

const Clauses = ({ of }: { readonly of: readonly Cited[] }) =>
  of.map(({ clause, number, title }, place) => (
    <span key={clause}>
      {place > 0 && ', '}
      {title} <Citation clause={clause} number={number} />
    </span>
  ))

function whoOf({ parties }: AgreementShown, side: Side, wanted: Roles): string {
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
            fields: [{ ...amount, required: true, warns: (said) => tooLittle(said, agreement) }],
            input: (said) => ({ agreement: id, amount: said['amount'] ?? '' }),
          },
        ]
      }
      default:
        return []
    }
  })
}

/** It is the sponsor's to decide; he is told that it cannot be enough. */
const tooLittle = (said: string, { committed, currency }: AgreementShown) =>
  committed && Number(said) < Number(committed.amount)
    ? `That is less than the ${shownAmount(committed.amount)} ${currency} that are due whatever happens.`
    : undefined
