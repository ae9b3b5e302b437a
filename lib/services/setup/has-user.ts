import { database } from "@/lib/db/client";

/** Was the installation set up? */
export async function hasUser(): Promise<boolean> {
  return (await database().user.findFirst({ select: { id: true } })) !== null;
}
