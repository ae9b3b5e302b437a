import type { Failure } from "@/lib/core/result";
import { requestIdField } from "./form-state";

/** The named fields of a form as text. A call can send anything instead of a form; it then has no fields. */
export function formValues<Name extends string>(form: unknown, names: readonly Name[]): Record<Name, string> {
  const read = (name: Name) => {
    const value = form instanceof FormData ? form.get(name) : null;
    return typeof value === "string" ? value : "";
  };
  return Object.fromEntries(names.map((name) => [name, read(name)])) as Record<Name, string>;
}

/** The request id that the page set. Undefined without JavaScript; the request is then not deduplicated. */
export function requestIdOf(form: unknown): string | undefined {
  return formValues(form, [requestIdField])[requestIdField] || undefined;
}

/** A field's current value, from a conflict with somebody else's change. */
export function seenNow({ current }: Failure, field: string): string | undefined {
  const value = current?.[field];
  return typeof value === "string" ? value : undefined;
}
