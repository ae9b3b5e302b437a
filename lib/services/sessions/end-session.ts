import { database } from "@/lib/db/client";

/** From here on the cookie that names this session is worth nothing. Ending it twice is no fault. */
export async function endSession(sessionId: string): Promise<void> {
  await database().session.deleteMany({ where: { id: sessionId } });
}
