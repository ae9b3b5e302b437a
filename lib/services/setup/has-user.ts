import { database } from "@/lib/db/client";

/** Whether the installation is set up. */
export async function hasUser(): Promise<boolean> {
  return (await database().user.findFirst({ select: { id: true } })) !== null;
}
