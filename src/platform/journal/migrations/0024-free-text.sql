-- What people write in words of their own. The journal is never rewritten, so it and the rows evolved from it hold the
-- reference alone, and the words can be erased. Not rebuilt by a replay: like names, they are no history.

create table free_text (
  stream text not null,
  id text not null,
  -- Of the entry that it came with.
  version bigint not null,
  -- Where the request said it, as a JSON pointer.
  place text not null,
  provider_id text,
  consumer_id text,
  -- Who wrote it. Looking for all of a person reads the whole table: that is rare, an index would cost every order.
  written_by text not null,
  body text,
  erased_at timestamptz,
  primary key (stream, id),
  constraint erased_is_gone check ((body is null) = (erased_at is not null)),
  constraint parties_are_named check (provider_id <> '' and consumer_id <> ''),
  constraint someone_sees_it check (num_nonnulls(provider_id, consumer_id) > 0)
);

grant select, insert on free_text to tessera_app, tessera_work;
grant update (body, erased_at) on free_text to tessera_work;

call keep_to_parties('free_text');

-- A reason is a free text. Those of entries from before stay as they are.
alter table journal
  add constraint reason_is_a_reference check (reason like 'txt\_%') not valid;
