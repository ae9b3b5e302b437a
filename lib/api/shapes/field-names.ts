/** The verbs write `accessLevel`, the API writes `access_level`. */
export type CamelCase<Name extends string> = Name extends `${infer First}_${infer Rest}`
  ? `${First}${Capitalize<CamelCase<Rest>>}`
  : Name;

/** An object with its field names in camel case, as the verbs use them. Nested objects stay as they are. */
export type CamelCased<T> = T extends object
  ? { readonly [Name in keyof T as CamelCase<Name & string>]: T[Name] }
  : T;

export function camelCased<T>(sent: T): CamelCased<T> {
  if (typeof sent !== "object" || sent === null) return sent as CamelCased<T>;
  const fields = Object.entries(sent).map(([name, value]) => [inCamelCase(name), value]);
  return Object.fromEntries(fields) as CamelCased<T>;
}

export function inCamelCase(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

export function inSnakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
