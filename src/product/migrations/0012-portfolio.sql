-- What stands behind an offering: resources, products made of them, services based on those. Each is one document of
-- its provider, in the provider's order, replaced as a whole. Nobody else sees a row: consumers are shown a product through its projection.

create table resource (
  id text primary key,
  provider_id text not null,
  document text not null
);

create table product (
  id text primary key,
  provider_id text not null,
  document text not null
);

create table service (
  id text primary key,
  provider_id text not null,
  document text not null
);

create index resource_of_provider on resource (provider_id, id);
create index product_of_provider on product (provider_id, id);
create index service_of_provider on service (provider_id, id);

grant select, insert, update on resource, product, service to tessera_app, tessera_work;

-- The columns of `keep_to_parties` without a consumer.
do $$
declare kept text;
begin
  foreach kept in array array['resource', 'product', 'service'] loop
    execute format('alter table %I enable row level security', kept);
    execute format('alter table %I force row level security', kept);
    execute format('create policy all_rows on %I to tessera_owner, tessera_work using (true) with check (true)', kept);
    execute format(
      'create policy own_rows on %I to tessera_app
        using (provider_id = nullif(current_setting(''tessera.party'', true), ''''))',
      kept
    );
  end loop;
end
$$;
