import { useParams } from "next/navigation";
import { useEffect, useId, useState } from "react";
import { MostUsedKeys } from "@/components/keys/impact/most-used-keys";
import { UseOfKeysFacts } from "@/components/keys/impact/use-of-keys";
import { grouped } from "@/components/ui/grouped";
import { previewRoleChange } from "@/lib/actions/roles";
import type { Permission } from "@/lib/core/access/permission";
import { success } from "@/lib/core/result";
import type { RoleChangePreview as Preview, RoleRow } from "@/lib/services/roles/role-view";
import { PermissionBadges } from "../permission-badges";
import { arePermissions } from "./role-draft";

/** Which keys saving would change, and how. */
export function RoleChangePreview({ preview }: { preview: RolePreviewState }) {
  const id = useId();
  const known = typeof preview === "object" ? preview : null;
  return (
    <section aria-labelledby={id} className="grid gap-1.5">
      <h3 id={id} className="font-medium text-ink text-sm">
        Keys that change
      </h3>
      <div className="rounded-md border bg-subtle">
        <p role="status" className="px-3 py-2 text-ink-muted text-sm">
          {known === null ? words[preview as keyof typeof words] : summary(known)}
        </p>
        {known !== null && known.keys.length > 1 && (
          <div className="border-t bg-surface p-3">
            <UseOfKeysFacts impact={known.use} />
          </div>
        )}
      </div>
      {known !== null && known.keys.length > 0 && (
        <MostUsedKeys total={known.changed} rows={success(known.keys)} more={ChangeOfKey} />
      )}
    </section>
  );
}

const words = {
  unchanged: "The permissions are unchanged: no key changes.",
  faulty: "Shown as soon as every permission can be read.",
  loading: "Checking which keys change…",
  unknown: "The keys that change could not be loaded.",
};

function summary({ liveKeys, changed }: Preview): string {
  if (liveKeys === 0) return "No working key carries this role.";
  const carriers = `working ${liveKeys === 1 ? "key" : "keys"} with this role`;
  if (changed === 0)
    return liveKeys === 1 ? `The ${carriers} stays as it is.` : `The ${carriers} stay as they are.`;
  if (liveKeys === 1) return `The only ${carriers} changes on its next call.`;
  if (changed === liveKeys) return `All ${grouped(liveKeys)} ${carriers} change on their next call.`;
  const change = changed === 1 ? "changes on its" : "change on their";
  return `${grouped(changed)} of ${grouped(liveKeys)} ${carriers} ${change} next call.`;
}

function ChangeOfKey({ name, gains, losses }: Preview["keys"][number]) {
  return (
    <>
      <Change word="Gains" of={name} permissions={gains} />
      <Change word="Loses" of={name} permissions={losses} struck />
    </>
  );
}

type ChangeProps = { word: string; of: string; permissions: readonly string[]; struck?: boolean };

function Change({ word, of, permissions, struck = false }: ChangeProps) {
  if (permissions.length === 0) return null;
  return (
    <div className="grid grid-cols-[3rem_1fr] items-baseline gap-2">
      <span className="text-ink-muted text-xs">{word}</span>
      <PermissionBadges label={`${of}: ${word.toLowerCase()}`} permissions={permissions} struck={struck} />
    </div>
  );
}

const pauseMs = 300;

type Content = { readonly permissions: readonly Permission[]; readonly publishable: boolean };

/** `unchanged`: no key would change. `faulty`: the draft is invalid. `unknown`: no response. */
type RolePreviewState = "unchanged" | "faulty" | "loading" | "unknown" | Preview;

/** Which keys saving the current draft would change. Reloads shortly after each edit. */
export function useRolePreview(role: RoleRow, content: Content): RolePreviewState {
  const { organization } = useParams<{ organization: string }>();
  const [answer, setAnswer] = useState<{ to: string; preview: Preview | "unknown" } | null>(null);
  const question = questionOf(content);
  const unchanged = question === questionOf({ ...role, permissions: [...role.permissions].sort() });
  const asked = !unchanged && arePermissions(content.permissions);

  useEffect(() => {
    if (!asked) return;
    let current = true;
    const ask = async () => {
      const input = { roleId: role.id, ...(JSON.parse(question) as PreviewQuestion) };
      const result = await previewRoleChange(organization, input).catch(() => null);
      if (current) setAnswer({ to: question, preview: result?.ok ? result.value : "unknown" });
    };
    const timer = setTimeout(ask, pauseMs);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [asked, question, organization, role.id]);

  if (unchanged) return "unchanged";
  if (!asked) return "faulty";
  return answer?.to === question ? answer.preview : "loading";
}

type PreviewQuestion = { permissions: Permission[]; publishable: boolean };

/** A string, because every render creates new arrays. */
function questionOf({ permissions, publishable }: Content): string {
  return JSON.stringify({ permissions, publishable });
}
