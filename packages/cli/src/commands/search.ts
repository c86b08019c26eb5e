import { defineCommand } from "../framework/command.ts"
import { didYouMean } from "../framework/nearest.ts"
import { reach, registryOptions } from "../registry/reach.ts"
import { readIndex } from "../registry/source.ts"
import { showItems, summarize } from "../registry/summary.ts"
import { findConfig } from "../state/config.ts"

export const command = defineCommand({
  name: "search",
  usage: "<word...> [options]",
  args: { min: 1, max: Number.POSITIVE_INFINITY },
  options: registryOptions,
  examples: ["stackdock search wordpress", "stackdock search dns"],
  async run({ args, flags, cwd, out }) {
    const config = findConfig(cwd)
    const { registry } = reach(flags, { cwd, dir: config?.dir ?? cwd, config })
    const index = await readIndex(await registry())
    const words = args.map((word) => word.toLowerCase())
    const found = index.items.filter((item) => {
      const { title, provider, tables, hosts } = item.meta.stackdock
      const text = [item.name, item.title, item.description, title, provider, tables, hosts]
        .flat()
        .join(" ")
        .toLowerCase()
      return words.every((word) => text.includes(word))
    })
    const items = summarize(found, cwd)
    out.json(items)
    if (items.length > 0) showItems(items, out)
    else {
      out.print(`Nothing is about ${args.join(" ")}.`)
      const near = didYouMean(
        args[0] ?? "",
        index.items.map((item) => item.name),
      )
      if (near) out.note(near)
    }
    return 0
  },
})
