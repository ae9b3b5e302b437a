"use client";

import { unstable_rethrow } from "next/navigation";
import { useActionState, useState } from "react";
import { type FormState, freshForm, requestIdField } from "@/lib/actions/form-state";
import { readDoorRefusal } from "@/lib/core/door-refusal";
import { RequestNames } from "./request-id";
import { unanswered, useLostAnswer } from "./use-lost-answer";

/**
 * Sends a form to its server action. A lost answer is a refusal like any other: what was typed stays, the page
 * comes anew, and the same form sent again is the same request.
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
      // A redirect, which Next carries out.
      unstable_rethrow(error);
      showWhatIsThere();
      const values = Object.fromEntries(typed.filter(([name]) => !/password/i.test(name)));
      return { failure: readDoorRefusal(error) ?? unanswered, values, savedAt: null };
    }
  }, freshForm);
}
