-- A mistyped tag: what the thing was stands on under the id of the tag that was meant, and the row of the wrong tag says
-- which that is. The reason is a free text in the stream of the tag that was meant.

alter table item
  add column corrected_to text,
  add column was text,
  add column because text,
  add constraint what_was_corrected_is_nowhere check (
    corrected_to is null or (title = 'provider' and custody = 'provider' and agreement_id is null and returned_from is null)
  );
