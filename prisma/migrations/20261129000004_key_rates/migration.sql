-- What keys with a limit of their own have taken of it, so that a restart gives nobody their quota again.
-- CreateTable
CREATE TABLE "key_rates" (
    "key_id" TEXT NOT NULL,
    "requests" INTEGER NOT NULL,
    "seconds" INTEGER NOT NULL,
    "restored_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "key_rates_pkey" PRIMARY KEY ("key_id")
);

-- What follows is what Prisma's schema language cannot say.

-- Rows are written again and again: with room on their pages, and no index on what changes, that stays cheap.
ALTER TABLE "key_rates" SET (fillfactor = 50);
