-- Goods without tags are counted by their hand-overs and returns.

drop index fact_of_hand_over;
create index fact_of_good on fact (provider_id) where kind in ('handed_over', 'returned');
