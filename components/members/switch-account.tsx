"use client";

import { useState } from "react";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { signOut } from "@/lib/actions/session";
import { readDoorRefusal } from "@/lib/core/door-refusal";

/** For people signed in with a different email than the invited one. */
export function SwitchAccount({ email, invited }: { email: string; invited: string }) {
  const [pending, setPending] = useState(false);
  const [failed, setFailed] = useState<string | null>(null);
  const leave = async () => {
    setPending(true);
    const ended = await signOut().catch(readDoorRefusal);
    // Load a new document to drop the router's cache of visited pages.
    if (ended?.ok || ended?.code === "signed_out") return window.location.reload();
    setPending(false);
    setFailed(ended?.detail ?? "Try again.");
  };
  return (
    <div className="grid gap-4">
      <Alert>
        You are signed in as {email}, but this invitation is for {invited}. Sign out, then accept it.
      </Alert>
      {failed !== null && (
        <Alert role="alert" tone="danger">
          You could not be signed out. {failed}
        </Alert>
      )}
      <Button size="large" pending={pending} onClick={() => void leave()} className="w-full">
        Sign out
      </Button>
    </div>
  );
}
