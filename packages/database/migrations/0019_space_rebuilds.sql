-- An embedding space that somebody asked a worker to fill, and how far it is: one at a time for each account.
create table space_rebuilds (
  account_id bigint primary key,
  -- Of the configured model; the worker's, once it has begun.
  space_key text not null,
  -- False: the space is filled and waits.
  is_switching boolean not null,
  state text not null default 'waiting' check (state in ('waiting', 'running', 'done', 'failed')),
  error_code text,
  error_message text,
  done int not null default 0,
  total int not null default 0,
  asked_at timestamptz not null default clock_timestamp(),
  -- Of the worker at it: one that was killed gives no sign any more, and another goes on.
  seen_at timestamptz,
  ended_at timestamptz
);
