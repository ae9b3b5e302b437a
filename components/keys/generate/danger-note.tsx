import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import type { KeyOptions } from "@/lib/services/keys/read/key-view";
import { chooseExpiration, type Expiration } from "./expiration";
import { draftLevel, draftNamespace, type KeyDraft } from "./key-draft";

type DangerNoteProps = {
  draft: KeyDraft;
  options: KeyOptions;
  expiration: Expiration;
  onChange: (over: Partial<KeyDraft>) => void;
  onExpiration: (expiration: Expiration) => void;
};

const narrower = "resource_manager";
const usualDays = "90";

/** Warns about an Owner key with full access that never expires, with two buttons that fix it. */
export function DangerNote({ draft, options, expiration, onChange, onExpiration }: DangerNoteProps) {
  const namespace = draftNamespace(draft, options);
  const forever = expiration.expiry === null && options.lifetime.maximumLifetimeDays === null;
  const everything = draftLevel(draft, options) === "OWNER" && draft.roles.includes("full_access");
  if (namespace === undefined || !forever || !everything) return null;
  const canNarrow = namespace.levels.includes("ADMIN") && options.roles.some(({ id }) => id === narrower);
  return (
    <Alert tone="warning" role="status" heading="This key could do everything an owner can, forever">
      <p className="text-[0.8125rem] text-ink-muted">
        Whoever finds it owns <bdi>{namespace.name}</bdi> until someone revokes it.
        {canNarrow && ` Creating workspaces and groups needs Admin and ${narrower}.`}
      </p>
      <div className="flex flex-wrap gap-2 pt-2">
        {canNarrow && (
          <Button size="small" onClick={() => onChange({ accessLevel: "ADMIN", roles: [narrower] })}>
            Use Admin and {narrower}
          </Button>
        )}
        <Button size="small" onClick={() => onExpiration(chooseExpiration(usualDays))}>
          Expire in {usualDays} days
        </Button>
      </div>
    </Alert>
  );
}
