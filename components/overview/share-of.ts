/** A share such as "0.18%". A part above 0 is never shown as zero. */
export function shareOf(part: number, all: number): string {
  if (part === 0 || all === 0) return "none";
  const share = (part / all) * 100;
  return share < 0.01 ? "under 0.01%" : `${share < 10 ? share.toFixed(2) : share.toFixed(0)}%`;
}
