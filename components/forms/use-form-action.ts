"use client";

import { unstable_rethrow } from "next/navigation";
import { useActionState, useState } from "react";
import { type FormState, freshForm, requestIdField } from "@/lib/actions/form-state";
import { readDoorRefusal } from "@/lib/core/door-refusal";
import { RequestNames } from "./request-id";
import { unanswered, useLostAnswer } from "./use-lost-answer";

/**
 * Sends a form to its server action. A lost response is shown like any refusal: the input stays, the page reloads its
 * data, and resending the same form is the same request.
 */
export function useFormAction(action: (previous: FormState, form: FormData) => Promise<FormState>) {
  const [names] = useState(() => new RequestNames());
  const showWhatIsThere = useLostAnswer();
  return useActionState(async (previous: FormState, form: FormData): Promise<FormState> => {
    const typed = [...form].flatMap(([name, value]) =>
      typeof value === "string" ? [[name, value] as const] : [],
    );
    form.set(requestIdField, names.nameOf(JSON.stringify(typed)));
    try {
      const state = await action(previous, form);
      names.answered();
      return state;
    } catch (error) {
      // Rethrow redirects for Next to carry out.
      unstable_rethrow(error);
      showWhatIsThere();
      const values = Object.fromEntries(typed.filter(([name]) => !/password/i.test(name)));
      return { failure: readDoorRefusal(error) ?? unanswered, values, savedAt: null };
    }
  }, freshForm);
}
