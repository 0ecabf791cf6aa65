import http, { type ClientRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import https from 'node:https';

/**
 * Tells whether a request ever had an established connection (with TLS: a finished handshake). Until then none of it
 * has left this machine, and a message in it was certainly not sent.
 *
 * `mayLeave` is asked in the same turn of the event loop in which the request's bytes are written. A timer would not do:
 * when a process wakes up that was stopped while it connected, the connection's event comes before any timer.
 */
export function watchConnection({ mayLeave = () => true }: { mayLeave?: (() => boolean) | undefined } = {}) {
  let isConnected = false;
  let isTooLate = false;
  const request = (
    options: RequestOptions,
    onResponse: (response: IncomingMessage) => void,
  ): ClientRequest => {
    const isTls = options.protocol === 'https:';
    const clientRequest = (isTls ? https : http).request(options, onResponse);
    const leave = (): void => {
      isTooLate = !mayLeave();
      if (isTooLate) clientRequest.destroy(new Error('it is too late to send this'));
      else isConnected = true;
    };
    clientRequest.once('socket', (socket) => {
      // A socket from the keep-alive pool is connected already. On a new one, node writes the request in a listener of
      // the same event that is added after this one.
      if (!socket.connecting) leave();
      else socket.once(isTls ? 'secureConnect' : 'connect', leave);
    });
    return clientRequest;
  };
  return { transport: { request }, isConnected: () => isConnected, isTooLate: () => isTooLate };
}
