import { invitableLevels } from "@/lib/core/access/invite-members";
import { levelHolds } from "@/lib/core/access/permission";
import type { Matches } from "@/lib/services/jump/list-matches";
import type { Membership } from "@/lib/services/users/list-memberships";
import { pageKeys } from "../keyboard/page-keys";
import { generatePath, keysPath } from "../keyboard/page-path";
import type { PressedButton } from "../keyboard/press-on-page";
import { organizationHome, organizationPages } from "../navigation/organization-pages";

export type JumpEntry = {
  /** Unique in the menu. */
  readonly id: string;
  readonly group: "Actions" | "Pages" | "Keys" | "Members" | "Applications" | "Roles" | "Organizations";
  readonly text: string;
  readonly detail?: string | undefined;
  readonly keys?: string | undefined;
  readonly path: string;
  /** The button to press once the page has loaded. */
  readonly press?: PressedButton;
};

/** All pages and actions that are open to this person, before filtering by the typed text. */
export function standingEntries(
  current: Membership | undefined,
  memberships: readonly Membership[],
): JumpEntry[] {
  const entries: JumpEntry[] = [];
  if (current !== undefined) entries.push(...actionsIn(current), ...pagesOf(current));
  entries.push(
    page("/account/profile", "Profile", "Account"),
    page("/account/security", "Security", "Account: password"),
    page("/docs", "API documentation"),
    { id: "new organization", group: "Actions", text: "New organization", path: "/new" },
  );
  const others = memberships.filter(({ slug }) => slug !== current?.slug);
  return [
    ...entries,
    ...others.map((one) => ({
      id: `organization ${one.slug}`,
      group: "Organizations" as const,
      text: one.name,
      detail: `/${one.slug}`,
      path: organizationHome(one),
    })),
  ];
}

function actionsIn(current: Membership): JumpEntry[] {
  const { level, keyCreators } = current;
  const generate = generatePath(current);
  const settings = `/${current.slug}/settings`;
  const may = {
    invite: invitableLevels(level, keyCreators).length > 0,
    application: levelHolds(level, "applications:create", keyCreators),
    role: levelHolds(level, "roles:manage", keyCreators),
    webhook: levelHolds(level, "webhooks:manage", keyCreators),
  };
  return [
    ...(generate === undefined ? [] : [action("Generate New Key", generate, "generate", "c")]),
    ...(may.invite ? [action("Invite member", `${settings}/members`, "invite")] : []),
    ...(may.application ? [action("New application", `${settings}/applications`, "new-application")] : []),
    ...(may.role ? [action("Create role", `${settings}/roles`, "create-role")] : []),
    ...(may.webhook ? [action("Add endpoint", `${settings}/webhooks`, "add-endpoint")] : []),
  ];
}

function pagesOf(current: Membership): JumpEntry[] {
  const shortcuts = new Map(Object.entries(pageKeys).map(([key, name]) => [name as string, `g ${key}`]));
  const pages = organizationPages(current)
    .flat()
    .map(({ label, href }) => ({ ...page(href, label), keys: shortcuts.get(label) }));
  const own = keysPath(current);
  const isListed = own === undefined || pages.some(({ path }) => path === own);
  return isListed
    ? pages
    : [{ ...page(own, "API keys", "The keys that you created"), keys: "g k" }, ...pages];
}

const page = (path: string, text: string, detail?: string): JumpEntry => ({
  ...{ id: `page ${path}`, group: "Pages", text, detail, path },
});

const action = (text: string, path: string, press: PressedButton, keys?: string): JumpEntry => ({
  ...{ id: `action ${press}`, group: "Actions", text, path, press, keys },
});

const statusWords = {
  active: undefined,
  rolling: "Rolling",
  paused: "Paused",
  expired: "Expired",
  revoked: "Revoked",
  deleted: "Deleted",
} as const;

/** Entries for what the server found. */
export function matchEntries(current: Membership, found: Matches): JumpEntry[] {
  const settings = `/${current.slug}/settings`;
  const keys = found.token === null ? found.keys : [found.token];
  return [
    ...keys.map(({ id, name, status }) => ({
      ...{ id: `key ${id}`, group: "Keys" as const, text: name, path: keyPath(current, id) },
      detail: [`key_${id}`, statusWords[status]].filter(Boolean).join(" · "),
    })),
    ...found.members.map(({ id, name, email }) => ({
      ...{ id: `member ${id}`, group: "Members" as const, text: name, detail: email },
      path: `${settings}/members?search=${encodeURIComponent(email)}`,
    })),
    ...found.applications.map(({ id, name }) => ({
      ...{ id: `application ${id}`, group: "Applications" as const, text: name },
      path: `${settings}/applications/${id}`,
    })),
    ...found.roles.map(({ id, title }) => ({
      ...{ id: `role ${id}`, group: "Roles" as const, text: id, detail: title },
      path: `${settings}/roles?search=${encodeURIComponent(id)}`,
    })),
  ];
}

/** The path of the key list with this key's details open, for keys of any status. */
function keyPath(current: Membership, keyId: string): string {
  return `${keysPath(current) ?? ""}?status=all&key=${keyId}`;
}
