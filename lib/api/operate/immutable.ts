import type { JsonText } from "@/lib/core/json/json-text";

/** What a handler may return for a schema's value: it may be readonly. */
export type Immutable<T> = T extends readonly (infer Item)[]
  ? readonly Immutable<Item>[]
  : T extends JsonText
    ? T
    : T extends object
      ? { readonly [Key in keyof T]: Immutable<T[Key]> }
      : T;
