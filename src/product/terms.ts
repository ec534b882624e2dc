import { z } from 'zod'
import { ExactNumber, Name, oneOrMany, Text, words } from '../contract/words.ts'

const VisibleTo = z.union([z.literal('nobody'), z.literal('everybody'), oneOrMany(Name)])

/** A part of a product, made of resources; which target groups see it is said here and nowhere else. */
export const ProductComponent = words({
  id: Name,
  title: Text,
  resources: z.array(words({ resource: Name, quantity: ExactNumber.optional() })).min(1),
  'visible-to': VisibleTo.describe('target groups, `everybody` or `nobody`'),
})
export type ProductComponent = z.infer<typeof ProductComponent>

/** A configuration of resources, designed to be of value for consumers. */
export const Product = words({
  kind: z.literal('product'),
  id: Name,
  title: Text,
  provider: Name,
  components: z.array(ProductComponent).min(1),
})
export type Product = z.infer<typeof Product>

/** Of what comes from a provider's files: the author's name behind the prefix of its kind. */
export const productId = (name: string) => `prd_${name}`
