import { ActionButton } from './button.tsx'
import { Citation } from './citing.tsx'
import { ClockBar } from './clock-bar.tsx'
import { Card, Columns, Go, PageHead, Pairs, Plate, Row, Rows, Stack } from './layout.tsx'
import {
  Amount,
  Dot,
  KindChip,
  KindDots,
  Legend,
  Redline,
  Soft,
  StatePill,
  Toned,
} from './marks.tsx'
import { BudgetBar, Meter, StepsMeter } from './meter.tsx'
import { EmptyState } from './notice.tsx'
import { SentenceWithSlots } from './sentence.tsx'

const now = '2026-05-14T17:05:00Z'

/** What needs me, what runs out, what changed: rows, clocks, meters, an empty state. */
export const KitHome = () => (
  <>
    <PageHead title="Good evening, Marta" says="Thursday 14 May 2026, 18:05 · Meridian Hotels">
      <ActionButton press={() => undefined}>Print the day</ActionButton>
    </PageHead>
    <Stack>
      <Columns shares="wide-left">
        <Stack>
          <NeedsYou />
          <Plate>
            <SentenceWithSlots
              label="Question"
              says="May {who} use {what} until {when}?"
              slots={{
                who: entry('Who', 'Ana Costa'),
                what: entry('What', 'room 412'),
                when: {
                  ...{ is: 'instant', label: 'Until', value: '2026-05-15T13:00:00Z' },
                  enter: () => undefined,
                },
              }}
              ask={{ title: 'Ask', press: () => undefined }}
            />
          </Plate>
          <Changed />
        </Stack>
        <Stack>
          <RunsOut />
          <Money />
        </Stack>
      </Columns>
      <EmptyState
        title="Nothing is agreed yet"
        says="Say what you need, and Tessera shows the offerings that fit: what would be yours to keep, yours to use and done for you."
        halves={{ here: 'You', missing: 'A provider' }}
      >
        <ActionButton look="main" press={() => undefined}>
          Look at 3 offerings
        </ActionButton>
        <ActionButton look="text" press={() => undefined}>
          I have a code from a provider
        </ActionButton>
      </EmptyState>
    </Stack>
  </>
)

const entry = (label: string, value: string) => ({
  is: 'text' as const,
  label,
  value,
  enter: () => undefined,
})

const NeedsYou = () => (
  <Card title="Needs you" says="3, one within minutes" space="flush">
    <Rows label="Needs you">
      <Row
        look="first"
        title={
          <>
            <KindChip kind="action" /> Answer room 207, who asks for a cot, by 18:11.
          </>
        }
        says={
          <>
            <Toned tone="warn">6 minutes left.</Toned> Asked at 18:01; answered within 10 minutes.{' '}
            <Citation clause="front_desk_answer" number="4" page="/" />
          </>
        }
        end={
          <ActionButton look="main" press={() => undefined}>
            Answer
          </ActionButton>
        }
      />
      <Row
        title={
          <>
            <KindChip kind="access" /> Record that Ana Costa keeps bathrobe R-0173.
          </>
        }
        says={
          <>
            It becomes hers and 60.00 is charged at check-out.{' '}
            <Citation clause="robe_price" number="3.1" page="/" />
          </>
        }
        end={<ActionButton press={() => undefined}>Record it</ActionButton>}
      />
      <Row
        first={<KindChip kind="good">Keep</KindChip>}
        title="Hand over the welcome kit"
        says="Ben Ito · his at check-in"
        middle={
          <ClockBar
            now={now}
            started="2026-05-14T14:00:00Z"
            due="2026-05-14T19:30:00Z"
            zone="Asia/Tokyo"
          />
        }
        end={
          <ActionButton press={() => undefined} off="after check-in">
            Hand over
          </ActionButton>
        }
      />
    </Rows>
  </Card>
)

const Changed = () => (
  <Card title="Changed since you were last here" says="yesterday 23:10" space="flush">
    <Rows label="Changed">
      <Row
        first="16:20"
        title={
          <>
            City stay version 4: check-out at <Redline was="11:00" is="12:00" />. The 14 running
            agreements keep version 3. <Go to="/">See in words</Go>
          </>
        }
      />
      <Row first="09:15" title="Room 305 is out of use until 18 May, water damage." />
    </Rows>
  </Card>
)

const RunsOut = () => (
  <Card title="Runs out" says="the next day">
    <Stack>
      <p>
        <Dot tone="access" /> Room 412, Ana Costa <Soft>· tailored, not 12:00</Soft>
      </p>
      <ClockBar now={now} started="2026-05-14T17:01:00Z" due="2026-05-14T17:06:00Z" />
      <ClockBar now={now} started="2026-05-14T16:01:00Z" due="2026-05-14T16:40:00Z" />
      <ClockBar
        now={now}
        started="2026-05-14T16:01:00Z"
        due="2026-05-14T20:40:00Z"
        pausedFor="his identity check"
      />
      <ClockBar
        now={now}
        started="2026-05-14T16:01:00Z"
        due="2026-05-14T16:40:00Z"
        stopped="2026-05-14T16:31:00Z"
      />
      <StepsMeter done={2} of={5} label="Step 3 of 5" />
      <Meter share={0.67} tone="access" label="13.4 of 20 GB used" />
      <Legend
        of={[
          ['good', 'goods'],
          ['access', 'access'],
          ['action', 'actions'],
          ['duty', 'duties and dates'],
        ]}
      />
    </Stack>
  </Card>
)

const Money = () => (
  <Card title="Money of the stay" says="EUR" foot={<span>Hugo Costa is the sponsor</span>}>
    <Stack>
      <div>
        <p>
          <Amount amount="280" /> is used and <Amount amount="200" /> is reserved;{' '}
          <Amount amount="140.5" /> of <Amount amount="620.5" /> is free.
        </p>
        <BudgetBar
          label="280.00 used, 200.00 reserved, 140.50 free"
          parts={[
            { title: 'used', amount: '280', tone: 'used' },
            { title: 'reserved: the most it can still cost', amount: '200', tone: 'reserved' },
            { title: 'free', amount: '140.5', tone: 'free' },
          ]}
        />
      </div>
      <Pairs
        of={[
          ['Made of', <KindDots key="kinds" kinds={['good', 'access', 'action']} />],
          [
            'Bill',
            <StatePill key="state" tone="warn">
              So far
            </StatePill>,
          ],
          [
            'Level',
            <StatePill key="level" tone="bad">
              Missed
            </StatePill>,
          ],
          ['Offering', <StatePill key="draft">Draft</StatePill>],
        ]}
      />
    </Stack>
  </Card>
)
