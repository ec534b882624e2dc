-- Whoever knows what was recorded by an entry asks for what came later. The recorded time of a stream only grows.
create index fact_in_order on fact (agreement_id, recorded_at, id);
