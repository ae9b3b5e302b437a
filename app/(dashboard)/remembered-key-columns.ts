import { cookies } from "next/headers";
import { keyColumnsCookie, type OptionalKeyColumn, readKeyColumns } from "@/lib/core/keys/key-list-settings";

/** The columns that this browser last added to the table of keys. */
export async function rememberedKeyColumns(): Promise<readonly OptionalKeyColumn[]> {
  return readKeyColumns((await cookies()).get(keyColumnsCookie)?.value ?? "");
}
