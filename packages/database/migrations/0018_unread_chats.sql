-- Chats that could not be read when a poll wanted to: what has to be looked at again, and since when. They let the
-- account's watermark go on; a row ends when its chat is read.
create table unread_chats (
  account_id   bigint not null,
  chat_id      text not null,
  -- Everything that Avito showed of the chat before is stored.
  since        timestamptz not null,
  -- The first time it could not be read, and the last.
  failed_since timestamptz not null default clock_timestamp(),
  failed_at    timestamptz not null default clock_timestamp(),
  -- Why not.
  problem      text not null,
  primary key (account_id, chat_id)
);
