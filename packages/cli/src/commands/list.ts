import { defineCommand } from "../framework/command.ts"
import { openRegistry, readIndex } from "../registry/source.ts"
import { showItems, summarize } from "../registry/summary.ts"

const options = {
  registry: { type: "string", value: "<url|dir>", summary: "Another registry than the bundled one" },
} as const

export const command = defineCommand({
  name: "list",
  usage: "[options]",
  args: { min: 0, max: 0 },
  options,
  examples: ["stackdock list", "stackdock list --json"],
  async run({ flags, cwd, out }) {
    const index = await readIndex(await openRegistry(flags.registry, cwd))
    const items = summarize(index.items, cwd)
    out.json(items)
    showItems(items, out)
    return 0
  },
})
