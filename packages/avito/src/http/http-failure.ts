import { AxiosError } from 'axios';
import { AvitoConnectionError, AvitoResponseError } from '../errors.ts';
import { type HttpRequest, nameOf } from './http-request.ts';

type HttpFailure = {
  error: unknown;
  request: HttpRequest;
  isConnected: boolean;
  isTooLate: boolean;
  isTimedOut: boolean;
  isCancelled: boolean;
  timeoutMs: number;
};

const codeOf = (error: unknown) =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown';

/** The text and code of an axios error without the rest of it: its config holds the token and the message. */
function withoutConfig(error: unknown): Error {
  const message = error instanceof Error ? error.message : String(error);
  return Object.assign(new Error(message), { code: codeOf(error) });
}

// axios reports an answer over the size limit without a response, a connection lost while reading with one.
const isTooLarge = (error: unknown) =>
  error instanceof AxiosError && error.code === AxiosError.ERR_BAD_RESPONSE && error.response === undefined;
const isUndecodable = (error: unknown) => /^(?:Z_|ERR__ERROR_|ERR_BROTLI|ZSTD_)/.test(codeOf(error));

/** Turns whatever axios threw into one of our errors, and says whether Avito can have seen the request. */
export function explainFailure({
  error,
  request,
  isConnected,
  isTooLate,
  isTimedOut,
  isCancelled,
  timeoutMs,
}: HttpFailure) {
  const what = nameOf(request);
  const arrival = {
    requestMayHaveArrived: isConnected,
    mayHaveTakenEffect: isConnected && !request.isReadOnly,
  };
  if (isTooLate) {
    return new AvitoConnectionError(`${what}: not made, for the caller's time was over`, {
      code: 'avito.too-late',
      ...arrival,
    });
  }
  if (isTimedOut) {
    return new AvitoConnectionError(`${what}: no complete answer within ${timeoutMs} ms`, {
      code: 'avito.timeout',
      ...arrival,
    });
  }
  if (isCancelled) {
    return new AvitoConnectionError(`${what}: cancelled by the caller`, {
      code: 'avito.aborted',
      ...arrival,
    });
  }
  if (!isConnected) {
    return new AvitoConnectionError(
      `${what}: no connection (${codeOf(error)}); check the network and AVITO_API_BASE_URL`,
      { code: 'avito.unreachable', cause: withoutConfig(error), ...arrival },
    );
  }
  if (isTooLarge(error) || isUndecodable(error)) {
    return new AvitoResponseError(`${what}: the answer is too large or cannot be decompressed`, arrival);
  }
  return new AvitoConnectionError(
    `${what}: the connection broke before the answer was complete (${codeOf(error)})`,
    {
      code: 'avito.reset',
      cause: withoutConfig(error),
      ...arrival,
    },
  );
}
