"use client";

import { useActionState } from "react";
import { FailureAlert } from "@/components/forms/failure-alert";
import { Button } from "@/components/ui/button";
import { freshForm } from "@/lib/actions/form-state";
import { acceptInvitation } from "@/lib/actions/invitation";

/** For who is signed in with the email that was invited. */
export function AcceptForm({ token }: { token: string }) {
  const [state, send, pending] = useActionState(acceptInvitation, freshForm);
  return (
    <form action={send} className="grid gap-4">
      <FailureAlert failed={state.failure} />
      <input type="hidden" name="token" value={token} />
      <Button type="submit" variant="primary" size="large" pending={pending} className="w-full">
        Join
      </Button>
    </form>
  );
}
