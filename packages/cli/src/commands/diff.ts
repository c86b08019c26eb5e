import { defineCommand } from "../framework/command.ts"
import type { Output } from "../framework/output.ts"
import { type ItemDiff, readDiff, type SideDiff } from "../plan/diff.ts"
import { openProject } from "../plan/open-project.ts"
import { reach, registryOptions } from "../registry/reach.ts"
import { requireConfig } from "../state/config.ts"
import { checkInstalled, readLock } from "../state/lock.ts"

export const command = defineCommand({
  name: "diff",
  usage: "[item...] [options]",
  args: { min: 0, max: Number.POSITIVE_INFINITY },
  options: {
    mine: { type: "boolean", summary: "Only your edits" },
    upstream: { type: "boolean", summary: "Only what changed in the registry" },
    offline: registryOptions.offline,
  },
  examples: ["stackdock diff", "stackdock diff gridpane --mine"],
  async run({ args, flags, cwd, out }) {
    const config = requireConfig(cwd)
    const { project } = await openProject(cwd, out)
    const { lock } = readLock(project.dir)
    checkInstalled(lock, args)
    const names = args.length > 0 ? [...new Set(args)] : Object.keys(lock.items).sort()
    const isBoth = flags.mine === flags.upstream
    const mine = isBoth || flags.mine
    const upstream = isBoth || flags.upstream
    const { registries } = reach({ registry: undefined, ...flags }, { cwd, dir: project.dir, config })
    const items = await readDiff(project, lock, { names, mine, upstream, registries })
    out.json({ items: items.map(report) })
    for (const item of items) {
      const { name, version, latest } = item
      const range = latest === null || latest === version ? version : `${version} → ${latest}`
      if (item.mine.length > 0) show(`Your edits of ${name} ${version}`, item.mine, out)
      if (item.upstream.length > 0) show(`Upstream changes of ${name} ${range}`, item.upstream, out)
    }
    const unasked = items.filter(({ reason }) => reason !== null)
    if (unasked.length > 0) {
      out.warn(
        `Not compared with upstream: ${unasked.map(({ name }) => name).join(", ")}. ${unasked[0]?.reason}`,
      )
    }
    const isSame = items.every((item) => item.mine.length + item.upstream.length === 0)
    if (isSame) out.note(`${out.noteStyle.tick} No difference`)
    return 0
  },
})

function report({ mine, upstream, ...item }: ItemDiff) {
  const side = ({ lines, ...rest }: SideDiff) => ({
    ...rest,
    diff: lines.length > 0 ? `${lines.join("\n")}\n` : null,
  })
  return { ...item, mine: mine.map(side), upstream: upstream.map(side) }
}

function show(title: string, sides: readonly SideDiff[], out: Output): void {
  const { style } = out
  const paint = (line: string) =>
    line.startsWith("+") ? style.green(line) : line.startsWith("-") ? style.red(line) : line
  out.print(style.bold(title))
  out.print()
  for (const { path, renamedTo, change, lines, reason } of sides) {
    const place = renamedTo ?? path
    if (lines.length === 0) {
      const what = renamedTo === null ? change : `${change} to ${renamedTo}`
      out.print(`${path}: ${reason === null ? what : `${what}; ${reason}`}`)
      continue
    }
    out.print(style.bold(`--- ${change === "added" ? "/dev/null" : `a/${path}`}`))
    out.print(style.bold(`+++ b/${place}`))
    for (const line of lines) out.print(line.startsWith("@@") ? style.cyan(line) : paint(line))
  }
  out.print()
}
