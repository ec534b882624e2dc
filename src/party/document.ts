import { refuser } from '../kernel/refusal.ts'

/** What is kept from files: parties, relationships, resources, products and services alike. */
export const refuseDocument = refuser({
  document_must_be_the_providers: 'Another provider keeps something under this id.',
  document_must_differ: 'It is kept like this already.',
})
