import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import type { Endpoint } from './endpoint.ts'
import { testEndpoints } from './endpoints.test-support.ts'
import { startWorld, type World } from './server.test-support.ts'

let world: World
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world.stop())

const parcel = { id: 'prc_1', weight: '3' }
const step = { person: 'per_x', party: 'pty_x' }

test.for<[name: string, route: string, body: object | undefined, declared: z.ZodObject]>([
  ['send_parcel', 'POST /api/shipments/shp_way/parcels', parcel, z.object({ id: z.string() })],
  ['long_shown', 'GET /api/long', undefined, z.object({})],
  ['step_in', 'POST /api/demonstration/session', step, z.object({ person: z.string() })],
])(
  'what %s answers is what it declares, and nothing beside',
  async ([name, route, body, declared]) => {
    const endpoints = (testEndpoints as readonly unknown[] as readonly Endpoint[]).map((one) =>
      one.name === name ? ({ ...one, output: declared } as Endpoint) : one,
    )
    const app = await world.serve({ endpoints, demonstration: true })
    const { status, body: answer } = await world.send(app, route, { as: 'hotel', body })
    expect({ status, fields: Object.keys(answer) }).toEqual({
      status: 200,
      fields: Object.keys(declared.shape),
    })
  },
)
