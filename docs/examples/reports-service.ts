// A complete service behind Latchkey: it only answers holders of a key with `reports:read`. LATCHKEY_URL is Latchkey's
// address, LATCHKEY_KEY a secret key of the organization with the role key_verifier.
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
    const { key_id, organization_id, namespace } = verificationOf(request);
    // The key decides whose reports these are, never the request.
    response.setHeader("Content-Type", "application/json");
    response.end(JSON.stringify({ reports: [], for: { key_id, organization_id, namespace } }));
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
