-- Two invented kinds for the journal's own tests: parcels of a shipment, and a locker that is its own stream.

create table parcel (
  shipment_id text not null,
  id text not null,
  provider_id text not null,
  consumer_id text not null,
  status text not null,
  weight numeric not null,
  marks text[] not null,
  detail jsonb,
  due_at timestamptz,
  -- Across shipments, so that no stream's lock keeps two commands apart.
  seal text unique,
  note text,
  primary key (shipment_id, id),
  constraint weight_is_positive check (weight > 0)
);

grant select, insert, update on parcel to tessera_app, tessera_work;

call keep_to_parties('parcel');

create table locker (
  id text primary key,
  provider_id text not null,
  consumer_id text,
  parcel_id text,
  opened bigint not null
);

grant select, insert, update on locker to tessera_app, tessera_work;

call keep_to_parties('locker');
