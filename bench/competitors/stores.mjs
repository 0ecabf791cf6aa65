import { PGVectorStore as LangChainStore } from '@langchain/community/vectorstores/pgvector';
import { Document as LangChainDocument } from '@langchain/core/documents';
import { TextNode } from '@llamaindex/core/schema';
import { PGVectorStore as LlamaIndexStore } from '@llamaindex/postgres';
import { Client, Pool } from 'pg';

/** LangChain.js as its documentation has it: `initialize`, an HNSW index where wanted, `addDocuments`. */
export async function openLangChain({ url, table, dimensions, isIndexed, embed }) {
  const pool = new Pool({ connectionString: url });
  const embeddings = {
    embedDocuments: async (texts) => embed(texts),
    embedQuery: async (text) => embed([text])[0],
  };
  const store = await LangChainStore.initialize(embeddings, {
    pool,
    tableName: table,
    dimensions,
    distanceStrategy: 'cosine',
  });
  if (isIndexed) await store.createHnswIndex({ dimensions, m: 16, efConstruction: 64, namespace: table });
  return {
    add: (texts) =>
      store.addDocuments(texts.map((pageContent) => new LangChainDocument({ pageContent, metadata: {} }))),
    buildIndex: () => store.createHnswIndex({ dimensions, m: 16, efConstruction: 64, namespace: table }),
    // The store holds a connection of the pool until then.
    close: () => store.end(),
  };
}

/** LlamaIndex.TS likewise; it has no index of its own, so the benchmark's is built by hand with the same figures. */
export async function openLlamaIndex({ url, table, dimensions, embed }) {
  const client = new Client({ connectionString: url });
  await client.connect();
  const store = new LlamaIndexStore({
    // Never asked: the nodes bring their vectors.
    embeddingModel: {},
    clientConfig: { connectionString: url },
    tableName: table,
    dimensions,
  });
  // Makes the table, which is no part of the time.
  const connection = await store.getDb();
  return {
    add: async (texts) => {
      const vectors = embed(texts);
      await store.add(texts.map((text, index) => new TextNode({ text, embedding: vectors[index] })));
    },
    buildIndex: () =>
      client.query(
        `create index on ${table} using hnsw (embeddings vector_cosine_ops) with (m = 16, ef_construction = 64)`,
      ),
    close: async () => {
      await connection.close();
      await client.end();
    },
  };
}
