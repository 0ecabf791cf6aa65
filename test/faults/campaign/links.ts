import { createFaultProxy, type FaultProxy } from '@avito-autoreply/runtime/testing';
import { createDice } from '../chaos/dice.ts';
import { type LinkName, linkNames } from '../chaos/plan-chaos.ts';

/** A proxy on each way that the apps have to the outside: what runs over it is as sound as it is. */
export async function openLinks({
  seed,
  targets,
}: {
  seed: string;
  targets: Record<LinkName, string>;
}): Promise<Record<LinkName, FaultProxy>> {
  const open = (name: LinkName): Promise<FaultProxy> =>
    createFaultProxy({ targetUrl: targets[name], random: createDice(seed, `jitter ${name}`).random });
  const [webhook, redis, postgres, avito, model] = await Promise.all([
    open('webhook'),
    open('redis'),
    open('postgres'),
    open('avito'),
    open('model'),
  ]);
  return { webhook, redis, postgres, avito, model };
}

export const everyLink = async (
  links: Record<LinkName, FaultProxy>,
  act: (proxy: FaultProxy) => Promise<void>,
): Promise<void> => {
  await Promise.all(linkNames.map((name) => act(links[name])));
};
