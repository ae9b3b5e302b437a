import { Prisma } from "./generated/client";

/** Did a statement of Prisma's fail because another row has the value already? */
export function isUniqueViolation(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002";
}
