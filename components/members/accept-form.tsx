"use client";

import { FailureAlert } from "@/components/forms/failure-alert";
import { useFormAction } from "@/components/forms/use-form-action";
import { Button } from "@/components/ui/button";
import { acceptInvitation } from "@/lib/actions/invitation";

/** For people signed in with the invited email. */
export function AcceptForm({ token }: { token: string }) {
  const [state, send, pending] = useFormAction(acceptInvitation);
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
