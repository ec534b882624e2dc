-- Whoever proposes has agreed; the other side accepts. Until now only providers' proposals waited.
alter table agreement add column awaits text not null default 'consumer';
alter table agreement add constraint it_awaits_a_side check (awaits in ('provider', 'consumer'));

-- A page of home reads what waits for a signature, and what begins or ends next, each side by its own index.
create index agreement_of_provider_waits on agreement (provider_id, proposed_at)
  where status in ('proposed', 'accepted');
create index agreement_of_consumer_waits on agreement (consumer_id, proposed_at)
  where status in ('proposed', 'accepted');
create index agreement_of_provider_begins on agreement (provider_id, valid_from)
  where status in ('accepted', 'active');
create index agreement_of_consumer_begins on agreement (consumer_id, valid_from)
  where status in ('accepted', 'active');
create index agreement_of_provider_ends on agreement (provider_id, valid_until)
  where status in ('accepted', 'active');
create index agreement_of_consumer_ends on agreement (consumer_id, valid_until)
  where status in ('accepted', 'active');
