-- A session that has ended is of no use to anybody: the next one that begins sweeps it away. What was issued to people
-- and programs stays, so that it can be seen who could come in.
grant delete on token to tessera_work;

create index token_of_session on token (expires_at) where kind = 'session';

-- A list is read from the latest on, a page at a time.
create index token_in_order on token (issued_at desc, id desc);
