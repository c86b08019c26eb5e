import { defineCommand } from "../framework/command.ts"
import { usageError } from "../framework/error.ts"

export const command = defineCommand({
  name: "mcp",
  usage: "[options]",
  args: { min: 0, max: 0 },
  options: {},
  examples: ["claude mcp add stackdock -- npx stackdock mcp", "stackdock mcp --cwd ./packages/api"],
  async run({ cwd, out }) {
    if (process.stdin.isTTY) {
      throw usageError(
        "mcp speaks the Model Context Protocol over stdin and stdout, which is for coding agents and not for a terminal.",
        "Name it to your agent: npx stackdock mcp",
      )
    }
    const [{ serveStdio }, { createServer }, { version }] = await Promise.all([
      import("@modelcontextprotocol/server/stdio"),
      import("../mcp/server.ts"),
      import("../../package.json", { with: { type: "json" } }).then((read) => read.default),
    ])
    const { close } = serveStdio(() => createServer(version, cwd), {
      onerror: (error) => out.note(`mcp: ${error.message}`),
    })
    await new Promise<void>((resolve) => process.stdin.once("end", resolve))
    await close()
    return 0
  },
})
