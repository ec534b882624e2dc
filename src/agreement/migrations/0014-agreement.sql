-- What two parties agreed, its revisions, and what happened under it. The agreement leads every key: it is the stream.

create table agreement (
  id text primary key,
  provider_id text not null,
  consumer_id text not null,
  relationship_id text not null,
  offering_id text not null,
  offering_version int not null,
  status text not null,
  valid_from timestamptz not null,
  valid_until timestamptz not null,
  users jsonb not null,
  agreed jsonb not null,
  deviations jsonb not null,
  proposed_by text not null,
  proposed_at timestamptz not null,
  accepted_at timestamptz,
  authorised_at timestamptz,
  ended_at timestamptz,
  constraint it_ends_after_it_starts check (valid_from < valid_until),
  constraint status_is_known check (status in ('proposed', 'accepted', 'active', 'ended', 'withdrawn')),
  constraint an_active_one_was_accepted check (status in ('proposed', 'withdrawn') or accepted_at is not null)
);

create index agreement_of_provider on agreement (provider_id, id);
create index agreement_of_consumer on agreement (consumer_id, id);
create index agreement_of_relationship on agreement (relationship_id);

create table revision (
  agreement_id text not null references agreement,
  id text not null,
  provider_id text not null,
  consumer_id text not null,
  number int not null,
  valid_from timestamptz not null,
  agreed_on timestamptz not null,
  agreed jsonb,
  deviations jsonb,
  primary key (agreement_id, id),
  unique (agreement_id, number)
);

-- One thing that happened, as the contract engine reads it. A correction is another fact.
create table fact (
  agreement_id text not null references agreement,
  id text not null,
  provider_id text not null,
  consumer_id text not null,
  kind text not null,
  said jsonb not null,
  recorded_at timestamptz not null,
  primary key (agreement_id, id)
);

-- A sponsor's budget is the consumer's own: the provider learns only that it is authorised.
create table envelope (
  id text primary key,
  consumer_id text not null,
  agreement_id text not null,
  amount numeric not null,
  currency text not null,
  authorised_by text not null,
  authorised_at timestamptz not null,
  constraint amount_is_not_negative check (amount >= 0)
);

create index envelope_of_agreement on envelope (agreement_id);

grant select, insert, update on agreement, revision, fact, envelope to tessera_app, tessera_work;

call keep_to_parties('agreement');
call keep_to_parties('revision');
call keep_to_parties('fact');

alter table envelope enable row level security;
alter table envelope force row level security;
create policy all_rows on envelope to tessera_owner, tessera_work using (true) with check (true);
create policy own_rows on envelope to tessera_app
  using (consumer_id = nullif(current_setting('tessera.party', true), ''));

-- Home tells each party what changed last.
create index journal_of_provider on journal (provider_id, recorded_at desc);
create index journal_of_consumer on journal (consumer_id, recorded_at desc);
