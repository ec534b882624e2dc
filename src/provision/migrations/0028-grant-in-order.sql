-- Access ends when it was granted or after. What was stored before this stands as the journal tells it.

alter table access_grant
  add constraint grant_ends_after_it_began check (ended_at is null or ended_at >= granted_at) not valid;
