import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../src/platform/database/database.test-support.ts'
import { readFiles } from '../src/platform/files.ts'
import { platform } from '../src/platform/journal/command.ts'
import { createJournal } from '../src/platform/journal/handle.ts'
import { commands, kinds } from '../src/slices.ts'
import { refusalOf, type Story, tell } from './story.test-support.ts'

/** An agreement that one of its own terms ends, live: it ends when the contract says so, as at its agreed end. */

let server: TestServer
let story: Story
beforeAll(async () => {
  server = await startTestServer()
  story = await tell(server, ['hotel'])
  const operator = await story.operator()
  await operator.door('apply_documents', { documents: withEndings() })
})
afterAll(async () => {
  await story.end()
  await server.stop()
})
afterEach(() => story.replayed())

/** The city stay as version 4: a check-out ends it, a notice a day later, and an invoice that is not paid. */
const withEndings = () =>
  readFiles(join(import.meta.dirname, '../examples/hotel'), 2_000_000).files.map(
    ({ file, text }) => ({
      file,
      text: text.replace(
        'terms:\n  welcome_kit_passes:',
        `terms:
  gone:
    transition: { of: agreement, on: checked_out, right: ended }
  leaving:
    transition: { of: agreement, on: notice_given, takes-effect: { within: 1 day, ends: at-the-hour }, right: ended }
  pay:
    duty: { who: consumer, start: invoiced, stop: paid, within: 6 hours, clock: always }
  unpaid:
    transition: { of: agreement, on: pay.missed, right: ended }
  welcome_kit_passes:`,
      ),
    }),
  )

/** A stay of its own for each story, with a room and a robe. */
async function cast() {
  const ben = await story.as('ben_ito', 'ito')
  const { id: agreement } = await ben.command('propose_agreement', {
    ...{ offering: 'off_city_stay', version: 4, relationship: 'rel_ito_with_meridian' },
    ...{ from: '2026-05-14T12:00', until: '2026-05-30T12:00', users: { guest: ['per_ben_ito'] } },
  })
  await ben.command('authorise_budget', { agreement, amount: '900.00' })
  const desk = await story.as('m_reyes', 'meridian_hotels')
  const record = (kind: string, said: { at?: string; about?: string } = {}) =>
    desk.command('record_fact', { agreement, kind, ...said })
  const lend = (tag: string, at?: string) =>
    desk.command('grant_access', {
      ...{ agreement, component: 'robe', tag },
      ...(at !== undefined && { at }),
    })
  const shown = async () => {
    const { status, ends_at, happened } = await ben.query('show_agreement', { agreement })
    const endings = happened.filter(({ kind }) => kind === 'ended')
    return { status, ends_at, endings: endings.map(({ about, at }) => ({ about, at })) }
  }
  const grantRoom = () => desk.command('grant_access', { agreement, component: 'room' })
  return { agreement, ben, desk, record, lend, grantRoom, shown }
}

const agreedEnd = '2026-05-30T11:00:00.000Z'

describe('an agreement that a fact ends', () => {
  test('has ended at the instant of the fact, with every access that was open, and begins nothing more', async () => {
    const { agreement, desk, record, lend, grantRoom, shown } = await cast()
    await grantRoom()
    await lend('robe_0801')
    await story.moveTo('2026-05-14T20:00:00Z')
    expect(await shown()).toMatchObject({ status: 'active', ends_at: agreedEnd })
    await record('checked_out', { at: '2026-05-14T19:30:00Z' })
    await story.moveTo('2026-05-14T20:00:01Z')
    const at = '2026-05-14T19:30:00.000Z'
    const { status, ends_at, endings } = await shown()
    expect({ status, ends_at }).toEqual({ status: 'ended', ends_at: at })
    expect(
      endings.toSorted((one, other) => ((one.about ?? '') < (other.about ?? '') ? -1 : 1)),
    ).toEqual([
      { about: 'robe_0801', at },
      { about: 'room', at },
    ])
    const again = { agreement, component: 'room' }
    expect(await refusalOf(desk.command('grant_access', again))).toBe('agreement_must_be_active')
  })

  test('before something was granted ends that as it began', async () => {
    const { record, lend, shown } = await cast()
    await story.moveTo('2026-05-14T21:00:00Z')
    await lend('robe_0802', '2026-05-14T20:45:00Z')
    await record('checked_out', { at: '2026-05-14T20:30:00Z' })
    await story.moveTo('2026-05-14T21:00:01Z')
    expect(await shown()).toMatchObject({
      status: 'ended',
      endings: [{ about: 'robe_0802', at: '2026-05-14T20:45:00.000Z' }],
    })
  })

  test('with a notice runs until that is over, though nobody does anything then', async () => {
    const { ben, record, grantRoom, shown } = await cast()
    await grantRoom()
    await record('notice_given', { at: '2026-05-14T21:00:00Z' })
    const at = '2026-05-15T21:00:00.000Z'
    expect(await shown()).toMatchObject({ status: 'active', ends_at: at })
    const { runs_out } = await ben.query('show_home', {})
    expect(runs_out.map((one) => one.at)).toContain(at)
    await story.moveTo('2026-05-15T20:59:59Z')
    expect(await shown()).toMatchObject({ status: 'active' })
    await story.moveTo('2026-05-15T21:00:00Z')
    expect(await shown()).toMatchObject({ status: 'ended', endings: [{ about: 'room', at }] })
  })
})

describe('an agreement that ends if something is missed', () => {
  test('runs on when it is done in time', async () => {
    const { record, shown } = await cast()
    await story.moveTo('2026-05-16T08:00:00Z')
    await record('invoiced', { about: 'one', at: '2026-05-16T08:00:00Z' })
    expect(await shown()).toMatchObject({ status: 'active', ends_at: '2026-05-16T14:00:00.000Z' })
    await record('paid', { about: 'one' })
    expect(await shown()).toMatchObject({ status: 'active', ends_at: agreedEnd })
    await story.moveTo('2026-05-16T15:00:00Z')
    expect(await shown()).toMatchObject({ status: 'active' })
  })

  test('ends at the deadline when it is not', async () => {
    const { record, shown } = await cast()
    await record('invoiced', { about: 'one', at: '2026-05-16T15:00:00Z' })
    await story.moveTo('2026-05-16T20:59:59Z')
    expect(await shown()).toMatchObject({ status: 'active' })
    await story.moveTo('2026-05-16T21:00:00Z')
    expect(await shown()).toMatchObject({
      ...{ status: 'ended', ends_at: '2026-05-16T21:00:00.000Z' },
    })
  })
})

describe('an agreement whose terms end it by themselves', () => {
  /** The city stay as version 5: a deposit is due some time after it begins, and missing that ends it. */
  const withDeposit = () =>
    withEndings().map(({ file, text }) => ({
      file,
      text: text
        .replace(
          '  gone:\n',
          `  deposit:
    duty: { who: consumer, start: agreement, stop: paid, within: deposit_time, ends: at-the-hour, clock: always }
  undeposited:
    transition: { of: agreement, on: deposit.missed, right: ended }
  gone:
`,
        )
        .replace('agreed:\n', 'agreed:\n  deposit_time: { type: duration, default: 30 hours }\n'),
    }))
  const handled = (command: string, input: object) => {
    const { app: pool, work: workPool } = story.database
    const journal = createJournal({ pool, workPool, kinds, commands })
    return journal.handle({ command, input: input as never, actor: platform })
  }

  test('has its timer when it begins to run, and another when a revision says another time', async () => {
    const operator = await story.operator()
    const { lines } = await operator.door('apply_documents', { documents: withDeposit() })
    expect(lines).toContain('apply offering: City stay as version 5')
    const ben = await story.as('ben_ito', 'ito')
    const terms = {
      ...{ offering: 'off_city_stay', version: 5, relationship: 'rel_ito_with_meridian' },
      ...{ from: '2026-05-17T12:00', until: '2026-05-30T12:00', users: { guest: ['per_ben_ito'] } },
    }
    const { id: agreement } = await ben.command('propose_agreement', terms)
    const shown = async (id: string) => {
      const { status, ends_at } = await ben.query('show_agreement', { agreement: id })
      return { status, ends_at }
    }
    expect(await shown(agreement)).toMatchObject({ ends_at: agreedEnd })
    await ben.command('authorise_budget', { agreement, amount: '900.00' })
    const first = { status: 'active', ends_at: '2026-05-18T17:00:00.000Z' }
    expect(await shown(agreement)).toEqual(first)
    const concluded = { ...terms, id: 'agr_on_paper', concludedBy: 'per_ben_ito', agreed: {} }
    await handled('conclude_agreement', { ...concluded, deviations: [] })
    expect(await shown('agr_on_paper')).toEqual(first)

    await story.moveTo('2026-05-17T12:00:00Z')
    await handled('revise_agreement', {
      ...{ agreement, from: '2026-05-17T14:00:00.000Z' },
      deviations: [{ clause: 'undeposited', path: 'transition.on', to: 'checked_out' }],
    })
    expect(await shown(agreement)).toEqual({ status: 'active', ends_at: agreedEnd })
    await story.moveTo('2026-05-18T17:00:00Z')
    expect(await shown('agr_on_paper')).toMatchObject({ status: 'ended' })
    expect(await shown(agreement)).toMatchObject({ status: 'active' })
  })
})
