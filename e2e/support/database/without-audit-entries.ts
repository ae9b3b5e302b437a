import { database } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { log } from "@/lib/log";

/** Runs the work while the database refuses every audit entry, or those of one organization. */
export async function withoutAuditEntries<T>(work: () => Promise<T>, organizationId?: string): Promise<T> {
  const which =
    organizationId === undefined
      ? Prisma.empty
      : Prisma.raw(`WHEN (NEW.organization_id = '${organizationId}')`);
  await database().$executeRaw`
    CREATE OR REPLACE FUNCTION refuse_audit_entry() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'no audit entry can be written'; END $$`;
  await database().$executeRaw`
    CREATE TRIGGER refuse_audit_entry BEFORE INSERT ON audit_entries
    FOR EACH ROW ${which} EXECUTE FUNCTION refuse_audit_entry()`;
  const { level } = log();
  log().level = "silent";
  try {
    return await work();
  } finally {
    log().level = level;
    await database().$executeRaw`DROP TRIGGER refuse_audit_entry ON audit_entries`;
  }
}
