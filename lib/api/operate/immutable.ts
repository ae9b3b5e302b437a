import type { JsonText } from "@/lib/core/json/json-text";

/** The type of values that a handler may return: the schema's type, with readonly lists and objects allowed. */
export type Immutable<T> = T extends readonly (infer Item)[]
  ? readonly Immutable<Item>[]
  : T extends JsonText
    ? T
    : T extends object
      ? { readonly [Key in keyof T]: Immutable<T[Key]> }
      : T;
