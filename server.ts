import { createServer } from "node:http";
import type { Env } from "@/lib/env";
import type { Dashboard } from "@/lib/server/run-server";
import { runProcess } from "@/lib/server/workers/run-process";

// A full node. One process, one port: the fast lane, then the API, then Next. A process that only keeps workers loads
// nothing of it, so the rest is imported where it is needed.
runProcess(import.meta.filename, async () => {
  const { runServer } = await import("@/lib/server/run-server");
  runServer(openDashboard);
});

async function openDashboard(env: Env, isFirst: boolean): Promise<Dashboard> {
  const { default: next } = await import("next");
  const { answerBuiltFiles } = await import("@/lib/server/answer-built-files");
  const { firstOwner } = await import("@/lib/server/first-owner");
  const { openOperatorDoor } = await import("@/lib/server/operator-door");
  const { refuseInternalRequests } = await import("@/lib/server/refuse-internal-requests");
  const { withFormats } = await import("@/lib/server/with-formats");

  const setupAddress = isFirst ? await firstOwner(env) : null;
  const development = process.env.NODE_ENV === "development";
  refuseInternalRequests();
  // Next attaches its WebSocket handler to this server, which never listens. Otherwise it would attach it to ours.
  const unheard = createServer();
  const own = { dev: development, dir: process.cwd(), httpServer: unheard };
  const pages = next({ ...own, hostname: env.host, port: env.port });
  await pages.prepare();
  const answerPages = pages.getRequestHandler();
  const answerBuiltFile = development ? () => false : answerBuiltFiles(`${process.cwd()}/.next/static`);
  const closeOperatorDoor = await openOperatorDoor(env);
  return {
    answer: (request, response) => {
      if (answerBuiltFile(request, response)) return;
      withFormats(request, () => void answerPages(request, response));
    },
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
