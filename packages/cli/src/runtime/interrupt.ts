import type { Output } from "../framework/output.ts"

/** The first Ctrl-C cancels and lets the work end cleanly; the second one kills. */
export function cancelOnInterrupt(out: Output): { signal: AbortSignal; stop(): void } {
  const controller = new AbortController()
  const interrupt = () => {
    // Without a listener the next signal does what it does by itself.
    process.removeListener("SIGINT", interrupt)
    process.removeListener("SIGTERM", interrupt)
    out.note("Stopping … press Ctrl-C again to kill.")
    controller.abort()
  }
  process.on("SIGINT", interrupt)
  process.on("SIGTERM", interrupt)
  return {
    signal: controller.signal,
    stop() {
      process.removeListener("SIGINT", interrupt)
      process.removeListener("SIGTERM", interrupt)
    },
  }
}
