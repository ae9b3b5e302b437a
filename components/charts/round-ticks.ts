const perDecade = [1, 2, 5, 10];
const mostTicks = 3;

/**
 * Round values for the axis of a count, from 0: 0, 1000, 2000 for 2,340. At most three above 0, none above the
 * highest count, and never a fraction.
 */
export function roundTicks(most: number): number[] {
  if (most < 1) return [0];
  const decade = 10 ** Math.floor(Math.log10(most / mostTicks));
  const times = perDecade.find((factor) => most / (factor * decade) <= mostTicks) ?? 10;
  const step = Math.max(1, times * decade);
  return Array.from({ length: Math.floor(most / step) + 1 }, (_, index) => index * step);
}

const units = [
  [1e9, "B"],
  [1e6, "M"],
  [1e3, "k"],
] as const;

/** A count where there is little room: 950, 1.2k, 40k, 2.1M. */
export function shortCount(count: number): string {
  for (const [size, unit] of units) {
    // 999,950 is 1M rather than 1000k.
    if (count < size * 0.99995) continue;
    const shown = count / size;
    return `${shown < 99.95 ? Number(shown.toFixed(1)) : Math.round(shown)}${unit}`;
  }
  return String(count);
}
