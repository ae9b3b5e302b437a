// Loaded into a server that a test started (--import): SIGUSR2 ends its threads, as if they had crashed.
process.on("worker", (worker) => process.on("SIGUSR2", () => worker.terminate()));
