"use client";

import Link from "next/link";
import { FailureAlert } from "@/components/forms/failure-alert";
import { useFaultFocus } from "@/components/forms/use-fault-focus";
import { useFormAction } from "@/components/forms/use-form-action";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { signIn } from "@/lib/actions/session";
import { typedEmail } from "./typed-email";

/** A submit before the page's script has loaded is kept by React and replayed afterwards. */
export function SignInForm({ next }: { next: string | null }) {
  const [state, send, pending] = useFormAction(signIn);
  const form = useFaultFocus(state.failure);
  return (
    <form ref={form} action={send} noValidate className="grid gap-4">
      <FailureAlert failed={state.failure} />
      {next !== null && <input type="hidden" name="next" value={next} />}
      <Field label="Email">
        <Input
          name="email"
          type="email"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          defaultValue={state.values.email}
          onChange={(event) => {
            typedEmail.now = event.target.value;
          }}
          autoFocus
        />
      </Field>
      <Field label="Password">
        <Input name="password" type="password" autoComplete="current-password" />
      </Field>
      <Button type="submit" variant="primary" size="large" pending={pending} className="mt-2 w-full">
        Sign in
      </Button>
      <p className="text-center text-sm">
        <Link
          href="/forgot-password"
          className="font-medium text-accent-ink underline-offset-4 hover:underline"
        >
          Forgot your password?
        </Link>
      </p>
    </form>
  );
}
