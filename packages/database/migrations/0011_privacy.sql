-- What buyers asked to be forgotten, without saying who they were: only hashes of ids stay, and figures.

-- Ids of Avito are short numbers, so a bare hash could be guessed backwards; the salt stays in this database.
create table erasure_salt (
  is_only boolean primary key default true check (is_only),
  salt    text not null default gen_random_uuid()::text || gen_random_uuid()::text
);
insert into erasure_salt default values;

create function erasure_hash(account_id bigint, kind text, id text) returns text language sql stable as $$
  select encode(sha256(convert_to(concat_ws(' ', salt, account_id, kind, id), 'UTF8')), 'hex') from erasure_salt
$$;

-- So that late webhooks and polls of what was erased are refused.
-- chat, author: everything written before erased_at. message, event: this one, whatever time it gives.
create table erasure_marks (
  account_id bigint not null,
  hash       text not null,
  kind       text not null check (kind in ('chat', 'author', 'message', 'event')),
  erased_at  timestamptz not null default clock_timestamp(),
  -- Of a chat: the number with which its turns go on, so that a composer from before the erasure stays fenced out.
  next_turn  bigint,
  primary key (account_id, hash)
);
create index erasure_marks_by_age on erasure_marks (erased_at) where kind in ('message', 'event');

-- The receipts.
create table erasures (
  id           uuid primary key default gen_random_uuid(),
  account_id   bigint not null,
  subject      text not null check (subject in ('chat', 'author')),
  subject_hash text not null,
  erased_at    timestamptz not null,
  -- How much of what, by table and by queue.
  erased       jsonb not null
);
create index erasures_by_age on erasures (account_id, erased_at desc);

-- Retention looks for what is old.
create index messages_by_age on messages (account_id, received_at);

-- What a voice message says, or an image shows: kept, so that a repeated attempt does not pay for it again.
alter table messages add column transcript text;
