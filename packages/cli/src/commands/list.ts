import { defineCommand } from "../framework/command.ts"
import { reach, registryOptions } from "../registry/reach.ts"
import { readIndex } from "../registry/source.ts"
import { showItems, summarize } from "../registry/summary.ts"
import { findConfig } from "../state/config.ts"

export const command = defineCommand({
  name: "list",
  usage: "[options]",
  args: { min: 0, max: 0 },
  options: registryOptions,
  examples: ["stackdock list", "stackdock list --json"],
  async run({ flags, cwd, out }) {
    const config = findConfig(cwd)
    const { registry } = reach(flags, { cwd, dir: config?.dir ?? cwd, config })
    const index = await readIndex(await registry())
    const items = summarize(index.items, cwd)
    out.json(items)
    showItems(items, out)
    return 0
  },
})
