import http, { type ClientRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import https from 'node:https';

/**
 * Tells whether a request ever had an established connection (with TLS: a finished handshake). Until then none of it
 * has left this machine, and a message in it was certainly not sent.
 */
export function watchConnection() {
  let isConnected = false;
  const request = (
    options: RequestOptions,
    onResponse: (response: IncomingMessage) => void,
  ): ClientRequest => {
    const isTls = options.protocol === 'https:';
    const clientRequest = (isTls ? https : http).request(options, onResponse);
    clientRequest.once('socket', (socket) => {
      // A socket from the keep-alive pool is connected already.
      if (!socket.connecting) isConnected = true;
      else socket.once(isTls ? 'secureConnect' : 'connect', () => (isConnected = true));
    });
    return clientRequest;
  };
  return { transport: { request }, isConnected: () => isConnected };
}
