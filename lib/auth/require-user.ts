import { headers } from "next/headers";
import { redirect } from "next/navigation";
import type { UserActor } from "@/lib/services/access/context";
import { currentUser } from "./current-user";
import { safeNextPath } from "./safe-next-path";

/** For pages: the signed-in person. Redirects to sign-in if nobody is signed in, and back to the page afterwards. */
export async function requireUser(): Promise<UserActor> {
  const user = await currentUser();
  if (user !== null) return user;
  // proxy.ts sets this header, and overwrites one sent by a client.
  const path = safeNextPath((await headers()).get("x-latchkey-path"));
  redirect(path === null || path === "/" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(path)}`);
}
