"use client";

import { useParams } from "next/navigation";
import { useEffect, useState } from "react";
import { previewRoleChange } from "@/lib/actions/roles";
import type { Permission } from "@/lib/core/access/permission";
import type { RoleChangePreview, RoleRow } from "@/lib/services/roles/role-view";
import { arePermissions } from "./role-draft";

const pauseMs = 300;

type Content = { readonly permissions: readonly Permission[]; readonly publishable: boolean };

/** `unchanged`: no key would change. `faulty`: the draft is invalid. `unknown`: no response. */
export type RolePreviewState = "unchanged" | "faulty" | "loading" | "unknown" | RoleChangePreview;

/** Which keys saving the current draft would change. Reloads shortly after each edit. */
export function useRolePreview(role: RoleRow, content: Content): RolePreviewState {
  const { organization } = useParams<{ organization: string }>();
  const [answer, setAnswer] = useState<{ to: string; preview: RoleChangePreview | "unknown" } | null>(null);
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

/** A string, since every render creates a new array. */
function questionOf({ permissions, publishable }: Content): string {
  return JSON.stringify({ permissions, publishable });
}
