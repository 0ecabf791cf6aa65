-- The knowledge base: documents, their chunks, and what search needs of them. Scoped by account throughout.

-- One row per account that has a knowledge base: what BM25 needs of the whole base, kept current by every sync.
create table knowledge_bases (
  account_id bigint primary key,
  chunks bigint not null default 0,
  -- Occurrences of lexemes in all chunks; divided by chunks it is the average length.
  terms bigint not null default 0
);

create table documents (
  id bigint generated always as identity primary key,
  account_id bigint not null,
  -- Stable name of where the text came from, such as `folder/delivery.md`; a sync finds its document again by it.
  source_key text not null,
  title text not null,
  content_hash text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (account_id, source_key)
);

create table chunks (
  id bigint generated always as identity primary key,
  account_id bigint not null,
  document_id bigint not null references documents on delete cascade,
  position int not null,
  -- `Document > Heading`: searched, never shown.
  heading text not null,
  -- Set for a question-answer pair, whose answer is the content.
  question text,
  content text not null,
  unique (document_id, position)
);
create index chunks_account_id on chunks (account_id);

-- The inverted index of BM25. Everything a query reads is in the primary key's index.
create table chunk_postings (
  account_id bigint not null,
  lexeme text not null,
  chunk_id bigint not null references chunks on delete cascade,
  frequency int not null,
  -- Occurrences of all lexemes in the chunk, repeated here so that a query need not visit the chunk.
  chunk_terms int not null,
  primary key (account_id, lexeme, chunk_id) include (frequency, chunk_terms)
);
create index chunk_postings_chunk_id on chunk_postings (chunk_id);

-- The vocabulary of each base: document frequencies, and the words among which a misspelt one is looked for.
create table lexicon (
  account_id bigint not null,
  lexeme text not null,
  chunks int not null,
  primary key (account_id, lexeme) include (chunks)
);
create index lexicon_trigrams on lexicon using gin (lexeme gin_trgm_ops);

-- An embedding space is a model, its dimensions and its prefix rule; vectors of two spaces are never compared.
create table embedding_spaces (
  id int generated always as identity primary key,
  key text not null unique,
  model text not null,
  dimensions int not null,
  created_at timestamptz not null default now()
);

-- Vectors carry no fixed dimensions: each space that grows large gets an HNSW index of its own, built by the repository.
create table chunk_embeddings (
  space_id int not null references embedding_spaces,
  chunk_id bigint not null references chunks on delete cascade,
  account_id bigint not null,
  embedding halfvec not null,
  primary key (space_id, chunk_id)
);
create index chunk_embeddings_account on chunk_embeddings (account_id, space_id);
create index chunk_embeddings_chunk_id on chunk_embeddings (chunk_id);
