import next from "next";
import type { Env } from "@/lib/env";
import { firstOwner } from "@/lib/server/first-owner";
import type { Dashboard } from "@/lib/server/run-server";
import { runServer } from "@/lib/server/run-server";

// A full node. One process, one port: the fast lane, then the API, then Next.
runServer(openDashboard);

async function openDashboard(env: Env): Promise<Dashboard> {
  const setupAddress = await firstOwner(env);
  const development = process.env.NODE_ENV === "development";
  const pages = next({ dev: development, dir: process.cwd(), hostname: env.host, port: env.port });
  await pages.prepare();
  const answer = pages.getRequestHandler();
  return {
    answer: (request, response) => void answer(request, response),
    upgrade: development ? pages.getUpgradeHandler() : null,
    notice: setupAddress === null ? null : `Set up your organization, once, at: ${setupAddress}`,
    close: () => pages.close(),
  };
}
