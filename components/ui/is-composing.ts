/**
 * Is an input method composing, as for Japanese or Korean? Then the text is unfinished, and Enter accepts a word.
 * Safari ends the composition before the key that ended it; only the legacy key code shows that. (UI Events, 5.4)
 */
export function isComposing(event: Event): boolean {
  if ("isComposing" in event && event.isComposing === true) return true;
  return event instanceof KeyboardEvent && event.keyCode === 229;
}
