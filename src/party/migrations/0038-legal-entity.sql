-- Bodies that the law lets own, owe and sign, and which organisations belong to them, on which days: without a date, on
-- all of them. What each is called stands beside the journal, as with every party.

create table legal_entity (
  id text primary key,
  kept_at timestamptz not null
);

create table belonging (
  organisation_id text not null references organisation,
  id text not null,
  legal_entity_id text not null references legal_entity,
  held_from date,
  held_until date,
  primary key (organisation_id, id),
  -- One that was to begin later and is taken back before ends where it would have begun.
  constraint it_ends_not_before_it_starts check (held_until is null or held_from <= held_until)
);

-- Only the platform itself reads these: who may see a party is shown what it belongs to.
grant select, insert, update on legal_entity, belonging to tessera_work;
