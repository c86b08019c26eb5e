/** Listens to single keys while there is a terminal. Gives what to call when they are not wanted any more. */
export function listenToKeys(keys: Readonly<Record<string, () => void>>): (() => void) | undefined {
  const { stdin } = process
  if (!stdin.isTTY) return undefined
  const hear = (chunk: Buffer) => {
    for (const key of chunk.toString()) {
      // In this mode the terminal leaves even Ctrl+C to the program.
      if (key === "\u0003") process.kill(process.pid, "SIGINT")
      else keys[key.toLowerCase()]?.()
    }
  }
  stdin.setRawMode(true)
  stdin.on("data", hear)
  stdin.resume()
  return () => {
    stdin.off("data", hear)
    stdin.setRawMode(false)
    stdin.pause()
  }
}
