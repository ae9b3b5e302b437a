import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { DialogFooter, DialogNotice } from "@/components/ui/overlay/dialog";

/** Warns that a value shown only once has not been copied, when the person tries to leave. */
export function NotCopied({ what, asked }: { what: "secret" | "link"; asked: boolean }) {
  return (
    <DialogNotice>
      {asked && (
        <Alert role="alert" tone="danger" heading={`The ${what} has not been copied`}>
          It cannot be shown again. Copy it now, or press Done again to leave without it.
        </Alert>
      )}
    </DialogNotice>
  );
}

type SecretEndProps = { asked: boolean; toCopy: boolean; onLeave: () => void };

/** The footer of a dialog that shows a secret. Done becomes the main button once everything is copied. */
export function SecretEnd({ asked, toCopy, onLeave }: SecretEndProps) {
  return (
    <>
      <NotCopied what="secret" asked={asked} />
      <DialogFooter>
        {toCopy && <p className="mr-auto text-ink-muted text-xs">Not copied yet</p>}
        <Button variant={toCopy ? "secondary" : "primary"} onClick={onLeave}>
          Done
        </Button>
      </DialogFooter>
    </>
  );
}
