import { headers } from "next/headers";
import { redirect } from "next/navigation";
import type { UserActor } from "@/lib/services/access/context";
import { currentUser } from "./current-user";
import { safeNextPath } from "./safe-next-path";

/** For pages: the person who is signed in. Whoever is not is sent to sign in, and from there back here. */
export async function requireUser(): Promise<UserActor> {
  const user = await currentUser();
  if (user !== null) return user;
  // proxy.ts writes the path, over whatever a client sends under this name.
  const path = safeNextPath((await headers()).get("x-latchkey-path"));
  redirect(path === null || path === "/" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(path)}`);
}
