/** The code samples of the quickstart with this server's URL, ready to paste. A test runs each of them. */
export function quickstartSamples(server: string) {
  const client = `const latchkey = createLatchkey({ url: ${JSON.stringify(server)}, key: process.env.LATCHKEY_KEY ?? "" });`;
  return {
    readKey: `# Paste the secret and press Enter. It is not echoed and stays out of the shell's history.
read -rs LATCHKEY_KEY
export LATCHKEY_KEY`,
    me: `curl -s ${server}/v1/me -H "Authorization: Bearer $LATCHKEY_KEY"`,
    verify: `curl -s ${server}/v1/keys/verify \\
  -H "Authorization: Bearer $LATCHKEY_KEY" -H "Content-Type: application/json" \\
  -d '{"key": "'"$LATCHKEY_KEY"'", "permissions": ["keys:verify"]}'`,
    node: `import { createLatchkey } from "@latchkey/client";

${client}

// The token that a caller sent. Here the service's own, to see it work.
const token = process.env.LATCHKEY_KEY ?? "";
const verdict = await latchkey.verify(token, { permissions: ["keys:verify"] });
console.log(verdict.valid ? \`valid: \${verdict.name}\` : \`refused: \${verdict.code}\`);

await latchkey.close();`,
    middlewares: {
      Express: `import { createLatchkey, verificationOf } from "@latchkey/client";
import { requireKey } from "@latchkey/client/node";
import express from "express";

${client}
const app = express();

app.get("/reports", requireKey(latchkey, { permissions: ["keys:verify"] }), (request, response) => {
  response.json({ customer: verificationOf(request).subject });
});
app.listen(Number(process.env.PORT ?? 4000));`,
      Fastify: `import { createLatchkey, verificationOf } from "@latchkey/client";
import { requireKey } from "@latchkey/client/fastify";
import fastify from "fastify";

${client}
const app = fastify();

app.get("/reports", { onRequest: requireKey(latchkey, { permissions: ["keys:verify"] }) }, async (request) => ({
  customer: verificationOf(request).subject,
}));
await app.listen({ port: Number(process.env.PORT ?? 4000) });`,
      Hono: `import { serve } from "@hono/node-server";
import { createLatchkey } from "@latchkey/client";
import { requireKey } from "@latchkey/client/hono";
import { Hono } from "hono";

${client}
const app = new Hono();

app.use("/reports", requireKey(latchkey, { permissions: ["keys:verify"] }));
app.get("/reports", (context) => context.json({ customer: context.get("latchkey").subject }));
serve({ fetch: app.fetch, port: Number(process.env.PORT ?? 4000) });`,
      "Next.js": `// app/reports/route.ts
import { createLatchkey, verificationOf } from "@latchkey/client";
import { withKey } from "@latchkey/client/next";

${client}

export const GET = withKey(latchkey, { permissions: ["keys:verify"] }, (request) =>
  Response.json({ customer: verificationOf(request).subject }),
);`,
    },
    callReports: `curl -i http://localhost:4000/reports -H "Authorization: Bearer $LATCHKEY_KEY"`,
  } as const;
}
