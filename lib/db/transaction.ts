import type { PrismaClient } from "./generated/client";
import type { hiddenColumns } from "./hidden-columns";

export type Database = PrismaClient<never, typeof hiddenColumns>;
export type Transaction = Omit<Database, "$connect" | "$disconnect" | "$on" | "$extends">;
