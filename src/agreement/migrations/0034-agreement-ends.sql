-- A term may end an agreement before its agreed end: its timer, and what home says is next, go by the end that is foreseen.
-- Until a fact moves it that is the agreed one.

alter table agreement add column ends_at timestamptz;
update agreement set ends_at = valid_until;
alter table agreement alter column ends_at set not null;

drop index agreement_of_provider_ends;
drop index agreement_of_consumer_ends;
create index agreement_of_provider_ends on agreement (provider_id, ends_at)
  where status in ('accepted', 'active');
create index agreement_of_consumer_ends on agreement (consumer_id, ends_at)
  where status in ('accepted', 'active');
