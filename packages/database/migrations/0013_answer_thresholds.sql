-- When a quotation is sure enough to be sent, found on the owner's questions by `autoreply eval --tune --save`. Null: as built in.
create table answer_thresholds (
  account_id     bigint primary key,
  min_confidence double precision check (min_confidence between 0 and 1),
  unknown_share  double precision check (unknown_share between 0 and 1),
  updated_at     timestamptz not null default clock_timestamp()
);
