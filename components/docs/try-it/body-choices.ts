import type { Choice } from "./try-it-call";

/** The value of this choice in the body: "" if there is none, undefined if the body is not a JSON object. */
export function chosenIn(body: string, { name }: Choice): string | undefined {
  const members = membersOf(body);
  if (members === undefined) return undefined;
  const value = members[name];
  return value === undefined ? "" : String(value);
}

/** The body with this value; "" leaves the member out. A body that is not a JSON object stays as it is. */
export function withChoice(body: string, { name, isBoolean }: Choice, value: string): string {
  const members = membersOf(body);
  if (members === undefined) return body;
  const { [name]: _, ...others } = members;
  if (value === "") return JSON.stringify(others, null, 2);
  return JSON.stringify({ ...members, [name]: isBoolean ? value === "true" : value }, null, 2);
}

function membersOf(body: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(body);
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    return isObject ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
