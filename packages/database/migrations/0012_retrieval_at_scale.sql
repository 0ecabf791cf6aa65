-- Retrieval at scale: vectors beside their rows, and the settings of retrieval that tuning writes.

-- A vector of 1,536 dimensions stays in its row: an exact scan reads pages in order instead of looking up each vector.
alter table chunk_embeddings set (toast_tuple_target = 8160);

-- Words are compared byte by byte: a look-up needs no rules of a language, and all words with a beginning are a range.
alter table chunk_postings alter column lexeme type text collate "C";
alter table lexicon alter column lexeme type text collate "C";

-- A misspelt word has its beginning or its end right. Two ranges of one account find its candidates; a trigram index
-- over all accounts read thousands of rows for a short word, and more with every account.
create index lexicon_reversed on lexicon (account_id, reverse(lexeme) collate "C");
drop index lexicon_trigrams;

-- The weights of search by meaning and by words, where they were tuned for the account.
create table retrieval_settings (
  account_id bigint primary key,
  dense_weight float8 not null check (dense_weight >= 0),
  lexical_weight float8 not null check (lexical_weight >= 0),
  updated_at timestamptz not null default clock_timestamp(),
  check (dense_weight + lexical_weight > 0)
);
