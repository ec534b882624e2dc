-- The things of a resource are read by tag, a page at a time.
drop index item_of_provider;
create index item_of_provider on item (provider_id, resource_id, tag);
