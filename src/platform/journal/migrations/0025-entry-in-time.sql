-- An entry is committed within nine seconds of its transaction's begin, or not at all. What was known by an instant is
-- settled ten seconds later (`clock.ts`): an entry is recorded after its transaction began, and the second between is for
-- the commit to reach the disk, and for machines whose clocks differ. The limits of PostgreSQL before 17 are of single
-- statements and pauses, of which a transaction has many; this holds on every version.

create function refuse_late_entry() returns trigger
language plpgsql
as $$
begin
  if clock_timestamp() > now() + interval '9 seconds' then
    -- The code of PostgreSQL's own limit of a transaction.
    raise exception 'the entry % of % comes too late', new.version, new.stream using errcode = '25P04';
  end if;
  return null;
end
$$;

create constraint trigger entry_is_in_time
  after insert on journal
  -- At the commit, after everything that was waited for.
  deferrable initially deferred
  for each row
  execute function refuse_late_entry();
