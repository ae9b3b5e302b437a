import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { database } from "@/lib/db/client";
import { makeResetLink } from "@/lib/services/password-reset/make-reset-link";
import { hashLinkToken, randomLinkToken } from "@/lib/token/link-token";
import { startServer } from "../support/processes/server-process";
import { type SeededServer, startSeededServer } from "../support/seeded/seeded-server";
import { keyShots } from "./key-shots";
import { docsShots, pageShots } from "./page-shots";
import { peopleShots } from "./people-shots";
import { renameAll } from "./rename-all";
import { type Shot, visit } from "./shot";

export type Theme = "light" | "dark" | "forced-colors";

/** A separate server, with the shots to take there. */
export type World = {
  /** The folder of its pictures. */
  readonly name: string;
  readonly shots: readonly Shot[];
  readonly widths: readonly number[];
  readonly themes: readonly Theme[];
  readonly start: () => Promise<SeededServer>;
};

const signedIn = [...pageShots, ...keyShots, ...peopleShots];
const all = [...signedIn, ...docsShots];
const byKeys = all.filter((shot) => shot.byKeys);
const both = ["light", "dark"] as const;
const widths = [1440, 768, 390];

export const worlds: readonly World[] = [
  { name: "60-keys", shots: all, widths, themes: both, start: () => startSeededServer(60) },
  { name: "1-key", shots: byKeys, widths, themes: both, start: () => startSeededServer(1) },
  {
    name: "2000-keys",
    shots: byKeys,
    widths,
    themes: both,
    start: () => startSeededServer(2_000, giveToBen),
  },
  {
    name: "long-names",
    shots: signedIn,
    widths: [1440, 390],
    themes: ["light"],
    start: () => startSeededServer(60, () => renameAll("long")),
  },
  {
    name: "right-to-left",
    shots: signedIn,
    widths: [1440, 390],
    themes: ["dark"],
    start: () => startSeededServer(60, () => renameAll("right-to-left")),
  },
  {
    name: "forced-colors",
    shots: all,
    widths: [1440, 390],
    themes: ["forced-colors"],
    start: () => startSeededServer(60),
  },
  { name: "links", shots: linkShots(), widths, themes: both, start: () => startSeededServer(1, makeLinks) },
  {
    name: "new-server",
    shots: [{ name: "setup", isPublic: true, open: (page, at) => page.goto(at.url).then(() => undefined) }],
    widths,
    themes: both,
    start: startEmptyServer,
  },
];

let paths: Readonly<Record<string, string>> = {};

/** The pages behind links that people are sent. */
function linkShots(): Shot[] {
  return ["invitation", "set-password", "reset-password"].map((name) => ({
    name,
    isPublic: true,
    open: (page, at) => visit(paths[name] ?? "")(page, at),
  }));
}

/** Gives keys to Ben, for a long removal dialog. The seed's keys belong to the last owner, who cannot be removed. */
async function giveToBen(): Promise<void> {
  const { id } = await database().user.findFirstOrThrow({ where: { email: "ben@example.com" } });
  await database().apiKey.updateMany({
    where: { revokedAt: null, deletedAt: null, namespaceType: "organization", accessLevel: { not: "OWNER" } },
    data: { creatorId: id, liveCreatorId: id },
  });
}

async function makeLinks(): Promise<void> {
  const { id: organizationId } = await database().organization.findFirstOrThrow();
  const ana = await database().user.findFirstOrThrow({ where: { email: "ana@example.com" } });
  const made = { createdAt: new Date(), expiresAt: new Date(Date.now() + 7 * 86_400_000), organizationId };
  const [invitation, setPassword] = [randomLinkToken(), randomLinkToken()];
  await database().invitation.create({
    data: {
      ...{ ...made, email: "dana@example.com", accessLevel: "ADMIN", invitedById: ana.id },
      tokenHash: hashLinkToken(invitation),
    },
  });
  const { id: userId } = await database().user.create({
    data: { name: "Eli Novak", email: "eli@example.com", createdAt: made.createdAt },
  });
  await database().member.create({
    data: { organizationId, userId, accessLevel: "MEMBER", createdAt: made.createdAt },
  });
  await database().passwordLink.create({ data: { ...made, userId, tokenHash: hashLinkToken(setPassword) } });
  const reset = await makeResetLink(ana.id, true, made.createdAt);
  paths = {
    invitation: `/invite/${invitation}`,
    "set-password": `/set-password/${setPassword}`,
    "reset-password": new URL(reset.link).pathname,
  };
}

/** Starts a server without accounts. Its URL is that of the setup. */
async function startEmptyServer(): Promise<SeededServer> {
  const dataDir = mkdtempSync(join(realpathSync(tmpdir()), "latchkey-empty-"));
  const server = await startServer({ DATA_DIR: dataDir });
  return {
    url: server.setupUrl(),
    organization: "",
    signIn: async () => undefined,
    stop: async () => {
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
