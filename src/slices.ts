import { join } from 'node:path'
import * as agreement from './agreement/api.ts'
import * as home from './agreement/home.api.ts'
import * as proposal from './agreement/propose.api.ts'
import * as agreementShown from './agreement/shown.api.ts'
import { agreementKind, envelopeKind, factKind, revisionKind } from './agreement/store.ts'
import * as charging from './charging/api.ts'
import * as consumption from './consumption/api.ts'
import { orderKind } from './consumption/store.ts'
import * as offering from './offering/api.ts'
import * as catalogue from './offering/catalogue.api.ts'
import { offeringKind, offeringVersionKind } from './offering/store.ts'
import * as party from './party/api.ts'
import * as erasure from './party/erasure.api.ts'
import {
  belongingKind,
  legalEntityKind,
  organisationKind,
  personKind,
  targetGroupKind,
} from './party/store.ts'
import * as token from './party/token.api.ts'
import type { Endpoint } from './platform/http/endpoint.ts'
import type { Command } from './platform/journal/command.ts'
import type { EntityKind } from './platform/journal/kind.ts'
import * as product from './product/api.ts'
import * as portfolio from './product/portfolio.api.ts'
import { productKind, resourceKind, serviceKind } from './product/store.ts'
import * as things from './product/things.api.ts'
import * as provision from './provision/api.ts'
import { grantKind, itemKind } from './provision/store.ts'
import * as tag from './provision/tag.api.ts'
import * as work from './provision/work.api.ts'
import * as question from './question/api.ts'
import * as relationship from './relationship/api.ts'
import * as relationshipShown from './relationship/shown.api.ts'
import { relationshipKind, roleHolderKind } from './relationship/store.ts'
import * as world from './world/api.ts'

/** Every way in, once, by its name: HTTP, OpenAPI, the client and the reference are made from this list. */
export const endpoints = {
  show_viewer: relationshipShown.showViewer,
  list_relationships: relationshipShown.listRelationships,
  show_catalogue: catalogue.showCatalogue,
  show_offering: catalogue.showOffering,
  draft_offering: offering.draftOffering,
  publish_offering: offering.publishOffering,
  show_portfolio: portfolio.showPortfolio,
  list_things: things.listThings,
  show_home: home.showHome,
  list_agreements: agreementShown.listAgreements,
  show_agreement: agreementShown.showAgreement,
  propose_agreement: proposal.proposeAgreement,
  accept_agreement: agreement.acceptAgreement,
  authorise_budget: agreement.authoriseBudget,
  withdraw_proposal: agreement.withdrawProposal,
  ask_agreement: question.askAgreement,
  suppose_fact: question.supposeFact,
  list_bills: charging.listBills,
  show_bill: charging.showBill,
  place_order: consumption.placeOrder,
  confirm_receipt: consumption.confirmReceipt,
  record_use: consumption.recordUse,
  hand_over_good: provision.handOverGood,
  grant_access: provision.grantAccess,
  end_access: provision.endAccess,
  record_kept: provision.recordKept,
  take_back: provision.takeBack,
  correct_tag: tag.correctTag,
  respond_to_order: work.respondToOrder,
  perform_action: work.performAction,
  record_fact: work.recordFact,
  apply_documents: world.applyDocuments,
  issue_token: token.issueToken,
  list_tokens: token.listTokens,
  revoke_token: token.revokeToken,
  erase_free_texts: erasure.eraseFreeTexts,
  show_demonstration: world.showDemonstration,
  step_in: world.stepIn,
  move_clock: world.moveClock,
  sign_out: world.signOut,
} as const satisfies Record<string, Endpoint>

/** For the client, which is typed by what is declared. */
export type Endpoints = readonly (typeof endpoints)[keyof typeof endpoints][]

/** What the platform itself does, and what comes from files. */
const inner: readonly Command[] = [
  party.registerLegalEntity,
  party.registerOrganisation,
  party.defineTargetGroup,
  relationship.openRelationship,
  product.registerResource,
  product.configureProduct,
  product.defineService,
  offering.applyOffering,
  provision.registerItem,
  proposal.concludeAgreement,
  agreement.reviseAgreement,
  agreement.endAgreement,
] as readonly unknown[] as readonly Command[]

export const commands: readonly Command[] = [
  ...Object.values(endpoints).flatMap((one) =>
    one.is === 'command' ? [one.command as Command] : [],
  ),
  ...inner,
]

export const kinds: readonly EntityKind[] = [
  ...[legalEntityKind, organisationKind, personKind, belongingKind, targetGroupKind],
  ...[relationshipKind, roleHolderKind],
  ...[resourceKind, productKind, serviceKind],
  ...[offeringKind, offeringVersionKind],
  ...[agreementKind, revisionKind, factKind, envelopeKind],
  ...[itemKind, grantKind, orderKind],
] as readonly unknown[] as readonly EntityKind[]

export const migrations: readonly string[] = [
  ...['platform/journal', 'platform/http', 'party', 'relationship', 'product', 'offering'],
  ...['agreement', 'provision', 'consumption', 'world'],
].map((folder) => join(import.meta.dirname, folder, 'migrations'))
