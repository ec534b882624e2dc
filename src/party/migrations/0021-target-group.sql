-- Whose group it is, so that no other provider takes it over.
alter table target_group add column provider_id text;

update target_group
set provider_id = journal.provider_id
from journal
where journal.stream = target_group.id
  and journal.version = 1;

alter table target_group alter column provider_id set not null;
