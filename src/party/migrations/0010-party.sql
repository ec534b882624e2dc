-- Who takes part. The journal knows parties and persons by id alone; what they are called stands beside it, so that it
-- can be erased without rewriting anything that happened.

create table organisation (
  id text primary key,
  kept_at timestamptz not null
);

create table person (
  organisation_id text not null references organisation,
  id text not null,
  joined_at timestamptz not null,
  primary key (organisation_id, id)
);

create table target_group (
  id text primary key,
  title text not null,
  says text
);

-- Not rebuilt by a replay: it is no history.
create table detail (
  id text primary key,
  title text not null,
  says text
);

-- Only the platform itself reads these: names are shown with the ids that a viewer is shown, and with no others.
grant select, insert, update on organisation, person, detail to tessera_work;
grant delete on detail to tessera_work;
grant select, insert, update on target_group to tessera_work;
grant select on target_group to tessera_app;
