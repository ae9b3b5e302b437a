import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { DialogFooter, DialogNotice } from "@/components/ui/overlay/dialog";

/** Asks once before something that is shown once is gone. */
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

/** The end of a dialog that shows a secret. Done becomes the main button when nothing is left to copy. */
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
