-- Who may come in by a secret that he was told once. Only the work role sees it: row security has nobody to ask
-- before it is known who looks.

create table token (
  id text primary key,
  kind text not null,
  -- SHA-256 of the secret. A secret is 32 random bytes, so nothing is gained by hashing it slowly.
  secret_hash bytea not null,
  person_id text not null,
  party_id text not null,
  says text not null,
  -- By the platform's clock, as they are shown beside everything else.
  issued_at timestamptz not null,
  revoked_at timestamptz,
  -- By the machine's true clock: moving the clock of the demonstration signs nobody out, and keeps nobody in.
  expires_at timestamptz,
  constraint secret_is_known_once unique (secret_hash),
  constraint kind_is_known check (kind in ('bearer', 'session', 'operator')),
  -- An empty party would match the empty setting that a connection has between transactions.
  constraint viewer_is_named check (kind = 'operator' or (person_id <> '' and party_id <> '')),
  constraint session_ends check (kind <> 'session' or expires_at is not null),
  -- The platform acts for itself on the work role, past row security; nobody comes in as it.
  constraint platform_has_no_token check (person_id <> 'platform')
);

grant select, insert, update (revoked_at) on token to tessera_work;
