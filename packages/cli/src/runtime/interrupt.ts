/** The first Ctrl-C cancels and lets the work end cleanly; the second one kills. */
export function cancelOnInterrupt(onInterrupt: () => void): { signal: AbortSignal; stop(): void } {
  const controller = new AbortController()
  const stop = () => {
    process.removeListener("SIGINT", interrupt)
    process.removeListener("SIGTERM", interrupt)
  }
  const interrupt = () => {
    // Without a listener the next signal does what it does by itself.
    stop()
    onInterrupt()
    controller.abort()
  }
  process.on("SIGINT", interrupt)
  process.on("SIGTERM", interrupt)
  return { signal: controller.signal, stop }
}
