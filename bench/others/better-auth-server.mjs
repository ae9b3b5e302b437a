// A service that checks keys with Better Auth's API-key plugin, over bare node:http.
import { randomBytes } from "node:crypto";
import { createServer } from "node:http";
import { apiKey } from "@better-auth/api-key";
import { betterAuth } from "better-auth";
import { getMigrations } from "better-auth/db/migration";
import pg from "pg";

const keys = Number(process.env.KEYS);
const permissions = { workspaces: ["read"] };
const options = {
  database: new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 20 }),
  secret: randomBytes(32).toString("hex"),
  baseURL: `http://127.0.0.1:${process.env.PORT}`,
  emailAndPassword: { enabled: true },
  telemetry: { enabled: false },
  // The default limit is ten requests a day.
  plugins: [apiKey({ rateLimit: { enabled: false } })],
};
await (await getMigrations(options)).runMigrations();
const auth = betterAuth(options);
const { user } = await auth.api.signUpEmail({
  body: { name: "Ana", email: "ana@example.com", password: randomBytes(12).toString("hex") },
});
const tokens = [];
while (tokens.length < keys) {
  const { key } = await auth.api.createApiKey({ body: { userId: user.id, name: "Service", permissions } });
  tokens.push(key);
}

createServer((request, response) => {
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", async () => {
    const answer = request.method === "POST" ? await verify(JSON.parse(Buffer.concat(chunks))) : { tokens };
    response.writeHead(200, { "Content-Type": "application/json" });
    response.end(JSON.stringify(answer));
  });
}).listen(Number(process.env.PORT), "127.0.0.1");

async function verify({ key }) {
  return auth.api.verifyApiKey({ body: { key, permissions } });
}
