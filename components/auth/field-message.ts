import type { FormState } from "@/lib/actions/form-state";

/** What is wrong with one field of a form that was refused; the first of several faults. */
export function fieldMessage(state: FormState, field: string): string | undefined {
  return state.failure?.fields?.find((fault) => fault.field === field)?.message;
}
