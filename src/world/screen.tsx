import { useQueryClient } from '@tanstack/react-query'
import { ActionButton } from '../platform/web/button.tsx'
import { useGo, useSearchWord } from '../platform/web/frame.tsx'
import {
  Card,
  Columns,
  Go,
  PageHead,
  Row,
  Rows,
  Stack,
  TwoHalves,
} from '../platform/web/layout.tsx'
import { useAnswer, useCommand } from '../platform/web/live.tsx'
import { KindDots, Lead, Legend } from '../platform/web/marks.tsx'
import { useViewer, useVisiting } from '../platform/web/viewer.tsx'
import { Answered, AnsweredPage } from '../platform/web/waiting.tsx'
import { listed } from '../platform/web/words.ts'
import type { showDemonstration, stepIn } from './api.ts'
import { MomentLine } from './moments.screen.tsx'
import styles from './screen.module.css'

/** Before one is anybody: whom one may step into, or how people come here with a token. */
export function SignInScreen() {
  const viewer = useViewer()
  return (
    <AnsweredPage asked={viewer}>
      {({ demonstration, now }) => (demonstration ? <Demonstration now={now} /> : <WithToken />)}
    </AnsweredPage>
  )
}

type Shown = Awaited<ReturnType<typeof useDemonstration>>['data'] & {}
type World = Shown['worlds'][number]
type Organisation = World['organisations'][number]

const useDemonstration = () => useAnswer<typeof showDemonstration>('show_demonstration', {})

function Demonstration({ now }: { readonly now: string }) {
  const asked = useDemonstration()
  return (
    <>
      <PageHead title="Step into someone" />
      <div className={styles['lead']}>
        <Lead>
          Each world is a provider, its consumers and what they agreed. Choose a world, then a
          person on either side; you see what they see, and may do what they may do.
        </Lead>
      </div>
      <Answered asked={asked}>{(shown) => <Worlds shown={shown} now={now} />}</Answered>
    </>
  )
}

function Worlds({ shown, now }: { readonly shown: Shown; readonly now: string }) {
  const [chosen, choose] = useSearchWord('world')
  const world = shown.worlds.find(({ id }) => id === chosen) ?? shown.worlds[0]
  if (!world) return <Lead>No world is loaded. Bring one in with the command “tessera apply”.</Lead>
  const moments = shown.moments.filter((moment) => moment.world === world.id)
  return (
    <Columns shares="wide-right">
      <Card title="Worlds" says={shown.worlds.length} space="flush">
        <div className={styles['worlds']}>
          {shown.worlds.map(({ id, title, says, kinds }) => (
            <button
              key={id}
              type="button"
              className={styles['world']}
              aria-pressed={id === world.id}
              onClick={() => choose(id)}
            >
              <span>
                <b>{title}</b>
                <small>{says}</small>
              </span>
              <KindDots kinds={kinds} />
            </button>
          ))}
        </div>
      </Card>
      <Stack>
        <People world={world} />
        <Card title="The clock" says="move it, and what is due falls due">
          <MomentLine now={now} moments={moments} />
        </Card>
        <div className={styles['foot']}>
          <Legend
            of={[
              ['good', 'goods'],
              ['access', 'access'],
              ['action', 'actions'],
            ]}
          />
          <small>A demonstration, on this machine only.</small>
        </div>
      </Stack>
    </Columns>
  )
}

const People = ({ world }: { readonly world: World }) => {
  const of = (side: Organisation['side']) => world.organisations.filter((one) => one.side === side)
  const [provider] = of('provider')
  const [first, ...others] = of('consumer')
  return (
    <TwoHalves
      provider={{
        title: provider?.title ?? world.title,
        children: provider && <Persons of={provider} look="main" />,
      }}
      consumer={{
        title: first?.title ?? 'Nobody yet',
        children: (
          <>
            {first && <Persons of={first} />}
            {others.map((one) => (
              <section key={one.id} className={styles['other']}>
                <h2>{one.title}</h2>
                <small>Consumer</small>
                <Persons of={one} />
              </section>
            ))}
            <Stranger />
          </>
        ),
      }}
    />
  )
}

type PersonsProps = { readonly of: Organisation; readonly look?: 'main' }

function Persons({ of: organisation, look }: PersonsProps) {
  const enter = useEntering()
  return (
    <Rows label={organisation.title}>
      {organisation.persons.map(({ id, title, roles, says }, index) => (
        <Row
          key={id}
          title={<b>{title}</b>}
          says={
            <>
              {listed(roles)}
              {says !== undefined && <span className={styles['says']}>{says}</span>}
            </>
          }
          end={
            <ActionButton
              look={look === 'main' && index === 0 ? 'main' : 'other'}
              press={() => enter(id, organisation.id)}
            >
              Step in<span className="reader-only"> as {title}</span>
            </ActionButton>
          }
        />
      ))}
    </Rows>
  )
}

/** Nobody: sees what everybody sees. */
function Stranger() {
  const { signOut } = useVisiting()
  const queries = useQueryClient()
  const go = useGo()
  const look = async () => {
    await signOut()
    await queries.invalidateQueries()
    await go('/catalogue')
  }
  return (
    <Rows label="Nobody">
      <Row
        title={<b>A stranger</b>}
        says={
          <>
            no role<span className={styles['says']}>Sees the catalogue, and nothing else.</span>
          </>
        }
        end={
          <ActionButton press={look}>
            Step in<span className="reader-only"> as a stranger</span>
          </ActionButton>
        }
      />
    </Rows>
  )
}

// What someone else was told must not be seen for a moment, so it is forgotten and not only asked for again.
function useEntering() {
  const { run } = useCommand<typeof stepIn>('step_in', 'door')
  const queries = useQueryClient()
  const go = useGo()
  return async (person: string, organisation: string) => {
    await run({ person, organisation })
    queries.removeQueries({ type: 'inactive' })
    await go('/')
  }
}

/** There is no form for a token: it is for programs, and a page that takes one would be a place to steal it. */
const WithToken = () => (
  <>
    <PageHead title="Sign in" />
    <div className={styles['lead']}>
      <Lead>
        This Tessera is no demonstration, and it keeps no passwords. A person comes with a token,
        which whoever runs the platform issues; there is no form to type it into.
      </Lead>
    </div>
    <Columns>
      <Card title="If you run the platform">
        <p>
          On the machine where it runs, <code>tessera token issue</code> makes a token for a person
          of an organisation, and says its secret once.
        </p>
      </Card>
      <Card title="If you have a token">
        <p>
          Send it with each request, as <code>Authorization: Bearer …</code>, from your program or
          from the gateway of your organisation. What may be asked stands in{' '}
          <a href="/api/docs">the reference</a>. The <Go to="/catalogue">catalogue</Go> is open to
          everybody.
        </p>
      </Card>
    </Columns>
  </>
)
