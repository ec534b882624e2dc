-- A contract speaks of a thing also when it is back: what a later fact says of it is written in its row. So the row keeps
-- under which agreement, as which component and with whom it was last; it answers to nobody else until it is out again.

alter table item add column returned_from text;

update item
set (returned_from, component, consumer_id) = (
  select passed.data ->> 'agreement_id', passed.data ->> 'component', journal.consumer_id
  from journal
  cross join jsonb_to_recordset(journal.events) as passed (type text, data jsonb)
  where journal.stream = item.id
    and passed.type = 'item_passed'
  order by journal.version desc
  limit 1
)
where agreement_id is null;

create index item_answering_to_agreement on item (coalesce(agreement_id, returned_from));

-- Goods without tags are counted by their hand-overs.
create index fact_of_hand_over on fact (provider_id) where kind = 'handed_over';
