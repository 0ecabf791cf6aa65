import { sleep } from '@avito-autoreply/runtime';
import type { FaultProxy } from '@avito-autoreply/runtime/testing';
import type { Control } from '@avito-autoreply/simulator';
import type { LinkName, Mishap, ProcessName } from '../chaos/plan-chaos.ts';
import type { Supervised } from '../chaos/supervisor.ts';

export type Havoc = {
  processes: Partial<Record<ProcessName, Supervised>>;
  links: Record<LinkName, FaultProxy>;
  flush: () => Promise<void>;
  control: Control;
};

/** Lets one thing go wrong, for as long as it lasts. */
async function happen(mishap: Mishap, { processes, links, flush, control }: Havoc): Promise<void> {
  switch (mishap.kind) {
    case 'kill':
      processes[mishap.target]?.kill(mishap.forMs);
      return;
    case 'pause':
      await processes[mishap.target]?.pause(mishap.forMs);
      return;
    case 'flush':
      await flush();
      return;
    case 'link':
      links[mishap.target].fault(mishap.fault);
      await sleep(mishap.forMs);
      await links[mishap.target].heal();
      return;
    case 'reset-link':
      links[mishap.target].reset();
      return;
    case 'expire-tokens':
      control.expireTokens();
      return;
    case 'echo':
      control.changeSwitches({ echo: mishap.echo });
      return;
    case 'model':
      control.changeSwitches({ modelMode: mishap.mode, modelDelayMs: 3_000 });
      await sleep(mishap.forMs);
      control.changeSwitches({ modelMode: 'honest' });
  }
}

const labelOf = (mishap: Mishap): string => {
  switch (mishap.kind) {
    case 'link':
      return `link ${mishap.target}: ${mishap.fault.kind}`;
    case 'reset-link':
      return `link ${mishap.target}: reset`;
    case 'model':
      return `model: ${mishap.mode}`;
    case 'echo':
      return `echo: ${mishap.echo}`;
    case 'kill':
    case 'pause':
    case 'flush':
    case 'expire-tokens':
      return `${mishap.kind} ${mishap.target}`;
  }
};

/** Plays the plan from now on; resolves when the last of it is over, with how often each thing happened. */
export async function wreakHavoc(mishaps: readonly Mishap[], havoc: Havoc): Promise<Record<string, number>> {
  const begun = Date.now();
  const counts: Record<string, number> = {};
  await Promise.all(
    mishaps.map(async (mishap) => {
      await sleep(Math.max(begun + mishap.atMs - Date.now(), 0));
      const label = labelOf(mishap);
      counts[label] = (counts[label] ?? 0) + 1;
      // A Redis that is away just now cannot be flushed.
      await happen(mishap, havoc).catch(
        () => (counts[`${label}, in vain`] = (counts[`${label}, in vain`] ?? 0) + 1),
      );
    }),
  );
  return counts;
}
