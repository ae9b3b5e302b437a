import { cookies } from "next/headers";
import {
  keyColumnsCookie,
  keyDensityCookie,
  readKeyColumns,
  readKeyDensity,
} from "@/lib/core/keys/key-list-settings";

/** How this browser last chose to see the table of keys: the columns it added, and the height of rows. */
export async function rememberedKeyTable() {
  const jar = await cookies();
  return {
    columns: readKeyColumns(jar.get(keyColumnsCookie)?.value ?? ""),
    density: readKeyDensity(jar.get(keyDensityCookie)?.value ?? ""),
  };
}
