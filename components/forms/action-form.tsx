"use client";

import { unstable_rethrow } from "next/navigation";
import { type ReactNode, startTransition, useActionState, useEffect, useRef, useState } from "react";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardFooter } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { FormContext, faultOf } from "@/components/ui/field-context";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/overlay/toast";
import { type FormState, freshForm, requestIdField } from "@/lib/actions/form-state";
import { readDoorRefusal } from "@/lib/core/door-refusal";
import type { Failure } from "@/lib/core/result";
import { FailureAlert } from "./failure-alert";
import { useUnsaved } from "./leaving/use-unsaved";
import { RequestNames } from "./request-id";
import { useFaultFocus } from "./use-fault-focus";
import { useFaults } from "./use-faults";
import { unanswered, useLostAnswer } from "./use-lost-answer";

type ActionFormProps = {
  action: (previous: FormState, form: FormData) => Promise<FormState>;
  /** Values that are sent along with the fields. */
  hidden?: Readonly<Record<string, string>>;
  /** The submit button's label. */
  submit: string;
  /** Named fields. After a refusal each shows its error and what was typed. */
  children?: ReactNode;
};

type PlainFormProps = ActionFormProps & {
  /** What to show after a success that does not leave the page. */
  saved?: (values: FormState["values"]) => ReactNode;
  /** Shown below the button. */
  below?: ReactNode;
};

/** A form of the pages before sign-in. */
export function PlainForm({ action, hidden, submit, saved, below, children }: PlainFormProps) {
  const { state, pending, form } = useActionForm(action);
  const faults = useFaults(state.failure);
  return (
    <form {...form} className="grid gap-4">
      <FailureAlert failed={faults.shown} />
      {state.savedAt !== null && saved?.(state.values)}
      <Fields state={state} faults={faults} hidden={hidden}>
        {children}
      </Fields>
      <Button
        type="submit"
        variant="primary"
        size="large"
        pending={pending}
        className={children === undefined ? "w-full" : "mt-2 w-full"}
      >
        {submit}
      </Button>
      {below}
    </form>
  );
}

export type FormReview = {
  refusal: Failure | null;
  /** The refusal is about what the review sent rather than a field of the form, so the review shows it. */
  isAnswer: boolean;
  pending: boolean;
  /** Sends the form again with these fields. */
  onConfirm: (fields: Readonly<Record<string, string>>) => void;
};

type CardFormProps = ActionFormProps & {
  header?: ReactNode;
  /** What the toast says after a success. */
  saved?: string | ((values: FormState["values"]) => string);
  /** Replaces the button, and says who can change the fields. */
  readOnly?: ReactNode;
  /** Renders a dialog that asks about a refusal, and can send the form again with more fields or the password. */
  review?: (form: FormReview) => ReactNode;
  /** Refusals that the review asks about are not shown as errors of the form. */
  isReviewed?: (refusal: Failure) => boolean;
  className?: string;
};

/** A form in a card of a signed-in page. It asks for the password again when the server wants it. */
export function CardForm(props: CardFormProps) {
  const { action, hidden, submit, saved, header, readOnly = false, className = "gap-4", children } = props;
  const { review, isReviewed } = props;
  const { state, pending, form, sendWith, isResent } = useActionForm(action);
  const unsaved = useUnsaved(form.ref, state, pending);
  const faults = useFaults(state.failure);
  const said = typeof saved === "function" ? saved(state.values) : saved;
  useEffect(() => {
    if (state.savedAt !== null && said !== undefined) toast.success(said);
  }, [state.savedAt, said]);
  const { failure } = state;
  const isAsked = failure?.code === "reauthentication_required";
  const isWrong = faultOf(failure?.fields, "password") !== undefined;
  const isReviews = failure !== null && isReviewed?.(failure) === true;
  const isAnswer = isResent && !isReviews && failure !== null && isOutside(failure);
  const asksPassword = (isAsked || isWrong) && !isAnswer;
  return (
    <>
      <form {...form} onInput={unsaved.onInput}>
        <Card>
          {header}
          <CardBody className={`grid ${className}`}>
            <FailureAlert failed={asksPassword || isReviews || isAnswer ? null : faults.shown} />
            <Fields state={state} faults={faults} hidden={hidden}>
              {children}
              {asksPassword && (
                <Field label="Password" name="password" hint="Enter your password to continue">
                  <Input type="password" autoComplete="current-password" />
                </Field>
              )}
            </Fields>
            {unsaved.asked && <NotSaved />}
          </CardBody>
          <CardFooter>
            {readOnly ? (
              <p className="mr-auto text-ink-muted text-sm">{readOnly}</p>
            ) : (
              <Button type="submit" variant="primary" pending={pending}>
                {submit}
              </Button>
            )}
          </CardFooter>
        </Card>
      </form>
      {review?.({ refusal: failure, isAnswer, pending, onConfirm: sendWith })}
    </>
  );
}

/** Scrolls into view, since the link that was pressed may be far away. */
function NotSaved() {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    ref.current?.scrollIntoView({ block: "center" });
  }, []);
  return (
    <Alert ref={ref} role="alert" tone="warning" heading="What you changed is not saved">
      Leave again to discard it, or save it first.
    </Alert>
  );
}

/** Is the refusal neither about a field of the form nor about a conflicting change? */
function isOutside({ code, fields = [] }: Failure): boolean {
  return code !== "conflict" && fields.every(({ field }) => field === "password");
}

function useActionForm(action: ActionFormProps["action"]) {
  const [state, send, pending] = useFormAction(action);
  const ref = useFaultFocus(state.failure);
  const [isResent, setIsResent] = useState(false);
  const sendWith: FormReview["onConfirm"] = (fields) => {
    if (ref.current === null) return;
    const form = new FormData(ref.current);
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    startTransition(() => {
      setIsResent(true);
      send(form);
    });
  };
  const submit = (form: FormData) => {
    setIsResent(false);
    send(form);
  };
  return { state, pending, isResent, sendWith, form: { ref, action: submit, noValidate: true } };
}

type FieldsProps = Pick<ActionFormProps, "hidden" | "children"> & {
  state: FormState;
  faults: ReturnType<typeof useFaults>;
};

function Fields({ state: { values }, faults: { faults, forget }, hidden = {}, children }: FieldsProps) {
  return (
    <FormContext value={{ faults, forget, typed: values }}>
      {Object.entries(hidden).map(([name, value]) => (
        // After a refusal, keep sending the values the person saw: the page may have reloaded newer ones since.
        <input key={name} type="hidden" name={name} value={values[name] ?? value} readOnly />
      ))}
      {children}
    </FormContext>
  );
}

/**
 * Sends a form to its server action. A lost response is shown like any refusal: the input stays, the page reloads its
 * data, and resending the same form is the same request.
 */
function useFormAction(action: (previous: FormState, form: FormData) => Promise<FormState>) {
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
