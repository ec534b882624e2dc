import { z } from 'zod'
import { words } from '../contract/language/map.ts'
import { Name, Text } from '../contract/language/words.ts'

/** A means of enabling value by facilitating outcomes that customers want, without their managing specific costs and risks. */
export const Service = words({
  kind: z.literal('service'),
  id: Name.describe('its name'),
  title: Text.describe('how it is called'),
  provider: Name.describe('the organisation whose it is'),
  products: z.array(Name).min(1).describe('the products that it is based on'),
  outcomes: z
    .array(
      words({
        id: Name.describe('its name'),
        title: Text.describe('what is achieved'),
        for: Name.describe('a target group'),
      }),
    )
    .min(1)
    .describe('what customers achieve with it'),
})
export type Service = z.infer<typeof Service>

export const serviceId = (name: string) => `svc_${name}`
