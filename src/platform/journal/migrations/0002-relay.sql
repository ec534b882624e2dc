-- What the relay hands on after the commit, the order in which timers fire, and a clock that may begin behind the machine's.

-- Those who may see the entry, so that whoever is told of it need not look it up.
alter table outbox
  add column provider_id text,
  add column consumer_id text;

-- All that was handed on, in one order. The relay numbers it after the commit and without gaps, so whoever read up to a
-- number has missed nothing before it. A replay does not rebuild it: followers remember how far they read, and folding
-- the journal could not give the same numbers again.
create table feed (
  number bigint primary key,
  stream text not null,
  version bigint not null,
  task text not null,
  payload jsonb not null,
  provider_id text,
  consumer_id text,
  -- The machine's true time, as `written_at` of the journal.
  at timestamptz not null default clock_timestamp(),
  constraint number_counts_from_one check (number > 0)
);

grant select, insert on feed to tessera_work;

-- In the order in which timers fire: the next one is the first of the index also where thousands are due at once.
drop index timer_due;

create index timer_due on timer (due_at, stream, id, kind, entity);

-- A demonstration may tell of a time before today. What was recorded never lies in the future all the same: the clock is
-- set only while nothing is recorded, and moves forwards from there.
alter table clock drop constraint never_behind;
