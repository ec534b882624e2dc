import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readDocuments } from '../src/contract/document/document.ts'
import { draftId } from '../src/offering/store.ts'
import type { endpoints } from '../src/slices.ts'

export const people = {
  ana: ['ana_costa', 'costa'],
  hugo: ['hugo_costa', 'costa'],
  ben: ['ben_ito', 'ito'],
  desk: ['m_reyes', 'meridian_hotels'],
  owner: ['l_okafor', 'meridian_hotels'],
  engineer: ['j_weber', 'brightline'],
} as const
export type Person = keyof typeof people

export type Fields = Readonly<Record<string, unknown>>
export type Mistake = {
  readonly name: string
  readonly pointer?: string
  readonly as?: Person | 'nobody'
  readonly input?: Fields
  readonly body?: string
  readonly keyless?: true
}
export type Table = {
  readonly as: Person
  readonly good: Fields
  readonly mistakes: readonly Mistake[]
}

export const stay = 'agr_stay_of_ana_costa'
const rack = 'agr_rack_of_brightline'
export const document = readFileSync(
  join(import.meta.dirname, '../examples/hotel/offerings/city_stay.yaml'),
  'utf8',
)

const inJune = document.replace('City stay', 'City stay in June')
/** As it is named when it is kept. */
const draftOf = (text: string) =>
  draftId('off_city_stay', JSON.stringify(readDocuments(text, 'draft').documents[0]?.data))

/** Agreements of Ana's: one that runs, one without users, one accepted, two proposed, two lapsed; and things that are out. */
export type Made = {
  runs: string
  empty: string
  accepted: string
  proposed: string
  declined: string
  lapsed: { proposed: string; accepted: string }
  items: { kept: string; back: string; ended: string; mistyped: string; elsewhere: string }
}

export type Command = Extract<(typeof endpoints)[keyof typeof endpoints], { is: 'command' }>['name']

/** On the way in, before any rule of the field. */
const onTheWay: readonly Mistake[] = [
  { name: 'sign_in_needed', as: 'nobody' },
  { name: 'body_must_be_json', body: '{ "agreement": ' },
  { name: 'input_field_unknown', pointer: '/surprise', input: { surprise: 'a' } },
]
const misfit = (field: string): Mistake => ({
  ...{ name: 'input_must_fit_schema', pointer: `/${field}`, input: { [field]: 7 } },
})
const notFound: Mistake = {
  ...{ name: 'agreement_not_found', pointer: '/agreement', input: { agreement: 'agr_of_nobody' } },
}
const forbidden = (as: Person, agreement: string): Mistake => ({
  ...{ name: 'role_must_allow', as, input: { agreement } },
})
const halted = (as: Person, agreement: string): Mistake => ({
  ...{ name: 'agreement_must_be_active', as, input: { agreement } },
})
const atWrongTimes = (word: string): Mistake[] => [
  { name: 'instant_unreadable', pointer: `/${word}`, input: { [word]: 'soon' } },
  { name: 'instant_must_not_lie_ahead', pointer: `/${word}`, input: { [word]: '2030-01-01' } },
  {
    name: 'instant_must_not_precede_agreement',
    pointer: `/${word}`,
    input: { [word]: '2020-01-01' },
  },
]
const component = (name: string, wrong: string, agreement?: string): Mistake => ({
  ...{ name, pointer: '/component' },
  input: { component: wrong, at: undefined, ...(agreement !== undefined && { agreement }) },
})
const unknownComponent = component('component_unknown', 'nothing')
const unknownItem: Mistake = {
  ...{ name: 'item_unknown', pointer: '/item', input: { item: 'itm_of_nobody', tag: undefined } },
}
const notPermitted = (agreement: string): Mistake => ({
  ...{ name: 'user_must_be_permitted', pointer: '/component', as: 'ana', input: { agreement } },
})
const twice: Mistake = {
  ...{ name: 'fact_must_not_be_recorded_twice', pointer: '/id', input: { id: 'known' } },
}
const beforehand = (as: Person, without: Person, { runs, proposed }: Made): Mistake[] => [
  ...onTheWay,
  misfit('component'),
  notFound,
  forbidden(without, runs),
  halted(as, proposed),
]
const namedTwice: Mistake = {
  ...{ name: 'item_must_be_named_once', pointer: '/tag' },
  input: { item: 'itm_of_nobody', tag: 'robe_0500' },
}
const unnamed: Mistake = {
  ...{ name: 'item_must_be_named', pointer: '/component', input: { item: undefined } },
}
/** Before what is given now. */
const tooEarly: Mistake = {
  ...{ name: 'instant_must_not_precede_last_movement', pointer: '/at' },
  input: { at: '2026-05-14T10:30' },
}

/** By each command, the mistakes that it refuses, and what it does not. */
export const tables = {
  propose_agreement: () => ({
    as: 'owner',
    good: {
      ...{ offering: 'off_city_stay', version: 3, relationship: 'rel_costa_with_meridian' },
      ...{ from: '2026-06-01T15:00', until: '2026-06-03T12:00' },
      users: { guest: ['per_ana_costa'] },
    },
    mistakes: [
      ...onTheWay,
      misfit('from'),
      { name: 'request_key_needed', keyless: true },
      wrong('relationship_not_found', { relationship: 'rel_brightline_with_northgate' }),
      { name: 'role_must_allow', as: 'hugo' },
      wrong('offering_not_found', { offering: 'off_of_nobody' }),
      wrong('offering_must_be_the_latest', { version: 2 }),
      wrong('offering_must_be_the_latest', { version: undefined }),
      wrong('offering_must_be_the_providers', { offering: 'off_standard_rack' }),
      wrong('instant_unreadable', { from: 'soon' }),
      wrong('instant_unreadable', { until: 'later' }),
      wrong('agreement_must_end_after_it_starts', { until: '2026-03-31T12:00' }),
      wrong('agreement_must_not_lie_in_the_past', {
        ...{ until: '2026-05-01T12:00', from: '2026-04-01T15:00' },
      }),
      wrong('agreement_must_lie_within_its_relationship', { from: '2026-04-01T15:00' }),
      { ...wrong('user_undeclared', { users: { butler: ['per_x'] } }), pointer: '/users/butler' },
      {
        ...wrong('person_without_role', { users: { guest: ['per_hugo_costa'] } }),
        pointer: '/users/guest/0',
      },
      wrong('user_needed', { users: {} }),
      {
        ...wrong('deviation_must_be_the_providers', { deviations: [aDeviation('140.00')] }),
        as: 'ana',
      },
      {
        ...wrong('value_misshapen', { agreed: { room_rate: 'much' } }),
        pointer: '/agreed/room_rate',
      },
      {
        ...wrong('name_unknown', { deviations: [aDeviation('much')] }),
        pointer: '/deviations/0/to',
      },
    ],
  }),
  accept_agreement: (made: Made) => ({
    as: 'ana',
    good: { agreement: made.proposed },
    mistakes: [
      ...onTheWay,
      notFound,
      forbidden('hugo', made.proposed),
      { name: 'agreement_must_be_proposed', input: { agreement: stay } },
      { name: 'acceptance_must_be_the_other_sides', as: 'owner' },
      {
        name: 'agreement_must_not_lie_in_the_past',
        input: { agreement: made.lapsed.proposed },
      },
    ],
  }),
  authorise_budget: (made: Made) => ({
    as: 'hugo',
    good: { agreement: made.accepted, amount: '620.00' },
    mistakes: [
      ...onTheWay,
      wrong('input_must_fit_schema', { amount: 'a lot' }),
      notFound,
      forbidden('ana', made.accepted),
      { name: 'agreement_must_be_accepted', input: { agreement: made.declined } },
      {
        name: 'agreement_must_not_lie_in_the_past',
        input: { agreement: made.lapsed.accepted },
      },
    ],
  }),
  withdraw_proposal: (made: Made) => ({
    as: 'owner',
    good: { agreement: made.declined },
    mistakes: [
      ...onTheWay,
      notFound,
      forbidden('hugo', made.declined),
      { name: 'agreement_must_not_be_signed', input: { agreement: stay } },
    ],
  }),
  hand_over_good: (made: Made) => ({
    as: 'desk',
    good: { agreement: made.runs, component: 'welcome_kit' },
    mistakes: [
      ...beforehand('desk', 'ana', made),
      ...atWrongTimes('at'),
      unknownComponent,
      namedTwice,
      unknownItem,
      component('component_must_be_good', 'room'),
      { name: 'item_must_not_be_named', pointer: '/tag', input: { tag: 'kit_1' } },
      {
        ...{ name: 'good_must_not_be_handed_over_twice', pointer: '/component' },
        input: { agreement: stay },
      },
      twice,
    ],
  }),
  grant_access: (made: Made) => ({
    as: 'desk',
    good: { agreement: made.runs, component: 'robe', tag: 'robe_0500' },
    mistakes: [
      ...beforehand('desk', 'ana', made),
      ...atWrongTimes('at'),
      unknownComponent,
      namedTwice,
      unknownItem,
      component('component_must_be_access', 'welcome_kit'),
      { name: 'item_must_be_named', pointer: '/component', input: { tag: undefined } },
      {
        ...{ name: 'access_must_not_be_granted_twice', pointer: '/tag' },
        input: { agreement: stay, tag: 'robe_0173' },
      },
      { name: 'item_must_be_in_stock', pointer: '/tag', input: { tag: 'robe_0173' } },
      {
        ...{ name: 'instant_must_not_precede_last_movement', pointer: '/at' },
        input: { at: '2026-05-14T12:00', tag: 'robe_0088' },
      },
      wrong('tag_must_not_name_another', { tag: 'front_desk' }),
      wrong('tag_must_not_name_another', { tag: 'ana_costa' }),
      twice,
    ],
  }),
  end_access: (made: Made) => ({
    as: 'desk',
    good: { agreement: made.runs, component: 'robe', item: made.items.ended },
    mistakes: [
      ...beforehand('desk', 'ana', made),
      ...atWrongTimes('at'),
      unknownComponent,
      unknownItem,
      component('component_must_be_access', 'welcome_kit'),
      unnamed,
      {
        ...{ name: 'access_must_be_granted', pointer: '/item' },
        input: { item: made.items.elsewhere },
      },
      tooEarly,
      twice,
    ],
  }),
  record_kept: (made: Made) => ({
    as: 'ana',
    good: { agreement: made.runs, component: 'robe', item: made.items.kept },
    mistakes: [
      ...beforehand('ana', 'hugo', made),
      ...atWrongTimes('at'),
      unknownComponent,
      unknownItem,
      component('component_must_be_a_thing', 'front_desk'),
      unnamed,
      { name: 'item_must_be_on_loan', pointer: '/item', input: { item: made.items.elsewhere } },
      tooEarly,
      twice,
    ],
  }),
  take_back: (made: Made) => ({
    as: 'desk',
    good: { agreement: made.runs, component: 'robe', item: made.items.back },
    mistakes: [
      ...beforehand('desk', 'ana', made),
      ...atWrongTimes('at'),
      unknownComponent,
      unknownItem,
      component('component_must_be_a_thing', 'front_desk'),
      unnamed,
      {
        name: 'item_must_be_with_consumer',
        pointer: '/item',
        input: { item: made.items.elsewhere },
      },
      tooEarly,
      twice,
    ],
  }),
  correct_tag: (made: Made) => ({
    as: 'desk',
    good: {
      ...{ item: made.items.mistyped, agreement: made.runs, tag: 'robe_0540' },
      because: 'The digits were turned round',
    },
    mistakes: [
      ...onTheWay,
      misfit('tag'),
      wrong('input_must_fit_schema', { because: '' }),
      notFound,
      forbidden('ana', made.runs),
      { name: 'item_unknown', pointer: '/item', input: { item: 'itm_of_nobody' } },
      wrong('agreement_must_be_the_things', { agreement: stay }),
      wrong('agreement_must_be_the_things', { agreement: undefined }),
      wrong('tag_must_differ', { tag: 'robe_0504' }),
      wrong('tag_must_be_free', { tag: 'robe_0088' }),
      wrong('tag_must_not_name_another', { tag: 'front_desk' }),
    ],
  }),
  place_order: (made: Made) => ({
    as: 'ana',
    good: { agreement: made.runs, component: 'front_desk' },
    mistakes: [
      ...beforehand('ana', 'desk', made),
      unknownComponent,
      component('component_must_be_action', 'room'),
      notPermitted(made.empty),
      ...['robe_0501', 'room', 'guest', 'ana_costa', 'room_price', 'checked_out'].map((order) =>
        wrong('order_must_not_name_another', { order }),
      ),
      wrong('order_must_be_new', { order: 'towel' }),
      twice,
    ],
  }),
  confirm_receipt: (made: Made) => ({
    as: 'ana',
    good: { agreement: stay, component: 'welcome_kit' },
    mistakes: [
      ...beforehand('ana', 'desk', made),
      ...atWrongTimes('at'),
      unknownComponent,
      component('component_must_be_good', 'room'),
      { name: 'item_must_not_be_named', pointer: '/item', input: { item: 'itm_of_nobody' } },
      component('good_must_be_handed_over', 'welcome_kit', made.accepted),
      component('good_must_not_be_received_twice', 'welcome_kit', made.empty),
      wrong('instant_must_not_precede_hand_over', { at: '2026-05-12T15:05' }),
    ],
  }),
  record_use: (made: Made) => ({
    as: 'ana',
    good: { agreement: made.runs, component: 'room' },
    mistakes: [
      ...beforehand('ana', 'desk', made),
      ...atWrongTimes('at'),
      unknownComponent,
      component('component_must_be_access', 'front_desk'),
      notPermitted(made.empty),
      twice,
    ],
  }),
  respond_to_order: (made: Made) => ({
    as: 'desk',
    good: { agreement: made.runs, order: 'pillow' },
    mistakes: [
      ...onTheWay,
      misfit('at'),
      notFound,
      forbidden('ana', made.runs),
      halted('desk', made.proposed),
      ...atWrongTimes('at'),
      wrong('order_not_found', { order: 'ord_of_nobody' }),
      wrong('order_must_be_open', { order: 'towel' }),
      wrong('instant_must_not_precede_order', { at: '2026-05-14T12:00' }),
      twice,
    ],
  }),
  perform_action: (made: Made) => ({
    as: 'desk',
    good: { agreement: made.runs, component: 'front_desk', order: 'pillow' },
    mistakes: [
      ...onTheWay,
      misfit('component'),
      notFound,
      forbidden('ana', made.runs),
      halted('desk', made.proposed),
      ...atWrongTimes('to'),
      unknownComponent,
      component('component_must_be_action', 'room'),
      wrong('order_not_found', { order: 'ord_of_nobody' }),
      {
        ...{ name: 'order_must_be_of_the_component', pointer: '/order' },
        input: { component: 'bill', order: 'towel' },
      },
      wrong('order_must_be_open', { order: 'towel' }),
      ...atWrongTimes('from'),
      wrong('instant_must_not_precede_order', { from: '2026-05-14T12:00' }),
      twice,
      {
        ...{ name: 'attribute_undeclared', pointer: '/values/colour' },
        input: { values: { colour: 'red' } },
      },
    ],
  }),
  record_fact: (made: Made) => ({
    as: 'desk',
    good: { agreement: stay, kind: 'checked_out' },
    mistakes: [
      ...onTheWay,
      misfit('kind'),
      notFound,
      forbidden('hugo', stay),
      halted('desk', made.proposed),
      ...atWrongTimes('at'),
      wrong('fact_undeclared', { kind: 'danced' }),
      wrong('fact_has_its_own_command', { kind: 'kept' }),
      {
        ...{ name: 'fact_must_be_measured_by_its_side', pointer: '/kind', as: 'engineer' },
        input: { agreement: rack, kind: 'meter_reading' },
      },
      {
        ...{ name: 'value_must_be_of_its_own', pointer: '/values/at' },
        input: { values: { at: '2027-01-01' } },
      },
      {
        ...{ name: 'fact_must_be_an_interval', pointer: '/to' },
        input: { kind: 'checked_out', to: '2026-05-14T12:00' },
      },
      wrong('item_must_be_of_the_component', {
        ...{ about: 'robe_0173', component: 'room', kind: 'checked_out', to: undefined },
      }),
      wrong('instant_must_not_precede_hand_over', {
        ...{ at: '2026-05-12T15:11', about: 'robe_0173', component: 'robe' },
        ...{ kind: 'checked_out', to: undefined },
      }),
      wrong('choice_unknown', {
        ...{ component: 'nowhere', about: 'her_bag', kind: 'checked_out', to: undefined },
        values: {},
      }),
      wrong('period_misordered', {
        ...{ to: '2026-05-14T11:00', kind: 'outage', at: '2026-05-14T12:00', component: 'room' },
      }),
      {
        ...{ name: 'attribute_undeclared', pointer: '/values/colour' },
        input: { values: { colour: 'red' } },
      },
    ],
  }),
  draft_offering: () => ({
    as: 'owner',
    good: { offering: 'off_city_stay', text: inJune },
    mistakes: [
      ...onTheWay,
      wrong('input_must_fit_schema', { offering: 'city_stay' }),
      { name: 'role_must_allow', as: 'desk' },
      wrong('yaml_broken', { text: '{' }),
      wrong('document_must_be_one_offering', { text: 'kind: resource' }),
      wrong('offering_must_keep_its_id', { text: 'kind: offering\nid: other' }),
      wrong('offering_must_be_the_providers', {
        ...{ text: drafted('northgate'), offering: 'off_city_stay' },
      }),
      {
        ...{ name: 'offering_not_found', pointer: '/offering' },
        input: {
          offering: 'off_standard_rack',
          text: drafted('meridian_hotels').replace('city_stay', 'standard_rack'),
        },
      },
      wrong('draft_must_differ', { text: document }),
    ],
  }),
  publish_offering: () => ({
    as: 'owner',
    good: { offering: 'off_city_stay', expected: draftOf(inJune) },
    mistakes: [
      ...onTheWay,
      { name: 'role_must_allow', as: 'desk' },
      wrong('offering_not_found', { offering: 'off_standard_rack' }),
      wrong('draft_must_be_the_one_read', { expected: draftOf(document) }),
    ],
  }),
} as const satisfies Record<Command, (made: Made) => Table>

/** One field that is wrong, to which the refusal points. */
function wrong<const Input extends Fields>(name: string, input: Input): Mistake {
  return { name, pointer: `/${Object.keys(input)[0]}`, input }
}
const drafted = (provider: string) => `kind: offering\nid: city_stay\nprovider: ${provider}`
const aDeviation = (to: string) => ({ clause: 'room_price', path: 'charge.amount', to })
