import { useState } from 'react'
import { AnswerCard, type AnswerShown } from './answer.tsx'
import { ActionButton, Choice } from './button.tsx'
import { Citation, Citing, useCited } from './citing.tsx'
import { ClauseList, type ClauseShown } from './clause.tsx'
import { useSearchWord } from './frame.tsx'
import { Card, Columns, Go, PageHead, Stack, TwoHalves } from './layout.tsx'
import { type Lane, LineOfTime } from './line-of-time.tsx'
import { StatePill, Veil, When } from './marks.tsx'
import { SentenceWithSlots } from './sentence.tsx'

const keep = { heading: 'Yours to keep', kind: 'good' } as const
const use = { heading: 'Yours to use, 12 May 15:00 to 15 May 13:00', kind: 'access' } as const
const done = { heading: 'Done for you', kind: 'action' } as const

const clauses: readonly ClauseShown[] = [
  {
    ...{ id: 'welcome_kit_passes', number: '1', ...keep },
    text: 'Toiletries and chocolates become the guest’s property at check-in. They are included.',
  },
  {
    id: 'room_price',
    number: '2',
    ...use,
    text: 'A double room, at 140.00 a night, billed at check-out.',
  },
  {
    ...{ id: 'late_check_out', number: '2.1', ...use },
    text: 'Check-out after 13:00 and up to 18:00 costs half of the room rate; after 18:00, all of it.',
    tailored: [
      { is: '13:00', was: '12:00', because: 'her train leaves at two', by: 'Marta Reyes' },
    ],
  },
  {
    ...{ id: 'robe_lent', number: '3', ...use },
    text: 'A bathrobe, for use during the stay. It remains the hotel’s property and use is included.',
  },
  {
    ...{ id: 'robe_price', number: '3.1', ...use },
    text: 'If the robe is kept, or is missing at check-out, it becomes the guest’s property and 60.00 is charged.',
  },
  {
    ...{ id: 'robe_refund', number: '3.2', ...use },
    text: 'A robe sent back within 14 days is refunded in full.',
  },
  {
    ...{ id: 'front_desk_answer', number: '4', ...done },
    text: 'Front-desk support, day and night, answered within 10 minutes.',
  },
  {
    ...{ id: 'bill_ready', number: '5', ...done },
    text: 'The bill is prepared at check-out, within 5 minutes of the request.',
  },
]

const lanes: readonly Lane[] = [
  {
    id: 'room',
    title: 'Room 412',
    marks: [
      {
        ...{ id: 'room', shape: 'bar', tone: 'access', says: 'Room 412 is Ana Costa’s to use' },
        ...{ from: '2026-05-12T14:00:00Z', to: '2026-05-15T12:00:00Z' },
        label: '12 May 15:00 – 15 May 13:00',
      },
    ],
  },
  {
    id: 'robe',
    title: 'Bathrobe R-0173',
    marks: [
      {
        ...{ id: 'robe', shape: 'bar', tone: 'access-mid', says: 'On loan to Ana Costa' },
        ...{ from: '2026-05-12T14:12:00Z', label: 'on loan' },
      },
    ],
  },
  {
    id: 'kit',
    title: 'Welcome kit',
    marks: [
      {
        ...{ id: 'kit', shape: 'dot', tone: 'good', says: 'Title passed to Ana Costa' },
        from: '2026-05-12T14:10:00Z',
      },
    ],
  },
  {
    id: 'desk',
    title: 'Front desk',
    marks: [
      {
        ...{ id: 'fan', shape: 'dot', tone: 'action', says: 'A fan, brought after 6 minutes' },
        from: '2026-05-13T21:46:00Z',
      },
      {
        ...{
          id: 'pillow',
          shape: 'dot',
          tone: 'warn',
          says: 'A pillow, answered after 14 minutes: late',
        },
        from: '2026-05-14T10:20:00Z',
      },
      {
        ...{ id: 'due', shape: 'ring', tone: 'money', says: 'The bill is due' },
        from: '2026-05-15T11:35:00Z',
      },
    ],
  },
  {
    id: 'charges',
    title: 'Charges',
    marks: [
      {
        ...{ id: 'night1', shape: 'dot', tone: 'money', says: 'First night, 140.00' },
        from: '2026-05-13T11:00:00Z',
      },
      {
        ...{ id: 'night2', shape: 'dot', tone: 'money', says: 'Second night, 140.00' },
        from: '2026-05-14T11:00:00Z',
      },
    ],
  },
]

/** The signature page: what was agreed, ask the agreement, what happened. */
export const KitAgreement = () => (
  <Citing>
    <PageHead
      above={[{ title: 'Agreements', to: '/' }, { title: 'Meridian Hotels with Ana Costa' }]}
      title="City stay, 12–15 May"
      state={<StatePill tone="ok">Active</StatePill>}
      says="City stay version 3 · 1 term tailored · EUR"
    />
    <Stack>
      <TwoHalves
        provider={{
          title: 'Meridian Hotels',
          persons: [
            { title: 'Lewis Okafor', says: 'owner' },
            { title: 'Marta Reyes', says: 'practitioner' },
          ],
        }}
        consumer={{
          title: 'Ana Costa',
          persons: [
            { title: 'Ana Costa', says: 'customer, user' },
            { title: 'Hugo Costa', says: 'sponsor · budget authorised' },
          ],
        }}
      />
      <Columns>
        <Card
          title="What was agreed"
          space="flush"
          says={
            <>
              accepted <When at="2026-05-02T13:20:00Z" zone="Europe/Oslo" />
            </>
          }
        >
          <ClauseList clauses={clauses} />
        </Card>
        <Ask />
      </Columns>
      <Card
        title="What happened"
        paper="skip"
        says="goods, access, actions, levels and money on one line of time"
        space="flush"
      >
        <LineOfTime
          label="What happened under the agreement"
          from="2026-05-12T14:00:00Z"
          until="2026-05-15T12:00:00Z"
          now="2026-05-14T17:05:00Z"
          lanes={lanes}
        />
      </Card>
      <Veil says="only Meridian Hotels sees this">Costs of the stay 182.40 · margin 97.60</Veil>
    </Stack>
  </Citing>
)

const decided: AnswerShown = {
  kind: 'value',
  says: '60.00 EUR',
  final: true,
  clause: 'robe_price',
  number: '3.1',
  because: [
    {
      clause: 'robe_lent',
      number: '3',
      says: 'The robe is on loan to Ana Costa since 12 May 15:12',
      steps: [],
    },
    { clause: 'robe_price', number: '3.1', says: 'Kept at check-out: it becomes hers', steps: [] },
  ],
}

const questions = [
  { value: 'may', title: 'May I…' },
  { value: 'cost', title: 'What does it cost…' },
  { value: 'due', title: 'By when…' },
  { value: 'whose', title: 'Who owns…' },
] as const

type QuestionName = (typeof questions)[number]['value']

const components = [
  { value: 'robe', title: 'bathrobe', says: 'on loan since 12 May' },
  { value: 'room', title: 'double room' },
  { value: 'welcome_kit', title: 'toiletries and chocolates' },
]

const answers: Record<QuestionName, AnswerShown> = {
  cost: decided,
  may: {
    ...{ kind: 'not-agreed', says: '', final: true, because: [] },
  },
  due: { kind: 'unknown', says: '', final: false, because: [], missing: ['when she leaves'] },
  whose: {
    ...{ kind: 'value', says: 'the provider’s', final: false, clause: 'robe_lent', number: '3' },
    because: [
      {
        ...{ clause: 'robe_lent', number: '3', says: 'Lent, not given' },
        steps: ['granted 12 May 15:12', 'title stays with the provider'],
      },
    ],
  },
}

function Ask() {
  const [asked = 'cost', setAsked] = useSearchWord('question')
  const [component, setComponent] = useState('robe')
  const [at, setAt] = useState('checked_out')
  const { light } = useCited()
  const name = questions.find(({ value }) => value === asked)?.value ?? 'cost'
  const isMoney = name === 'cost'
  return (
    <Card
      title="Ask the agreement"
      paper="skip"
      says={
        <>
          on <When at="2026-05-14T17:05:00Z" />
        </>
      }
    >
      <Stack>
        <Choice label="What to ask" choices={questions} chosen={name} choose={setAsked} />
        <SentenceWithSlots
          label="Question"
          says="What does it cost if {user} {what} the {component} at {event}?"
          slots={{
            user: choice('Who', [{ value: 'ana_costa', title: 'Ana Costa' }], 'ana_costa'),
            what: choice('Does what', [{ value: 'kept', title: 'keeps' }], 'kept'),
            component: {
              is: 'choice',
              label: 'Component',
              choices: components,
              value: component,
              choose: setComponent,
            },
            event: {
              is: 'choice',
              label: 'When',
              choices: [{ value: 'checked_out', title: 'check-out' }],
              value: at,
              choose: setAt,
              orInstant: { zone: 'Europe/Lisbon' },
            },
          }}
          ask={{ title: 'Ask', press: () => light(['robe_price', 'robe_refund']) }}
        />
        <AnswerCard
          answer={answers[name]}
          lines={
            isMoney
              ? [
                  { says: 'Use of the robe', amount: '0', clause: 'robe_lent', number: '3' },
                  { says: 'Kept', amount: '60', clause: 'robe_price', number: '3.1' },
                ]
              : []
          }
          total={{ says: 'Charge, once', amount: '60' }}
          foot={
            isMoney ? (
              <>
                <span>
                  Refundable until 29 May <Citation clause="robe_refund" number="3.2" />
                </span>
                <Go to="/controls">Record that she keeps it</Go>
              </>
            ) : undefined
          }
        />
        <ActionButton press={() => undefined} off="from check-out, 15 May">
          Record that it is missing
        </ActionButton>
      </Stack>
    </Card>
  )
}

const choice = (label: string, choices: { value: string; title: string }[], value: string) => ({
  is: 'choice' as const,
  label,
  choices,
  value,
  choose: () => undefined,
})
