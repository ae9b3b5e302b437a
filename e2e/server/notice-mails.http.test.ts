import { expect, test } from "vitest";
import { database } from "@/lib/db/client";
import { happen, tellAll } from "../support/data/tell";
import { createTestKey } from "../support/data/test-key";
import { createTestOrganization } from "../support/data/test-organization";
import { createInstallation } from "../support/database/installation";
import { freePort } from "../support/processes/free-port";
import { mailThrough, startMailServer } from "../support/processes/mail-server";
import { startServer } from "../support/processes/server-process";

test("[L17] SIGKILL while the mail server has a notice's mail and has not answered: it comes again, once", async () => {
  const installation = await createInstallation();
  const taken: string[] = [];
  let isHanging = true;
  const mailServer = await startMailServer({
    onData: (stream, _session, done) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        taken.push(bodyOf(Buffer.concat(chunks).toString("utf8")));
        if (!isHanging) done();
      });
    },
  });
  await installation.withDatabase(async () => {
    mailThrough(mailServer.url);
    const organization = await createTestOrganization();
    const { id } = await createTestKey(organization);
    await happen(organization.id, "key.revoked", { reason: "leaked", urls: [] }, [{ id, name: "Billing" }]);
    // A minute ago, so its mail is due.
    await tellAll(new Date(Date.now() - 60_000));
  });
  const variables = { ...installation.variables, SMTP_URL: mailServer.url, SMTP_FROM: "keys@example.com" };
  const port = await freePort();
  const killed = await startServer(variables, port);
  await expect.poll(() => taken.length).toBe(1);
  await killed.kill();
  isHanging = false;
  // As five minutes later, when the claim of the dead node is over.
  const over = { data: { claimedUntil: new Date() } };
  await installation.withDatabase(() => database().noticeMail.updateMany(over));

  const server = await startServer(variables, port);
  await expect.poll(() => taken.length).toBe(2);
  await server.stop();
  expect(taken[0]).toContain("Billing");
  expect(taken[1]).toBe(taken[0]);
  await installation.withDatabase(async () => {
    // Nothing waits any more, and the dashboard has it still.
    const mails = await database().noticeMail.findMany({ select: { since: true, claimedUntil: true } });
    expect(mails).toEqual([{ since: null, claimedUntil: null }]);
    expect(await database().noticeItem.count()).toBe(1);
  });
  await mailServer.close();
  await installation.remove();
});

/** The readable parts of a mail, without the boundaries, which differ each time. */
function bodyOf(mail: string): string {
  const boundary = /boundary="([^"]+)"/.exec(mail)?.[1] ?? "";
  return mail.slice(mail.indexOf("\r\n\r\n")).replaceAll(boundary, "");
}
