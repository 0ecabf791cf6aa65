-- What the owner must know and mend. An alert is open until what it tells of is over; then it is kept for a look back.
create table alerts (
  id           uuid primary key default gen_random_uuid(),
  -- Null: about the installation, not about one account.
  account_id   bigint,
  kind         text not null,
  -- What of the kind, where several may be open at a time; empty where there is only one.
  subject      text not null default '',
  message      text not null,
  details      jsonb not null,
  count        int not null default 1,
  raised_at    timestamptz not null default clock_timestamp(),
  last_seen_at timestamptz not null default clock_timestamp(),
  cleared_at   timestamptz
);
create unique index alerts_open on alerts (account_id, kind, subject) nulls not distinct where cleared_at is null;
create index alerts_cleared on alerts (cleared_at desc) where cleared_at is not null;

-- The address under which an account's webhook was last registered by us, without the token at its end.
create table webhook_registrations (
  account_id    bigint primary key,
  url           text not null,
  registered_at timestamptz not null default clock_timestamp()
);
