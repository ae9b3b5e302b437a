/**
 * Is an input method at work, as for Japanese or Korean? Then text is not done yet, and Enter chooses a word.
 * Safari ends the composition before the key that ended it, which only the old key code tells. (UI Events, 5.4)
 */
export function isComposing(event: Event): boolean {
  if ("isComposing" in event && event.isComposing === true) return true;
  return event instanceof KeyboardEvent && event.keyCode === 229;
}
