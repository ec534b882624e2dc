-- Single things that are handed out and come back, each a stream of its own: two people who reach for the same one
-- meet at its lock, whatever their agreements.

create table item (
  id text primary key,
  provider_id text not null,
  consumer_id text,
  tag text not null,
  resource_id text not null,
  title text not null,
  custody text not null,
  agreement_id text,
  component text,
  since timestamptz not null,
  constraint one_of_two_owns_it check (title in ('provider', 'consumer')),
  constraint one_of_two_holds_it check (custody in ('provider', 'consumer')),
  constraint what_is_out_has_a_holder check (
    (title = 'provider' and custody = 'provider') or (consumer_id is not null and agreement_id is not null)
  )
);

create index item_of_provider on item (provider_id, resource_id);
create index item_of_agreement on item (agreement_id);

-- Access that was granted to users under an agreement: whether it is open is what a person may use now.
create table access_grant (
  agreement_id text not null,
  id text not null,
  provider_id text not null,
  consumer_id text not null,
  component text not null,
  about text not null,
  item_id text,
  granted_at timestamptz not null,
  ended_at timestamptz,
  primary key (agreement_id, id)
);

grant select, insert, update on item, access_grant to tessera_app, tessera_work;

call keep_to_parties('item');
call keep_to_parties('access_grant');
