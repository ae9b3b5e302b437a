import { cookies } from "next/headers";
import {
  keyColumnsCookie,
  keyDensityCookie,
  readKeyColumns,
  readKeyDensity,
} from "@/lib/core/keys/key-list-settings";

/** This browser's last choices for the table of keys: added columns and row height. */
export async function rememberedKeyTable() {
  const jar = await cookies();
  return {
    columns: readKeyColumns(jar.get(keyColumnsCookie)?.value ?? ""),
    density: readKeyDensity(jar.get(keyDensityCookie)?.value ?? ""),
  };
}
