import { Alert } from "@/components/ui/alert";
import type { FormState } from "@/lib/actions/form-state";

/** Why a form was refused. When fields say so themselves, it points at them. */
export function FormAlert({ state }: { state: FormState }) {
  if (state.failure === null) return null;
  return (
    <Alert role="alert" tone="danger">
      {state.failure.detail}
    </Alert>
  );
}
