import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { Endpoint } from './endpoint.ts'
import { testEndpoints } from './endpoints.test-support.ts'
import { openapiOf } from './openapi.ts'

type Operation = Record<string, never> & {
  operationId: string
  summary: string
  tags: string[]
  parameters?: { name: string; in: string; required: boolean }[]
  requestBody?: { required: boolean; content: Record<string, { schema: { properties: object } }> }
  responses: Record<string, { description: string }>
  security: object[]
}

const document = openapiOf(testEndpoints, '1.2.3')
const operation = (path: string, method: string) => document.paths[path]?.[method] as Operation

const every = (part: unknown, found: (key: string, value: unknown) => void): void => {
  if (typeof part !== 'object' || part === null) return
  for (const [key, value] of Object.entries(part)) {
    found(key, value)
    every(value, found)
  }
}

describe('the document', () => {
  test('has every way in, each by its own name', () => {
    const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, one]) => {
        const { operationId, summary } = one as Operation
        return [`${method.toUpperCase()} ${path}`, operationId, summary]
      }),
    )
    const declared = testEndpoints.map(({ route, name, says }) => [
      ...[route.replaceAll(/:(\w+)/g, '{$1}'), name, says],
    ])
    const changes = ['GET /changes', 'changes', 'Says what changed, as it happens.']
    expect(operations.toSorted()).toEqual([...declared, changes].toSorted())
  })

  test('refers to nothing that is not in it, also where a schema holds itself', () => {
    const references: string[] = []
    every(document, (key, value) => {
      if (key === '$ref') references.push(String(value))
    })
    for (const reference of new Set(references)) {
      const found = reference
        .slice('#/'.length)
        .split('/')
        .reduce<unknown>((part, name) => (part as Record<string, unknown>)?.[name], document)
      expect([reference, typeof found]).toEqual([reference, 'object'])
    }
    expect(references).toContain('#/components/schemas/Parcel')
    const keys: string[] = []
    every(document, (key) => keys.push(key))
    expect(keys).not.toEqual(expect.arrayContaining(['$defs']))
  })

  test('says where each part of the input goes', () => {
    const send = operation('/shipments/{shipment}/parcels', 'post')
    expect(send.parameters?.map((one) => `${one.in} ${one.name}`)).toEqual([
      ...[
        'path shipment',
        'header Idempotency-Key',
        'header Tessera-Role',
        'header Tessera-Reason',
      ],
    ])
    expect(send.requestBody).toMatchObject({
      required: true,
      content: {
        'application/json': {
          schema: { required: ['id', 'weight'], additionalProperties: false },
        },
      },
    })
    const shown = operation('/shipments/{shipment}/parcels', 'get')
    expect(shown.parameters?.map((one) => [one.in, one.name, one.required])).toEqual([
      ['path', 'shipment', true],
      ['query', 'limit', false],
    ])
    expect(shown.requestBody).toBeUndefined()
  })

  test('says who may, and what is refused with which status', () => {
    expect(operation('/shipments/{shipment}/parcels', 'post')).toMatchObject({
      description: 'May be sent by: provider practitioner.',
      security: [{ cookie: [] }, { bearer: [] }],
      responses: { 409: { description: expect.stringContaining('parcel_must_be_light') } },
    })
    expect(operation('/shipments/{shipment}/parcels', 'get').responses[404]?.description).toBe(
      'shipment_not_found',
    )
    expect(operation('/long', 'get').security).toContainEqual({})
    expect(operation('/documents', 'post').security).toEqual([{ bearer: [] }])
  })
})

describe('an endpoint that could not keep what it says is a fault at the start', () => {
  const [, , declared] = testEndpoints
  const changed = (change: Partial<Endpoint>) => [{ ...declared, ...change } as Endpoint]
  test.each<[string, Partial<Endpoint>]>([
    [
      'is not strict',
      { input: z.object({ shipment: z.string(), box: z.object({ a: z.string() }) }) },
    ],
    ['does not require it', { route: 'GET /shipments/:vessel/parcels' }],
  ])('%s', (words, change) => {
    expect(() => openapiOf(changed(change), '1')).toThrow(words)
  })
})
