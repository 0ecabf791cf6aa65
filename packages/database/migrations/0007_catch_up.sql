-- The catch-up poller: one row per account, and at most one poll at a time however many workers there are.
create table polls (
  account_id   bigint primary key,
  -- The account was switched on here for the first time: what is older is never answered.
  since        timestamptz not null default clock_timestamp(),
  -- All that Avito showed of the time before is stored.
  watermark    timestamptz not null default clock_timestamp(),
  -- Grows with every poll; one that was overtaken moves nothing any more.
  fence        bigint not null default 0,
  leased_until timestamptz,
  finished_at  timestamptz,
  -- Why the last poll moved nothing; null after one that did.
  problem      text
);

-- Up to which message a chat was read to the end: while its last message is still the same one, there is nothing to ask for.
create table polled_chats (
  account_id      bigint not null,
  chat_id         text not null,
  last_message_id text not null,
  polled_at       timestamptz not null default clock_timestamp(),
  primary key (account_id, chat_id)
);

-- Whoever opens work for the model in a chat that had none takes its account's row until the commit, so that the bound holds
-- however many do so at once: shared far below the bound, alone near it. Chats that have work already pass by.
create table work_gates (
  account_id bigint primary key
);
create index chats_with_work on chats (account_id) where turn_first_at is not null or composing_turn is not null;
