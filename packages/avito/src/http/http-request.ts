/** One request, as the transport needs it. Paths are already percent-encoded. */
export type HttpRequest = {
  method: 'GET' | 'POST';
  path: string;
  query?: URLSearchParams | undefined;
  body?: { contentType: string; content: string | Buffer } | undefined;
  token?: string | undefined;
  /** True when carrying it out twice changes nothing at Avito. */
  isReadOnly: boolean;
  signal?: AbortSignal | undefined;
  /** Instead of the client's own. */
  timeoutMs?: number | undefined;
  /** Asked at the last moment before the request leaves this machine; false: nothing is sent. */
  mayLeave?: (() => boolean) | undefined;
};

export type HttpResponse = {
  status: number;
  /** A response header by its lower-case name. */
  header: (name: string) => string | undefined;
  text: string;
};

/** Makes one request, without any retry, and resolves whatever the status is. Throws AvitoConnectionError or AvitoResponseError. */
export type HttpClient = (request: HttpRequest) => Promise<HttpResponse>;

/** The request's name in errors and logs. Leaves out the query, the body and the token. */
export const nameOf = ({ method, path }: Pick<HttpRequest, 'method' | 'path'>) => `${method} ${path}`;
