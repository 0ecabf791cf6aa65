import type { Socket } from 'node:net';
import { type Notification, sortAnswer } from './answer.ts';
import { answerPassword, answerStartup, type StartupStep } from './client-startup.ts';
import { createClientUnits } from './client-units.ts';
import { createFrameReader } from './frame-reader.ts';
import { fatalFrame, type Frame, queryFrame, syncFrame } from './frames.ts';
import type { Hold, Turnstile } from './turnstile.ts';

/** What all connections of one server share. */
export type SharedSession = {
  /** Runs whole messages on the one session and returns its answer. Rejects only when the session is lost. */
  execute: (messages: Buffer) => Promise<Buffer>;
  turnstile: Turnstile;
  /** What the session told when it was opened; every client is told the same. */
  welcome: Buffer;
  password: string;
  /** A client that keeps the session this long without using it loses its transaction and its connection. */
  idleTransactionMs: number;
  publish: (notification: Notification) => void;
  onSessionLost: (error: unknown) => void;
};

export type ClientConnection = {
  notify: (notification: Notification) => void;
  /** Hangs up with a reason. */
  dismiss: (reason: { code: string; message: string }) => void;
  /** Resolves when the client is gone and nothing of it is left in the session. */
  gone: Promise<void>;
};

/** Serves one client until it hangs up. */
export function serveClient({
  socket,
  id,
  session,
}: {
  socket: Socket;
  id: number;
  session: SharedSession;
}): ClientConnection {
  const reader = createFrameReader();
  const units = createClientUnits({ prefix: `${id}:` });
  const client = {};
  let state: StartupStep['next'] = 'startup';
  let hasEntered = false;
  let idleTimer: NodeJS.Timeout | undefined;

  const send = (bytes: Buffer): void => {
    if (bytes.length === 0 || !socket.writable || socket.write(bytes)) return;
    // It does not read its answers: take no more questions until it does.
    socket.pause();
    socket.once('drain', () => socket.resume());
  };

  const dismiss = (reason: { code: string; message: string }): void => {
    state = 'hang-up';
    if (socket.writable) socket.write(fatalFrame(reason));
    socket.destroySoon();
  };

  const runUnit = async (unit: Buffer): Promise<Hold> => {
    clearTimeout(idleTimer);
    const answer = sortAnswer(await session.execute(unit));
    send(answer.own);
    answer.notifications.forEach(session.publish);
    if (!answer.keepsSession) return 'release';
    idleTimer = setTimeout(dismiss, session.idleTransactionMs, {
      code: '25P03',
      message: `a transaction was left idle for ${session.idleTransactionMs / 1000} s; the embedded database has one session, so nobody else could work`,
    });
    return 'keep';
  };

  const leave = async (): Promise<Hold> => {
    // Set again by a unit that ran after the socket closed.
    clearTimeout(idleTimer);
    const isHolding = session.turnstile.isHeldBy(client);
    const parts = [
      ...(isHolding ? [syncFrame, queryFrame('ROLLBACK')] : []),
      units.forgetStatements(),
      // Its SETs end with it. Those of the others too: a setting that must last does not belong in a shared session.
      queryFrame('RESET ALL'),
    ];
    await session.execute(Buffer.concat(parts));
    return 'release';
  };

  const take = (message: Frame): void => {
    if (state === 'ready') {
      if (message.type === 'X') {
        socket.end();
        return;
      }
      const unit = units.add(message);
      if (unit) session.turnstile.enter(client, () => runUnit(unit)).catch(session.onSessionLost);
      return;
    }
    const step =
      state === 'startup'
        ? answerStartup(message)
        : answerPassword({ message, password: session.password, welcome: session.welcome });
    state = step.next;
    hasEntered ||= state === 'ready';
    send(step.reply);
    if (state === 'hang-up') socket.end();
  };

  const nextMessage = (): Frame | undefined =>
    state === 'hang-up' ? undefined : reader.next(state === 'startup' ? 'startup' : 'typed');

  const { promise: gone, resolve } = Promise.withResolvers<void>();
  socket.setNoDelay(true);
  socket.on('data', (chunk: Buffer) => {
    try {
      reader.push(chunk);
      for (let message = nextMessage(); message; message = nextMessage()) take(message);
    } catch {
      dismiss({ code: '08P01', message: 'this is not the Postgres protocol, or a message is too large' });
    }
  });
  // 'close' follows and cleans up.
  socket.on('error', () => socket.destroy());
  socket.on('close', () => {
    state = 'hang-up';
    clearTimeout(idleTimer);
    if (!hasEntered) resolve();
    else session.turnstile.enter(client, leave).catch(session.onSessionLost).finally(resolve);
  });

  return {
    notify: (notification) => {
      if (units.hears(notification.channel)) send(notification.bytes);
    },
    dismiss,
    gone,
  };
}
