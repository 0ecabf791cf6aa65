-- Where documents come from, what became of the last look at each source, and which embedding space serves.

-- The listing that a document belongs to; null for what holds of the whole shop. Repeated on chunks for the searches.
alter table documents add column item_id bigint;
alter table documents add column kind text not null default 'text';
alter table chunks add column item_id bigint;
create index chunks_of_items on chunks (account_id, item_id) where item_id is not null;

-- One row per source that was ever synced, also where it failed and left no document.
create table knowledge_sources (
  account_id bigint not null,
  source_key text not null,
  -- A file's own kind, or `url` and `listings`, which are read again by themselves.
  kind text not null,
  item_id bigint,
  -- Null: only when somebody asks for it.
  every_minutes int check (every_minutes >= 5),
  -- When it is due; taking it in hand moves this on, so that another worker leaves it alone.
  next_at timestamptz,
  state text not null default 'new' check (state in ('new', 'syncing', 'synced', 'failed')),
  error_code text,
  error_message text,
  -- Of the sync that is under way.
  done int not null default 0,
  total int not null default 0,
  started_at timestamptz,
  checked_at timestamptz,
  -- What the server said of the page, for asking whether it has changed.
  etag text,
  last_modified text,
  created_at timestamptz not null default clock_timestamp(),
  primary key (account_id, source_key)
);
create index knowledge_sources_due on knowledge_sources (next_at) where next_at is not null;

-- The space that serves the account's questions; null before the first is filled. Switching is this one row.
alter table knowledge_bases add column space_id int references embedding_spaces;
