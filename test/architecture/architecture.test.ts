import { describe, expect, test } from 'vitest';
import { importsOf, readWorkspaces, SCOPE } from './workspaces.ts';

const workspaces = readWorkspaces();
const folders = workspaces.map((workspace) => workspace.folder);

/** What each workspace may import of ours. The arrows point one way: apps → packages → runtime. */
const mayImport: Record<string, string[]> = {
  'packages/runtime': [],
  'packages/config': ['runtime'],
  'packages/queue': ['runtime'],
  'packages/database': ['runtime'],
  'packages/avito': ['runtime'],
  'packages/rag': ['runtime'],
  'packages/embedded': ['runtime'],
  'apps/ingest': ['runtime', 'config', 'queue', 'avito'],
  'apps/worker': ['runtime', 'config', 'queue', 'database', 'avito', 'rag'],
  'apps/admin': ['runtime', 'config', 'queue', 'database', 'avito', 'rag'],
  'apps/cli': ['runtime', 'config', 'queue', 'database', 'avito', 'rag', 'embedded'],
  'apps/simulator': ['runtime', 'config'],
};

/** Outside libraries that belong to one room; a place is a path prefix. Tests may use them to look from outside. */
const owners: Record<string, string[]> = {
  bullmq: ['packages/queue/', 'apps/admin/src/queue-board'],
  ioredis: ['packages/queue/'],
  axios: ['packages/avito/'],
  openai: ['packages/rag/src/adapters/'],
  pg: ['packages/database/', 'packages/rag/src/adapters/postgres/', 'packages/queue/src/postgres-'],
  pgvector: ['packages/rag/src/adapters/postgres/', 'packages/database/'],
  winston: ['packages/runtime/'],
  '@bull-board/api': ['apps/admin/src/queue-board'],
  '@bull-board/express': ['apps/admin/src/queue-board'],
  '@electric-sql/pglite': ['packages/embedded/'],
};

const isTest = (path: string) => path.endsWith('.test.ts') || path.includes('/testing/');
const rows = workspaces.flatMap((workspace) =>
  workspace.files.flatMap((file) => file.imports.map((entry) => ({ workspace, file, entry }))),
);

describe('the arrows between the rooms', () => {
  test('every workspace is in the table', () => {
    expect(Object.keys(mayImport).toSorted()).toEqual(folders.toSorted());
  });

  test('a workspace imports only the rooms that it may', () => {
    const wrong = rows
      .filter(({ entry }) => entry.package?.startsWith(SCOPE))
      .filter(({ workspace, entry }) => entry.package !== workspace.name)
      .filter(
        ({ workspace, entry }) =>
          !mayImport[workspace.folder]?.includes(entry.package?.slice(SCOPE.length) ?? ''),
      )
      .map(({ file, entry }) => `${file.path} imports ${entry.specifier}`);
    expect(wrong).toEqual([]);
  });

  test('no file reaches into another workspace by a path', () => {
    const wrong = rows
      .filter(({ entry }) => entry.specifier.startsWith('.'))
      .filter(({ workspace, file, entry }) => {
        const target = new URL(entry.specifier, `file:///${file.path}`).pathname.slice(1);
        return (
          !target.startsWith(`${workspace.folder}/`) && !(isTest(file.path) && target.startsWith('test/'))
        );
      })
      .map(({ file, entry }) => `${file.path} imports ${entry.specifier}`);
    expect(wrong).toEqual([]);
  });

  test('a library that belongs to one room is imported only there', () => {
    const wrong = rows
      .filter(({ file, entry }) => !isTest(file.path) && owners[entry.package ?? ''] !== undefined)
      .filter(({ file, entry }) => !owners[entry.package ?? '']?.some((place) => file.path.startsWith(place)))
      .map(({ file, entry }) => `${file.path} imports ${entry.specifier}`);
    expect(wrong).toEqual([]);
  });

  test('ingest takes only the webhook part of packages/avito, so no API client runs beside the public port', () => {
    const parts = rows
      .filter(
        ({ workspace, entry }) => workspace.folder === 'apps/ingest' && entry.package === `${SCOPE}avito`,
      )
      .map(({ entry }) => entry.specifier);
    expect(new Set(parts)).toEqual(new Set([`${SCOPE}avito/webhook`]));
  });
});

describe('the manifests', () => {
  // Tests may use the tools of the root manifest.
  const rootTools = ['vitest', 'fast-check'];

  test('every import is declared by the workspace that imports', () => {
    const wrong = rows
      .filter(
        ({ file, entry }) =>
          entry.package !== undefined && !(isTest(file.path) && rootTools.includes(entry.package)),
      )
      .filter(
        ({ workspace, entry }) =>
          entry.package !== workspace.name && !workspace.declared.has(entry.package ?? ''),
      )
      // A type of a library's types package is not there when the program runs.
      .filter(({ entry }) => !(entry.typeOnly && entry.package === 'express'))
      .map(({ file, entry }) => `${file.path} imports ${entry.specifier}`);
    expect([...new Set(wrong)]).toEqual([]);
  });
});

describe('the reader of imports', () => {
  test('sees static, type, side-effect, re-exported and dynamic imports over several lines', () => {
    const source = [
      "import { a,\n  b } from 'pg';",
      "import type { C } from '@scope/c/sub';",
      "import 'side-effect';",
      "export { d } from './d.ts';",
      "export * from 'zod';",
      "const e = await import('openai');",
    ].join('\n');
    expect(importsOf(source).map((entry) => [entry.specifier, entry.package, entry.typeOnly])).toEqual([
      ['pg', 'pg', false],
      ['@scope/c/sub', '@scope/c', true],
      ['side-effect', 'side-effect', false],
      ['./d.ts', undefined, false],
      ['zod', 'zod', false],
      ['openai', 'openai', false],
    ]);
  });
});
