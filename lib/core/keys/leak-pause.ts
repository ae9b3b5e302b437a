/** Was the key paused because it leaked? Nobody is named for such a pause. */
export function isLeakPause(key: {
  readonly pausedAt: Date | null;
  readonly pausedById: string | null;
}): boolean {
  return key.pausedAt !== null && key.pausedById === null;
}
