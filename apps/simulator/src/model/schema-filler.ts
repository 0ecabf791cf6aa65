import type { HonestAnswer } from './honest-answer.ts';

type Schema = Readonly<Record<string, unknown>>;

const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/** The branch that is meant: the first that is not null, through `$ref`, `anyOf` and `oneOf`. */
function resolve(schema: unknown, root: Schema): { schema: Schema; isNullable: boolean } {
  if (!isSchema(schema)) return { schema: {}, isNullable: true };
  const reference = schema['$ref'];
  if (typeof reference === 'string') {
    const target = reference
      .split('/')
      .slice(1)
      .reduce<unknown>((node, key) => (isSchema(node) ? node[key] : undefined), root);
    return resolve(target, root);
  }
  const branches = listOf(schema['anyOf'] ?? schema['oneOf']).filter(isSchema);
  if (branches.length > 0) {
    const real = branches.find((branch) => branch['type'] !== 'null') ?? {};
    return { ...resolve(real, root), isNullable: branches.some((branch) => branch['type'] === 'null') };
  }
  const types = [schema['type']].flat();
  return {
    schema: { ...schema, type: types.find((type) => type !== 'null') },
    isNullable: types.includes('null'),
  };
}

type Facts = HonestAnswer & { question: string };

/** What a property of this name is about, when it is a string. */
function stringFor(name: string, facts: Facts): string | null {
  if (/^(answer|reply|text|response|ответ)/i.test(name)) return facts.answer;
  if (/^(question|query|rewritten|standalone|вопрос)/i.test(name)) return facts.question;
  if (/^(reason|причина)/i.test(name)) return facts.reason;
  if (/^(action|decision|действие)/i.test(name)) return facts.action;
  return null;
}

function enumValue(choices: unknown[], facts: Facts): unknown {
  const same = choices.find(
    (choice) =>
      String(choice)
        .replaceAll(/[^a-z]/gi, '')
        .toLowerCase() === facts.action,
  );
  return same ?? choices[0];
}

function numberFor(name: string, facts: Facts): number {
  return /confidence|score|уверен/i.test(name) ? facts.confidence : (facts.sources[0] ?? 0);
}

function fill(name: string, given: unknown, { root, facts }: { root: Schema; facts: Facts }): unknown {
  const { schema, isNullable } = resolve(given, root);
  const choices = listOf(schema['enum']);
  if (schema['const'] !== undefined) return schema['const'];
  if (choices.length > 0) return enumValue(choices, facts);
  switch (schema['type']) {
    case 'object': {
      const properties = isSchema(schema['properties']) ? schema['properties'] : {};
      return Object.fromEntries(
        Object.entries(properties).map(([key, inner]) => [key, fill(key, inner, { root, facts })]),
      );
    }
    case 'array': {
      if (!/source|citation|passage|источник/i.test(name)) return [];
      return facts.sources.map((number) =>
        fill(name, schema['items'], { root, facts: { ...facts, sources: [number] } }),
      );
    }
    case 'integer':
    case 'number':
      return numberFor(name, facts);
    case 'boolean':
      return /answered|answerable|found|known|grounded/i.test(name) ? facts.action === 'answer' : false;
    case 'string': {
      if (/source|citation|passage/i.test(name)) return String(facts.sources[0] ?? '');
      return stringFor(name, facts) ?? (isNullable ? null : '');
    }
    default:
      return null;
  }
}

/** An object that fits the JSON schema, with the honest answer where the names of the properties ask for it. */
export function fillSchema({ schema, facts }: { schema: unknown; facts: Facts }): unknown {
  const root = isSchema(schema) ? schema : {};
  return fill('', root, { root, facts });
}
