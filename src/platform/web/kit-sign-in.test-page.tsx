import { ActionButton } from './button.tsx'
import { Card, Columns, PageHead, Row, Rows, TwoHalves } from './layout.tsx'
import { KindDots, Lead } from './marks.tsx'

/** A page without navigation. */
export const KitSignIn = () => (
  <>
    <PageHead title="Step into someone" />
    <Lead>Choose a world, then a person on either side; you see what they see.</Lead>
    <br />
    <Columns shares="wide-right">
      <Card title="Worlds" says="2" space="flush">
        <Rows label="Worlds">
          <Row
            look="chosen"
            title="Hotel"
            says="Keep the bathrobe, and see whose it is."
            end={<KindDots kinds={['good', 'access', 'action']} />}
          />
          <Row
            title="Colocation"
            says="What breaks?"
            end={<KindDots kinds={['access', 'action']} />}
          />
        </Rows>
      </Card>
      <TwoHalves
        provider={{
          title: 'Meridian Hotels',
          children: <Persons names={['Marta Reyes', 'Lewis Okafor']} />,
        }}
        consumer={{ title: 'Ana Costa', children: <Persons names={['Ana Costa', 'A stranger']} /> }}
      />
    </Columns>
  </>
)

const Persons = ({ names }: { names: readonly string[] }) => (
  <Rows>
    {names.map((name) => (
      <Row
        key={name}
        title={name}
        says="practitioner"
        end={<ActionButton press={() => undefined}>Step in</ActionButton>}
      />
    ))}
  </Rows>
)
