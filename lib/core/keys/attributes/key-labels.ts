/** The maximum number of labels per key. */
export const maximumLabels = 10;
export const labelName = /^[a-z][a-z0-9_.-]{0,39}$/;
/** In code points. */
export const labelValueMaximum = 80;

export type Label = readonly [name: string, value: string];

/** The text form of a label, which people also type. */
export function labelText([name, value]: Label): string {
  return `${name}=${value}`;
}

/** Sorts a key's labels by name for display. The database returns them in another order. */
export function labelsByName(labels: Readonly<Record<string, string>>): Label[] {
  return Object.entries(labels).sort(([one], [other]) => (one < other ? -1 : 1));
}
