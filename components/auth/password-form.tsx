"use client";

import { useEffect } from "react";
import { FailureAlert, fieldFault } from "@/components/forms/failure-alert";
import { NewPasswordField } from "@/components/forms/password/new-password-field";
import { UsernameField } from "@/components/forms/password/username-field";
import { useFaultFocus } from "@/components/forms/use-fault-focus";
import { useFormAction } from "@/components/forms/use-form-action";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardFooter, CardHeader } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/overlay/toast";
import { changePassword } from "@/lib/actions/account";

export function PasswordForm({ email }: { email: string }) {
  const [state, send, pending] = useFormAction(changePassword);
  const form = useFaultFocus(state.failure);
  useEffect(() => {
    if (state.savedAt !== null) toast.success("Password changed. Every other session was ended.");
  }, [state.savedAt]);
  return (
    <form ref={form} action={send} noValidate>
      <Card>
        <CardHeader title="Password" description="Changing it signs you out everywhere but here." />
        <CardBody className="grid gap-4">
          <FailureAlert failed={state.failure} />
          <UsernameField email={email} />
          <Field label="Current password" error={fieldFault(state.failure, "currentPassword")}>
            <Input name="currentPassword" type="password" autoComplete="current-password" />
          </Field>
          <NewPasswordField label="New password" name="newPassword" state={state} />
        </CardBody>
        <CardFooter>
          <Button type="submit" variant="primary" pending={pending}>
            Change password
          </Button>
        </CardFooter>
      </Card>
    </form>
  );
}
