import { createHash } from 'node:crypto';
import { z } from 'zod';

/** Raised when files of before can no longer be read. */
export const FORMAT = 1;

export const MANIFEST = 'manifest.json';
export const DOCUMENTS = 'documents';
export const VECTORS = 'vectors';

/** What is stored as it stands, for something is found by it; Postgres stores no NUL. */
const name = z
  .string()
  .min(1)
  .refine((text) => !text.includes('\0') && text.isWellFormed(), 'holds a character that no text has');

/** Of `halfvec`, in which vectors are stored. */
const MAX_DIMENSIONS = 16_000;
const LARGEST = 65_504;

const space = z.strictObject({
  key: name,
  model: name,
  dimensions: z.int().positive().max(MAX_DIMENSIONS),
  /** Folder of its vectors. */
  folder: z.string().regex(/^[\w.-]+$/),
});

const share = z.number().min(0).max(1);

export const manifestSchema = z.strictObject({
  format: z.literal(FORMAT, `must be ${FORMAT}: this release reads no other`),
  documents: z.int().nonnegative(),
  spaces: z.array(space),
  /** Key of the space that serves. */
  active_space: z.string().nullable(),
  /** What tuning found on the owner's questions; null where nobody tuned. Absent in exports of before. */
  settings: z
    .strictObject({
      fusion_weights: z
        .strictObject({ dense: z.number().nonnegative(), lexical: z.number().nonnegative() })
        .refine(({ dense, lexical }) => dense + lexical > 0, 'one of the two must be above 0')
        .nullable(),
      thresholds: z
        .strictObject({
          min_confidence: share.nullable(),
          unknown_share: share.nullable(),
          confidence_version: z.int(),
        })
        .nullable(),
    })
    .optional(),
  /** What is read again by itself. */
  sources: z.array(
    z.strictObject({
      key: name,
      kind: z.enum(['url', 'listings']),
      item_id: z.int().positive().nullable(),
      every_minutes: z.int().min(5).nullable(),
    }),
  ),
});
export type Manifest = z.infer<typeof manifestSchema>;

export const documentSchema = z.strictObject({
  key: name,
  title: z.string(),
  kind: name,
  content_hash: name,
  item_id: z.int().positive().nullable(),
  /** What of its source was not read; absent where nothing was left out, and in exports of before. */
  warnings: z.array(z.strictObject({ code: name, message: z.string() })).optional(),
  chunks: z
    .array(
      z.strictObject({
        heading: z.string(),
        question: z.string().nullable(),
        content: z.string().min(1),
      }),
    )
    .min(1),
});
export type DocumentFile = z.infer<typeof documentSchema>;

/** A line of a file of vectors; chunks without one have no line. */
export const vectorLineSchema = z.strictObject({
  position: z.int().positive(),
  vector: z
    .array(z.number().min(-LARGEST).max(LARGEST))
    .refine((numbers) => numbers.some((number) => number !== 0), 'holds nothing but zeroes'),
});

/** Readable, the same on every machine, and different for different keys. */
export function fileNameOf(key: string): string {
  const readable = key
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}.]+/gu, '-')
    .replaceAll(/^[-.]+|[-.]+$/g, '')
    .slice(-50);
  return `${readable}-${createHash('sha256').update(key).digest('hex').slice(0, 8)}`;
}

/** One value per line where it diffs well; the order of the keys is that of the object. */
export const toJson = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
