import { createContext, use } from "react";

type Fault = { readonly field: string; readonly message: string };

type FormContextValue = {
  /** The fields that the server refused. Entries of a list are named like `roles.0`. */
  readonly faults: readonly Fault[];
  /** Call it with the name of a field that changed, to drop its fault. */
  readonly forget?: (name: string) => void;
  /** Set in natively submitted forms: the values typed before a refusal. */
  readonly typed?: Readonly<Record<string, string>>;
};

/** Passes the server's errors to the named Fields, and the values typed before to their controls. */
export const FormContext = createContext<FormContextValue>({ faults: [] });

/** The server's message about this field, or about the first of its entries that is invalid. */
export function faultOf(faults: readonly Fault[] | undefined, name: string): string | undefined {
  return faults?.find(({ field }) => field.split(".")[0] === name)?.message;
}

type FieldContextValue = {
  readonly id: string;
  readonly name: string | undefined;
  readonly describedBy: string | undefined;
  readonly invalid: boolean;
  readonly required: boolean;
};

export const FieldContext = createContext<FieldContextValue | null>(null);

/** For a control without a native input: tells the form that its field changed. */
export function useFieldChanged(): () => void {
  const name = use(FieldContext)?.name;
  const { forget } = use(FormContext);
  return () => name !== undefined && forget?.(name);
}

/** The attributes that connect a control to its Field's label, hint and error. */
export function useFieldControl() {
  const field = use(FieldContext);
  if (field === null) return {} as { "aria-describedby"?: undefined };
  return {
    id: field.id,
    "aria-describedby": field.describedBy,
    "aria-invalid": field.invalid || undefined,
    "aria-required": field.required || undefined,
  };
}

/** The name and default value of a text box in a natively submitted form. After a refusal it keeps the typed text. */
export function useSubmittedControl(initial: string | number | readonly string[] | undefined) {
  const name = use(FieldContext)?.name;
  const { typed } = use(FormContext);
  if (name === undefined || typed === undefined) return { defaultValue: initial };
  return { name, defaultValue: typed[name] ?? initial };
}
