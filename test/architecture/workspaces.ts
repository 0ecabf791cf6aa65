import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
export const SCOPE = '@avito-autoreply/';

export type SourceFile = {
  path: string;
  imports: { specifier: string; package: string | undefined; typeOnly: boolean }[];
};
export type Workspace = { folder: string; name: string; declared: Set<string>; files: SourceFile[] };

// `import … from 'x'`, `export … from 'x'`, `import 'x'`, `import('x')`, over several lines.
const IMPORT =
  /(?:^|\n)\s*(import|export)(\s+type)?(?:[\s\w{},*$]*?\sfrom)?\s*['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]/g;

/** `pg` of `pg/lib/x`, `@scope/name` of `@scope/name/sub`; undefined for files and Node's own modules. */
function packageOf(specifier: string): string | undefined {
  if (specifier.startsWith('.') || specifier.startsWith('node:')) return undefined;
  const parts = specifier.split('/');
  const name = parts.slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
  return builtinModules.includes(name) ? undefined : name;
}

export function importsOf(source: string): SourceFile['imports'] {
  return [...source.matchAll(IMPORT)].map((match) => {
    const specifier = match[3] ?? match[4] ?? '';
    return { specifier, package: packageOf(specifier), typeOnly: match[2] !== undefined };
  });
}

function readWorkspace(folder: string): Workspace {
  const manifest = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as {
    name: string;
    dependencies?: Record<string, string>;
  };
  const files = readdirSync(join(root, folder, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => ({
      path: `${folder}/src/${path}`,
      imports: importsOf(readFileSync(join(root, folder, 'src', path), 'utf8')),
    }));
  return { folder, name: manifest.name, declared: new Set(Object.keys(manifest.dependencies ?? {})), files };
}

export function readWorkspaces(): Workspace[] {
  return ['packages', 'apps'].flatMap((group) =>
    readdirSync(join(root, group)).map((name) => readWorkspace(`${group}/${name}`)),
  );
}
