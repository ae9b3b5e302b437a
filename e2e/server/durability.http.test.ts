import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { expect, test } from "vitest";
import { database } from "@/lib/db/client";
import { createPeople } from "../support/browser/people";
import { createInstallation } from "../support/database/installation";

const rounds = 6;

test("SIGKILL in a loop: nothing acknowledged is lost, nothing revoked comes back", async () => {
  const installation = await createInstallation();
  await installation.withDatabase(createPeople);
  const made = new Set<string>();
  const revoked = new Set<string>();

  for (let round = 0; round < rounds; round++) {
    const child = spawn(process.execPath, ["--import", "tsx", "e2e/support/processes/key-maker.ts"], {
      env: { ...process.env, ...installation.variables },
      stdio: ["ignore", "pipe", "inherit"],
    });
    const killed = once(child, "close");
    const before = made.size;
    // A different moment each round, from right after the first key to well into the work.
    const enough = before + 1 + round * 7;
    for await (const line of createInterface({ input: child.stdout })) {
      const [what, id = ""] = line.split(" ");
      if (what === "made") made.add(id);
      if (what === "revoked") revoked.add(id);
      if (made.size === enough) child.kill("SIGKILL");
    }
    await killed;
    expect(made.size).toBeGreaterThan(before);

    const kept = await installation.withDatabase(() =>
      database().apiKey.findMany({ select: { id: true, revokedAt: true, secrets: true, roles: true } }),
    );
    const byId = new Map(kept.map((key) => [key.id, key]));
    for (const id of made) {
      expect(byId.get(id)?.secrets, `made ${id}`).toHaveLength(1);
      expect(byId.get(id)?.roles).toHaveLength(1);
    }
    for (const id of revoked) expect(byId.get(id)?.revokedAt, `revoked ${id}`).not.toBeNull();
  }
  await installation.remove();
});
