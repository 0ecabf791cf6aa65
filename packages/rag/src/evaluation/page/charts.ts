import { escapeHtml } from './html.ts';

export type Segment = { name: string; count: number; colour: string };

const LABEL = 170;
const BAR = 700;
const ROW = 30;
const COUNT = 60;

/** One bar per row, parted by how many of each sort there are. */
export function stackedBars(rows: readonly { name: string; segments: readonly Segment[] }[]): string {
  const bars = rows.map(({ name, segments }, index) => {
    const total = segments.reduce((sum, { count }) => sum + count, 0);
    const y = index * ROW;
    let x = LABEL;
    const parts = segments.map(({ name: sort, count, colour }) => {
      const width = total === 0 ? 0 : (count / total) * BAR;
      const start = x;
      x += width;
      const label =
        width < 24
          ? ''
          : `<text x="${start + width / 2}" y="${y + 19}" text-anchor="middle" style="fill:#fff">${count}</text>`;
      return `<g><title>${escapeHtml(`${sort}: ${count}`)}</title><rect x="${start}" y="${y + 4}" width="${width}" height="${ROW - 8}" style="fill:var(--${colour})"/>${label}</g>`;
    });
    return `<text x="0" y="${y + 19}">${escapeHtml(name)}</text>${parts.join('')}<text class="soft" x="${LABEL + BAR + 10}" y="${y + 19}">${total}</text>`;
  });
  return svg(LABEL + BAR + COUNT, rows.length * ROW, bars.join(''));
}

/** How many values lie in each of some equal steps; the last step takes what is above. */
export function histogram(
  values: readonly number[],
  { unit, steps = 20 }: { unit: string; steps?: number },
): string {
  const sorted = values.toSorted((a, b) => a - b);
  const top = Math.max(1, sorted[Math.floor(sorted.length * 0.98)] ?? 1);
  const counts = Array.from({ length: steps }, () => 0);
  for (const value of values) {
    const step = Math.min(steps - 1, Math.floor((value / top) * steps));
    counts[step] = (counts[step] ?? 0) + 1;
  }
  const highest = Math.max(1, ...counts);
  const width = (LABEL + BAR) / steps;
  const bars = counts.map((count, index) => {
    const height = (count / highest) * 110;
    return `<rect x="${index * width + 1}" y="${120 - height}" width="${width - 2}" height="${height}" style="fill:var(--blue)"><title>${count}</title></rect>`;
  });
  const ticks = [0, 0.5, 1].map(
    (share) =>
      `<text class="soft" x="${share * (LABEL + BAR)}" y="138" text-anchor="${share === 0 ? 'start' : share === 1 ? 'end' : 'middle'}">${Math.round(share * top)} ${unit}</text>`,
  );
  return svg(LABEL + BAR, 144, bars.join('') + ticks.join(''));
}

const svg = (width: number, height: number, content: string) =>
  `<div class="scroll"><svg viewBox="0 0 ${width} ${height}" width="100%" style="max-width:${width}px" role="img">${content}</svg></div>`;

export function legend(segments: readonly Pick<Segment, 'name' | 'colour'>[]): string {
  const entries = segments.map(
    ({ name, colour }) => `<span><i style="background:var(--${colour})"></i>${escapeHtml(name)}</span>`,
  );
  return `<p class="legend">${entries.join('')}</p>`;
}
