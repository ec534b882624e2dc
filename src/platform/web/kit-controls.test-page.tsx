import { useState } from 'react'
import type { CommandEndpoint, QueryEndpoint } from '../http/endpoint.ts'
import { DerivationLines } from './answer.tsx'
import { ActionButton, Choice } from './button.tsx'
import { DataTable } from './data-table.tsx'
import { Form } from './form.tsx'
import { Card, Columns, Line, PageHead, Stack } from './layout.tsx'
import { useAnswer, useCommand } from './live.tsx'
import { Lead, Note, VeiledChip } from './marks.tsx'
import { ProblemNotice } from './notice.tsx'
import { SearchField } from './search-field.tsx'
import { SentenceWithSlots } from './sentence.tsx'
import { Answered, CardWaiting } from './waiting.tsx'

const refused = {
  ...{ name: 'budget_must_cover', words: 'The budget covers 620.00 and no more.', status: 409 },
  pointer: '/values/amount',
}

/** Everything one presses, types into or waits for. */
export function KitControls() {
  const [search, setSearch] = useState('')
  const [kind, setKind] = useState<string>()
  const [room, setRoom] = useState('room_12')
  const [quantity, setQuantity] = useState('3')
  return (
    <>
      <PageHead above={[{ title: 'Catalogue' }]} title="What you could have" />
      <Stack>
        <Lead>Offered to leisure guests. What others are offered is not shown, nor hinted at.</Lead>
        <SearchField
          label="Search offerings"
          value={search}
          search={setSearch}
          found={search === '' ? undefined : `showing “${search}” · 1 of 3 offerings`}
        />
        <SentenceWithSlots
          label="Filter"
          says="For {quantity} in {room}, from {from}, at most {most} a night."
          slots={{
            quantity: {
              is: 'number',
              label: 'How many',
              unit: 'guests',
              value: quantity,
              enter: setQuantity,
            },
            room: { is: 'choice', label: 'Room', choices: rooms, value: room, choose: setRoom },
            from: { is: 'date', label: 'From', value: '2026-05-12', enter: () => undefined },
            most: { is: 'money', label: 'At most', value: '', enter: () => undefined },
          }}
        />
        <Choice
          label="Kinds"
          chosen={kind}
          choose={setKind}
          choices={[
            { value: 'good', title: 'Goods', count: 1 },
            { value: 'access', title: 'Access', count: 5 },
            { value: 'action', title: 'Actions', count: 5 },
          ]}
        />
        <Buttons />
        <Columns>
          <Recording />
          <Stack>
            <Bill />
            <Overdraft />
          </Stack>
        </Columns>
        <Columns shares="thirds">
          <Live />
          <CardWaiting title="On its way" />
          <Card title="Refused">
            <ProblemNotice problem={{ ...refused, pointer: '' }} again={() => undefined} />
          </Card>
        </Columns>
        <Line>
          <VeiledChip>Cooling loop</VeiledChip>
          <VeiledChip>Night crew</VeiledChip>
        </Line>
        <Note>The same as tessera check</Note>
      </Stack>
    </>
  )
}

const rooms = Array.from({ length: 14 }, (_, index) => ({
  value: `room_${index + 1}`,
  title: `room ${401 + index}`,
  ...(index === 4 && { says: 'out of use until 18 May' }),
}))

const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

const Buttons = () => (
  <Line>
    <ActionButton look="main" press={() => wait(300)} done="Accepted">
      Accept as customer
    </ActionButton>
    <ActionButton
      press={async () => {
        await wait(50)
        throw refused
      }}
    >
      Change a term
    </ActionButton>
    <ActionButton
      press={() => undefined}
      allowance={{
        command: 'authorise_budget',
        refused: { name: 'agreement_must_be_accepted', words: 'as sponsor, once accepted' },
      }}
    >
      Authorise 432.00
    </ActionButton>
    <ActionButton
      look="text"
      press={() => wait(50)}
      follows="The proposal is over for both sides."
      done="Declined"
    >
      Decline
    </ActionButton>
  </Line>
)

const Recording = () => (
  <Card title="Record a check-out">
    <Form
      submit="Record it"
      zone="Europe/Oslo"
      send={async ({ amount }) => {
        await wait(50)
        if (Number(amount) > 620) throw refused
      }}
      fields={[
        { name: 'at', title: 'When she left', type: 'instant', required: true },
        { name: 'amount', title: 'Paid at the desk', type: 'money', unit: 'EUR', required: true },
        {
          name: 'how',
          title: 'The robe',
          type: 'choice',
          choices: ['kept', 'handed_in'],
          required: false,
        },
        { name: 'day', title: 'Night of', type: 'date', required: false },
        { name: 'bell', title: 'Wake-up call', type: 'time', required: false },
        { name: 'waited', title: 'She waited', type: 'duration', required: false },
        {
          ...{ name: 'damage', title: 'Something was damaged', type: 'truth', required: false },
          says: 'Housekeeping is told.',
        },
        { name: 'remark', title: 'Remark', type: 'text', required: false },
      ]}
    >
      <ActionButton look="text" press={() => undefined}>
        Leave it
      </ActionButton>
    </Form>
  </Card>
)

const Bill = () => (
  <Card title="Bill of May" says="EUR" space="flush">
    <DataTable
      caption="Lines of the bill"
      keyOf={({ what }) => what}
      rows={[
        { clause: '2', what: 'Three nights in a double room', amount: '420.00' },
        { clause: '3.1', what: 'Bathrobe, kept', amount: '60.00' },
        { clause: '3.2', what: 'Bathrobe, sent back', amount: '−60.00' },
      ]}
      columns={[
        { title: 'Clause', shown: ({ clause }) => clause },
        { title: 'What', shown: ({ what }) => what },
        { title: 'EUR', shown: ({ amount }) => amount, align: 'end' },
      ]}
      total={['', 'To pay', '420.00']}
    />
  </Card>
)

const Overdraft = () => (
  <Card title="How late check-out is computed">
    <DerivationLines
      lines={[
        {
          stage: 'Facts',
          says: 'Left on 15 May at 14:20',
          clause: 'late_check_out',
          number: '2.1',
        },
        { stage: 'Measure', says: 'Time of day of the check-out', value: '14:20' },
        { stage: 'Price', says: 'After 13:00 and up to 18:00: 50 % of 140.00', value: '70' },
        { stage: 'Rounding', says: 'Half up to the cent' },
      ]}
      total={{ stage: 'Amount', says: 'computed again just now', amount: '70' }}
    />
  </Card>
)

function Live() {
  const asked = useAnswer<QueryEndpoint>('agreement_shown', {}, { streams: ['agr_stay'] })
  const elsewhere = useAnswer<QueryEndpoint>('agreement_other', {}, { streams: ['agr_other'] })
  return (
    <Card title="Live">
      <Answered asked={asked}>
        {(told) => <p data-testid="asked">asked {(told as { times: number }).times} times</p>}
      </Answered>
      <Sending />
      <Answered asked={elsewhere}>
        {(told) => <p data-testid="other">other {(told as { times: number }).times} times</p>}
      </Answered>
    </Card>
  )
}

function Sending() {
  const order = useCommand<CommandEndpoint>('place_order')
  const [told, setTold] = useState('')
  return (
    <>
      <ActionButton
        press={async () => {
          const { sent, keys } = (await order.run({ component: 'front_desk' })) as Told
          setTold(`sent ${sent} times with ${keys} keys`)
        }}
      >
        Ask for a fan
      </ActionButton>
      <p>{told}</p>
    </>
  )
}

type Told = { readonly sent: number; readonly keys: number }
