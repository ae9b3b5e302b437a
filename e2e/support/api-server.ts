import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { handleFastLane } from "@/lib/api/fast-lane";
import { createApiListener } from "@/lib/api/listener";
import { markRequest } from "@/lib/verify/mark-request";

export type ApiServer = {
  readonly url: string;
  readonly port: number;
  readonly close: () => Promise<void>;
};

/**
 * The API's doors on a free port, composed as server.ts does but without the dashboard and in this
 * process, so that a test can set the clock and change the database while it asks over real HTTP.
 */
export async function startApiServer(trustedProxies: readonly string[] = []): Promise<ApiServer> {
  const answerApi = createApiListener();
  const server = createServer((request, response) => {
    markRequest(request, response, trustedProxies);
    if (!handleFastLane(request, response)) void answerApi(request, response);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}
