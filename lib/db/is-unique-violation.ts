import { Prisma } from "./generated/client";

/** Did a Prisma statement fail because another row already has the value? */
export function isUniqueViolation(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002";
}
