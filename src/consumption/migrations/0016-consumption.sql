-- What users and customers ask the provider to do under an agreement, and how far it is.

create table service_order (
  agreement_id text not null,
  id text not null,
  provider_id text not null,
  consumer_id text not null,
  component text not null,
  says text,
  status text not null,
  requested_by text not null,
  requested_at timestamptz not null,
  responded_at timestamptz,
  performed_at timestamptz,
  primary key (agreement_id, id),
  constraint status_is_known check (status in ('requested', 'responded', 'performed'))
);

create index service_order_open on service_order (provider_id, status, requested_at);

grant select, insert, update on service_order to tessera_app, tessera_work;

call keep_to_parties('service_order');
