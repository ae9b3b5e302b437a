import { runServer } from "@/lib/server/run-server";

// A verifying node: the same fast lane and the same API, and no dashboard.
runServer(null);
