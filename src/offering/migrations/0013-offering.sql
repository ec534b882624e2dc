-- An offering as its provider keeps it, with the draft that is not published, and every version that was. Documents are
-- JSON as text: the order of the terms decides the numbers of the clauses, and jsonb forgets it.

create table offering (
  id text primary key,
  provider_id text not null,
  draft text,
  latest_version int not null
);

create index offering_of_provider on offering (provider_id, id);

-- A published version never changes: the app and work roles may add one, not alter it.
create table offering_version (
  offering_id text not null references offering,
  id text not null,
  version int not null,
  provider_id text not null,
  title text not null,
  target_groups text[] not null,
  currency text not null,
  zone text not null,
  -- What it is found by: the words that the catalogue shows, and nothing else of the document.
  found_by text not null,
  document text not null,
  published_at timestamptz not null,
  primary key (offering_id, id),
  unique (offering_id, version)
);

grant select, insert, update on offering to tessera_app, tessera_work;
-- What is published is public: no policy, and a stranger reads it too.
grant select, insert on offering_version to tessera_app, tessera_work;

alter table offering enable row level security;
alter table offering force row level security;
create policy all_rows on offering to tessera_owner, tessera_work using (true) with check (true);
create policy own_rows on offering to tessera_app
  using (provider_id = nullif(current_setting('tessera.party', true), ''));
