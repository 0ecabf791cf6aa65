import { createPool } from '@avito-autoreply/database';
import { silentLogger } from '@avito-autoreply/runtime';
import { createSimulator } from '@avito-autoreply/simulator';
import { serve } from '../world/serve.ts';
import type { Services } from './crash-world.ts';

/** One stand-in of Avito and one pool for all worlds. */
export async function openCrashServices({
  databaseUrl,
  redisUrl,
  echo,
}: {
  databaseUrl: string;
  redisUrl: string | undefined;
  /** `off`: whether a text arrived is told by the chat's history alone. */
  echo: 'before' | 'after' | 'off';
}): Promise<Services & { close: () => Promise<void> }> {
  const pool = createPool({ url: databaseUrl, max: 4, logger: silentLogger });
  const simulator = createSimulator({ switches: { echo } });
  const stand = await serve(simulator.app);
  return {
    databaseUrl,
    redisUrl,
    pool,
    simulator,
    avitoUrl: stand.url,
    close: async () => {
      await simulator.close();
      await stand.close();
      await pool.end();
    },
  };
}
