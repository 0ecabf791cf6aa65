-- Faster retrieval and sync.

-- The inverted index in lists: what a document says of a word is one row instead of one per chunk. Reading a word that
-- stands in every fifth chunk takes a fifteenth of the time, and a sync writes half of the rows.

create table posting_lists (
  account_id bigint not null,
  lexeme text collate "C" not null,
  -- No foreign key: its check of every row took as long as writing it. Lists go with their document all the same, in the
  -- statements that take it out of the lexicon.
  document_id bigint not null,
  -- Which 64 chunks of the document: a row must fit into a third of the index's page, whatever the length of the lexeme.
  part int not null,
  -- The listing of the document, repeated here so that a query need not visit it.
  item_id bigint,
  -- Eight bytes per chunk: 44 bits of its id, 8 of the lexeme's frequency, 12 of the occurrences of all its lexemes.
  postings bytea not null,
  primary key (account_id, lexeme, document_id, part) include (item_id, postings)
);
insert into posting_lists (account_id, lexeme, document_id, part, item_id, postings)
select p.account_id, p.lexeme, c.document_id, c.position / 64, c.item_id,
       string_agg(int8send((p.chunk_id << 20) | (least(p.frequency, 255) << 12) | least(p.chunk_terms, 4095)), '')
  from chunk_postings p join chunks c on c.id = p.chunk_id
 group by p.account_id, p.lexeme, c.document_id, c.position / 64, c.item_id order by p.account_id, p.lexeme;
create index posting_lists_of_document on posting_lists (document_id);

-- Occurrences of lexemes in all chunks, for taking the document out of the base's figures.
alter table documents add column terms bigint not null default 0;
update documents d set terms = counted.terms
  from (select c.document_id, sum(p.frequency) as terms from chunk_postings p join chunks c on c.id = p.chunk_id
         group by c.document_id) as counted
 where d.id = counted.document_id;

drop table chunk_postings;

-- The number of chunks is in no index any more: counting them anew, as every sync does, then touches no index.
alter table lexicon drop constraint lexicon_pkey, add primary key (account_id, lexeme);
alter table lexicon set (fillfactor = 70);
-- With the word itself, so that candidates are compared without visiting their rows.
drop index lexicon_reversed;
create index lexicon_reversed on lexicon (account_id, reverse(lexeme) collate "C") include (lexeme);

-- Each large account gets an HNSW graph of its own, instead of one for all accounts of a space: a base of less than
-- 10,000 chunks is compared exactly, so its sync need not pay for a graph; and a large one's holds nobody else's vectors.
do $$
declare
  -- Collected before they run: nothing may be read from the table while it gets an index.
  statements text[];
  statement text;
begin
  -- As the repository builds them; without helpers, whose shared memory a container may not have.
  perform set_config('maintenance_work_mem', '512MB', true), set_config('max_parallel_maintenance_workers', '0', true);
  select array_agg(format(
           'create index chunk_embeddings_hnsw_%1$s_%2$s on chunk_embeddings
            using hnsw ((embedding::halfvec(%3$s)) halfvec_cosine_ops) with (m = 16, ef_construction = 64)
            where space_id = %1$s and account_id = %2$s', s.id, large.account_id, s.dimensions))
    into statements
    from embedding_spaces s
    join (select space_id, account_id from chunk_embeddings group by space_id, account_id having count(*) >= 10000) large
         on large.space_id = s.id
   where to_regclass('chunk_embeddings_hnsw_' || s.id) is not null;
  select statements || array_agg(format('drop index %I', indexname)) into statements
    from pg_indexes where schemaname = current_schema() and indexname ~ '^chunk_embeddings_hnsw_[0-9]+$';
  foreach statement in array coalesce(statements, '{}') loop
    execute statement;
  end loop;
end $$;
