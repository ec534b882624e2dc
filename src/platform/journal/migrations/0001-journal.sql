-- What every write leaves behind: one entry for each stream it touched, and what follows from it.
-- The stream comes first in every key, so that a cluster can be divided by it.

grant usage on schema tessera to tessera_app, tessera_work;

-- The head of each stream: its lock, its version, and what the next entry is chained to.
-- An entry may be hidden from who writes the next one (a party that joined later), its hash must not be.
create table stream (
  stream text primary key,
  version bigint not null default 0,
  recorded_at timestamptz,
  hash bytea,
  constraint stream_is_named check (stream <> ''),
  constraint version_has_entry check ((version = 0) = (recorded_at is null) and (version = 0) = (hash is null))
)
-- Every command updates one head; room on its page keeps the update off the index.
with (fillfactor = 60);

grant select, insert, update on stream to tessera_app, tessera_work;

create table journal (
  stream text not null,
  version bigint not null,
  command text not null,
  command_version int not null,
  events jsonb not null,
  request_key text,
  fingerprint text,
  answer jsonb,
  actor_id text not null,
  acting_for text not null,
  role text not null,
  reason text,
  cause text,
  provider_id text,
  consumer_id text,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null,
  written_at timestamptz not null default clock_timestamp(),
  hash bytea not null,
  primary key (stream, version),
  constraint version_counts_from_one check (version > 0),
  constraint events_are_a_list check (jsonb_typeof(events) = 'array'),
  -- A repeated request is known by its key, compared by its fingerprint and given its answer.
  constraint key_has_fingerprint check ((request_key is null) = (fingerprint is null)),
  -- An empty party would match the empty setting that a connection has between transactions.
  constraint parties_are_named check (provider_id <> '' and consumer_id <> ''),
  constraint someone_sees_it check (num_nonnulls(provider_id, consumer_id) > 0)
);

create unique index journal_request_key
  on journal (stream, request_key)
  where request_key is not null;

-- Nobody but the owner could change an entry, and the hash chain would show it.
grant select, insert on journal to tessera_app, tessera_work;

-- What is due at a time. Evolved from events like any table, so a replay restores it.
create table timer (
  stream text not null,
  kind text not null,
  entity text not null,
  id text not null,
  due_at timestamptz not null,
  command text not null,
  input jsonb not null,
  provider_id text,
  consumer_id text,
  primary key (stream, kind, entity, id),
  constraint parties_are_named check (provider_id <> '' and consumer_id <> ''),
  constraint someone_sees_it check (num_nonnulls(provider_id, consumer_id) > 0)
);

create index timer_due on timer (due_at);

grant select, insert, update, delete on timer to tessera_app, tessera_work;

-- What the relay hands on after the commit. A queue: not rebuilt by a replay. Whoever writes it need not read it.
create table outbox (
  stream text not null,
  version bigint not null,
  task text not null,
  payload jsonb not null,
  primary key (stream, version, task)
);

grant insert on outbox to tessera_app;
grant select, insert, delete on outbox to tessera_work;

-- How far the platform's clock is ahead of the machine's. One row, shared by all processes.
create table clock (
  only_row boolean primary key default true,
  ahead_milliseconds bigint not null default 0,
  constraint there_is_one_clock check (only_row),
  constraint never_behind check (ahead_milliseconds >= 0)
);

insert into clock default values;

grant select on clock to tessera_app, tessera_work;
grant update (ahead_milliseconds) on clock to tessera_work;

-- Row security by the columns of the row itself (a look into another table costs fifteen times as much, and Citus
-- refuses it): the app role sees and writes the rows of which its party is provider or consumer. Without a party,
-- `nullif` makes the comparison unknown, which lets nothing through. Forced, so that the owner too passes by a policy.
create procedure keep_to_parties(kept regclass)
language plpgsql
as $$
begin
  execute format('alter table %s enable row level security', kept);
  execute format('alter table %s force row level security', kept);
  execute format('create policy all_rows on %s to tessera_owner, tessera_work using (true) with check (true)', kept);
  execute format(
    'create policy own_rows on %s to tessera_app
      using (
        provider_id = nullif(current_setting(''tessera.party'', true), '''')
        or consumer_id = nullif(current_setting(''tessera.party'', true), '''')
      )',
    kept
  );
end
$$;

call keep_to_parties('journal');
call keep_to_parties('timer');
