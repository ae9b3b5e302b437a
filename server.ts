import { createServer } from "node:http";
import next from "next";
import type { Env } from "@/lib/env";
import { firstOwner } from "@/lib/server/first-owner";
import { openOperatorDoor } from "@/lib/server/operator-door";
import { refuseInternalRequests } from "@/lib/server/refuse-internal-requests";
import type { Dashboard } from "@/lib/server/run-server";
import { runServer } from "@/lib/server/run-server";

// A full node. One process, one port: the fast lane, then the API, then Next.
runServer(openDashboard);

async function openDashboard(env: Env): Promise<Dashboard> {
  const setupAddress = await firstOwner(env);
  const development = process.env.NODE_ENV === "development";
  refuseInternalRequests();
  // Next listens for WebSockets on this one, which never listens to anybody, instead of finding ours.
  const unheard = createServer();
  const own = { dev: development, dir: process.cwd(), httpServer: unheard };
  const pages = next({ ...own, hostname: env.host, port: env.port });
  await pages.prepare();
  const answer = pages.getRequestHandler();
  const closeOperatorDoor = await openOperatorDoor(env);
  return {
    answer: (request, response) => void answer(request, response),
    upgrade: development
      ? (request, socket, head) => {
          // Until the first page was asked for, nobody is there to take it.
          if (!unheard.emit("upgrade", request, socket, head)) socket.destroy();
        }
      : null,
    notice: setupAddress === null ? null : `Set up your organization, once, at: ${setupAddress}`,
    close: async () => {
      closeOperatorDoor();
      await pages.close();
    },
  };
}
