import { refuseDocument } from '../party/document.ts'
import type { Command } from '../platform/journal/command.ts'
import type { EntityKind } from '../platform/journal/kind.ts'
import { type DocumentRow, productKind, resourceKind, serviceKind } from './store.ts'

type Kept = { readonly id: string; readonly provider: string; readonly document: string }

export const registerResource = keeping('register_resource', 'resource_registered', resourceKind)
export const configureProduct = keeping('configure_product', 'product_configured', productKind)
export const defineService = keeping('define_service', 'service_defined', serviceKind)

/** A whole document takes the place of the one before; the journal has both. */
function keeping(name: string, type: string, kind: EntityKind<DocumentRow>): Command<Kept> {
  return {
    name,
    version: 1,
    streams: ({ id }) => [id],
    load: ({ id }) => [{ kind, stream: id, id }],
    decide: ({ id, provider, document }, facts) => {
      const kept = facts.entity(kind, id, id)
      if (kept && kept.provider_id !== provider)
        return { refusal: refuseDocument('document_must_be_the_providers', '/id') }
      if (kept?.document === document) return { refusal: refuseDocument('document_must_differ') }
      return {
        answer: { id },
        changes: [
          {
            stream: id,
            events: [{ type, v: 1, kind: kind.name, entity: id, data: { document } }],
            parties: { provider },
          },
        ],
      }
    },
  }
}
