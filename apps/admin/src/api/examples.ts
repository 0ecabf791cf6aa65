/** What a route may be asked and may answer, for its documentation. */
export type Example = { body?: unknown; response: unknown };

/** By operation id; a test holds that every route has one, and that it fits the route's schemas. */
export type Examples = Readonly<Record<string, Example>>;

/** An error as the description of its status names it: the first code in back quotes. */
export function errorExample(description: string) {
  const [, code = 'internal.unexpected', meaning] =
    /`([\w-]+\.[\w-]+)`(?:: ([^;`]+))?/.exec(description) ?? [];
  return { error: { code, message: meaning ?? 'What happened, and what to do about it.' } };
}
