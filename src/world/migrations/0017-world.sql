-- How the demonstration introduces a provider's world. No history: it is the file's, and follows it.
create table introduction (
  provider_id text primary key,
  document jsonb not null
);

grant select, insert, update on introduction to tessera_work;
