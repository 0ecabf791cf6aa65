import { collectDefaultMetrics, Registry } from 'prom-client';

/** A registry of its own per app, with Node's process metrics; nothing global, so tests can build many apps. */
export function createRegistry({ service }: { service: string }): Registry {
  const registry = new Registry();
  registry.setDefaultLabels({ service });
  collectDefaultMetrics({ register: registry });
  return registry;
}
