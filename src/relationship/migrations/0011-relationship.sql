-- Two organisations that work together, and who acts for each, in which role, on which dates.

create table relationship (
  id text primary key,
  provider_id text not null,
  consumer_id text not null,
  target_group_id text not null,
  held_from date not null,
  held_until date,
  constraint nobody_serves_itself check (provider_id <> consumer_id),
  constraint it_ends_after_it_starts check (held_until is null or held_from < held_until)
);

create index relationship_of_provider on relationship (provider_id, id);
create index relationship_of_consumer on relationship (consumer_id, id);

create table role_holder (
  relationship_id text not null references relationship,
  id text not null,
  provider_id text not null,
  consumer_id text not null,
  side text not null,
  role text not null,
  person_id text not null,
  held_from date not null,
  held_until date,
  primary key (relationship_id, id),
  constraint there_are_two_sides check (side in ('provider', 'consumer')),
  constraint it_ends_after_it_starts check (held_until is null or held_from < held_until)
);

create index role_holder_of_person on role_holder (person_id);

grant select, insert, update on relationship, role_holder to tessera_app, tessera_work;

call keep_to_parties('relationship');
call keep_to_parties('role_holder');
