import { z } from 'zod';
import { numericId, optional, optionalId, optionalText } from './fields.ts';

/** A listing as the list of listings shows it. */
export type Item = {
  id: number;
  title: string | null;
  /** In rubles. */
  price: number | null;
  /** active, removed, old, blocked, rejected, or something newer. */
  status: string | null;
  url: string | null;
  address: string | null;
  category: { id: number | null; name: string | null } | null;
};

export type ItemInfo = {
  /** Of the list's states, or not_found, another_user. */
  status: string | null;
  url: string | null;
  startsAt: Date | null;
  endsAt: Date | null;
  /** The id in the seller's own feed. */
  autoloadItemId: string | null;
};

const optionalDate = optional(z.iso.datetime({ offset: true }).transform((text) => new Date(text)));

export const itemSchema = z.object({
  id: numericId,
  title: optionalText,
  price: optional(z.number()),
  status: optionalText,
  url: optionalText,
  address: optionalText,
  category: optional(z.object({ id: optionalId, name: optionalText })),
}) satisfies z.ZodType<Item>;

export const itemInfoSchema = z
  .object({
    status: optionalText,
    url: optionalText,
    start_time: optionalDate,
    finish_time: optionalDate,
    autoload_item_id: optional(z.union([z.string(), z.number().transform(String)])),
  })
  .transform((wire): ItemInfo => ({
    status: wire.status,
    url: wire.url,
    startsAt: wire.start_time,
    endsAt: wire.finish_time,
    autoloadItemId: wire.autoload_item_id,
  }));
