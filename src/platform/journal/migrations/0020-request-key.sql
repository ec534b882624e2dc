-- A key is its sender's own: programs of both sides that count their requests do not meet.
drop index journal_request_key;

create unique index journal_request_key
  on journal (stream, acting_for, request_key)
  where request_key is not null;
