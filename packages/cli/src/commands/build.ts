import { relative, resolve } from "node:path"
import { defineCommand } from "../framework/command.ts"
import { buildRegistry } from "../registry/build.ts"

const options = {
  input: { type: "string", value: "<file>", summary: "The registry's sources (registry.json)" },
  output: { type: "string", value: "<dir>", summary: "Where the built items go (r)" },
} as const

export const command = defineCommand({
  name: "build",
  usage: "[options]",
  args: { min: 0, max: 0 },
  options,
  examples: ["stackdock build", "stackdock build --input registry.json --output public/r"],
  async run({ flags, cwd, out }) {
    const output = resolve(cwd, flags.output ?? "r")
    const result = await buildRegistry(resolve(cwd, flags.input ?? "registry.json"), output)
    const where = relative(cwd, output) || "."
    out.note(
      `${out.noteStyle.tick} Built ${result.items} items into ${where} ${out.noteStyle.dim(`(${result.written.length} files changed)`)}`,
    )
    out.json({ output, ...result })
    return 0
  },
})
