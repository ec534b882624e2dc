import { z } from 'zod'
import { words } from '../contract/language/map.ts'
import { ExactNumber, Name, oneOrMany, Text } from '../contract/language/words.ts'

const VisibleTo = z.union([z.literal('nobody'), z.literal('everybody'), oneOrMany(Name)])

/** A part of a product, made of resources; which target groups see it is said here and nowhere else. */
export const ProductComponent = words({
  id: Name.describe('its name: `product.component` in an offering'),
  title: Text.describe('how it is called'),
  resources: z
    .array(
      words({
        resource: Name.describe('a resource'),
        quantity: ExactNumber.optional().describe('so many of it; without it, it is not counted'),
      }),
    )
    .min(1)
    .describe('what it is made of'),
  'visible-to': VisibleTo.describe('which target groups see it: `everybody`, `nobody`, or some'),
})
export type ProductComponent = z.infer<typeof ProductComponent>

/** A configuration of resources, designed to be of value for consumers. */
export const Product = words({
  kind: z.literal('product'),
  id: Name.describe('its name'),
  title: Text.describe('how it is called'),
  provider: Name.describe('the organisation whose it is'),
  components: z.array(ProductComponent).min(1).describe('its parts'),
})
export type Product = z.infer<typeof Product>

/** Of what comes from a provider's files: the author's name behind the prefix of its kind. */
export const productId = (name: string) => `prd_${name}`
