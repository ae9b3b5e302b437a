// A complete service behind Latchkey: it only answers holders of a key with `reports:read`, and its subject says whose
// reports they get. LATCHKEY_URL is Latchkey's address, LATCHKEY_KEY a secret key of the organization with the role
// key_verifier.
import { createServer } from "node:http";
import { createLatchkey, verificationOf } from "@latchkey/client";
import { requireKey } from "@latchkey/client/node";

const latchkey = createLatchkey({
  url: process.env.LATCHKEY_URL ?? "http://localhost:3000",
  key: process.env.LATCHKEY_KEY ?? "",
});
const mayReadReports = requireKey(latchkey, { permissions: ["reports:read"] });

const server = createServer((request, response) => {
  mayReadReports(request, response, () => {
    // The key decides whose reports these are, never the request.
    const { subject, metadata } = verificationOf(request);
    response.statusCode = subject === null ? 403 : 200;
    response.setHeader("Content-Type", "application/json");
    const reports = { reports: [], customer: subject, plan: metadata?.plan ?? "free" };
    response.end(JSON.stringify(subject === null ? { error: "This key belongs to no customer." } : reports));
  });
});
server.listen(Number(process.env.PORT ?? 4000), () => {
  const address = server.address();
  process.stdout.write(`listening on ${typeof address === "object" ? address?.port : address}\n`);
});

process.once("SIGTERM", () => {
  server.close(() => void latchkey.close());
  server.closeIdleConnections();
});
