import { runProcess } from "@/lib/server/workers/run-process";

// A verifying node: the same fast lane and API, without the dashboard.
runProcess(import.meta.filename, async () => {
  const { runServer } = await import("@/lib/server/run-server");
  runServer(null);
});
