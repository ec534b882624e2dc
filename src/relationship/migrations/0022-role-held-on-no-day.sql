-- A role that was given for a later day and is taken back before it begins ends where it would have begun.
alter table role_holder drop constraint it_ends_after_it_starts;

alter table role_holder add constraint it_ends_not_before_it_starts
  check (held_until is null or held_from <= held_until);
