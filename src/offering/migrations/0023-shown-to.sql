-- Which target groups each component of a published version is shown to: JSON, component → groups, or `everybody`. What
-- was published before was checked to be visible to each of its target groups, and nothing was kept of anybody else.

alter table offering_version add column shown_to jsonb;

update offering_version
set shown_to = (
  select coalesce(jsonb_object_agg(coalesce(component ->> 'good', component ->> 'access', component ->> 'action'), to_jsonb(target_groups)), '{}')
  from jsonb_array_elements(coalesce(document::jsonb -> 'components', '[]')) as component
);

alter table offering_version alter column shown_to set not null;
