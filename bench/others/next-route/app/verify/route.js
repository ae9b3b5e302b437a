import { createHmac, timingSafeEqual } from "node:crypto";
import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "../../../../../lib/db/generated/client";

// The first version anybody would write: a route handler, a query by the id in the token, a comparison.
const prisma = new PrismaClient({
  adapter: new PrismaPg({ connectionString: process.env.DATABASE_URL, max: 20 }),
});
const pepper = Buffer.from(process.env.PEPPER ?? "", "base64");

export async function POST(request) {
  const { key: token } = await request.json();
  const key = await prisma.apiKey.findUnique({
    where: { id: token.slice(6, 22) },
    include: { secrets: true, roles: true, organization: true },
  });
  const hash = createHmac("sha256", pepper).update(token).digest();
  const valid =
    key !== null &&
    key.revokedAt === null &&
    (key.expiresAt === null || key.expiresAt > new Date()) &&
    key.secrets.some((secret) => timingSafeEqual(hash, secret.hash));
  if (!valid) return Response.json({ valid: false }, { status: 401 });
  const { id, name, type, accessLevel, organizationId, expiresAt } = key;
  const roles = key.roles.map((role) => role.builtInRoleId);
  return Response.json({ valid, id, name, type, accessLevel, organizationId, roles, expiresAt });
}
