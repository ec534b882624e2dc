/** Why the database layer does not go on, by name. Everything else that goes wrong is a fault of its own kind. */
type DatabaseRefusal =
  | 'platform_has_no_embedded_server'
  | 'install_is_incomplete'
  | 'unprivileged_user_is_missing'
  | 'data_in_use'
  | 'data_out_of_reach'
  | 'data_of_another_version'
  | 'server_does_not_start'
  | 'database_url_unreadable'
  | 'database_unreachable'
  | 'server_version_too_old'
  | 'migrations_misnumbered'
  | 'migration_changed'
  | 'database_newer_than_program'
  | 'roles_missing'
  | 'roles_closed'

export class DatabaseRefused extends Error {
  readonly refusal: DatabaseRefusal

  constructor(refusal: DatabaseRefusal, words: string) {
    super(`${refusal}: ${words}`)
    this.refusal = refusal
  }
}
