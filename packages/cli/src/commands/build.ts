import { dirname, relative, resolve } from "node:path"
import { defineCommand } from "../framework/command.ts"
import { usageError } from "../framework/error.ts"
import type { Output } from "../framework/output.ts"
import { type BuildResult, RegistryBuild } from "../registry/build.ts"
import { checkAddress } from "../registry/http.ts"
import { watchRegistry } from "../registry/watch.ts"
import { cancelOnInterrupt } from "../runtime/interrupt.ts"

const options = {
  input: { type: "string", value: "<file>", summary: "The registry's sources (registry.json)" },
  output: { type: "string", value: "<dir>", summary: "Where the built items go (r)" },
  url: {
    type: "string",
    value: "<url>",
    summary: "Where they will be served, so that shadcn can add them too",
  },
  strict: { type: "boolean", summary: "Fail when there is a warning" },
  watch: { type: "boolean", summary: "Build again whenever a file changes" },
} as const

const MOST_SHOWN = 20

export const command = defineCommand({
  name: "build",
  usage: "[options]",
  args: { min: 0, max: 0 },
  options,
  examples: [
    "stackdock build",
    "stackdock build --input registry.json --output public/r --url https://acme.example/r",
    "stackdock build --watch",
  ],
  async run({ flags, cwd, out }) {
    if (flags.watch && out.isJson)
      throw usageError("--watch never ends, so --json would have no one document.")
    if (flags.url !== undefined) checkAddress(flags.url)
    const input = resolve(cwd, flags.input ?? "registry.json")
    const output = resolve(cwd, flags.output ?? "r")
    const url = flags.url?.replace(/\/$/, "")
    const build = new RegistryBuild({ input, output, url, strict: flags.strict })
    const result = await build.all()
    const where = relative(cwd, output) || "."
    showFindings(result, out)
    out.note(
      `${out.noteStyle.tick} Built ${result.items} ${result.items === 1 ? "item" : "items"} into ${where} ${out.noteStyle.dim(`(${result.written.length} files changed)`)}`,
    )
    out.json({ output, ...result })
    if (flags.watch) await watch(build, dirname(input), out)
    return 0
  },
})

async function watch(build: RegistryBuild, folder: string, out: Output): Promise<void> {
  const { noteStyle: style } = out
  const { signal } = cancelOnInterrupt(() => out.note())
  const report: Parameters<typeof watchRegistry>[2] = ({ paths, took, ...outcome }) => {
    if ("error" in outcome) {
      const { error } = outcome
      return out.warn(error instanceof Error ? error.message : String(error))
    }
    const { written, warnings } = outcome.result
    const names = written
      .filter((name) => name !== "registry.json")
      .map((name) => name.replace(/\.json$/, ""))
    const what = names.length > 0 ? names.join(", ") : [...paths].join(", ")
    for (const { message } of warnings.filter(({ item }) => names.includes(item))) out.warn(message)
    out.note(`${style.tick} Built ${what} ${style.dim(`in ${took.toFixed(0)} ms`)}`)
  }
  const ended = watchRegistry(build, folder, report, signal)
  // Said when it is true: whoever waits for it may change a file at once.
  out.note(style.dim("  watching; Ctrl+C ends it"))
  await ended
}

function showFindings({ added, warnings }: BuildResult, out: Output): void {
  const { noteStyle: style } = out
  const byItem = new Map<string, string[]>()
  for (const { item, dependency } of added) byItem.set(item, [...(byItem.get(item) ?? []), dependency])
  for (const [item, found] of [...byItem].slice(0, MOST_SHOWN)) {
    out.note(`${style.dim("+")} ${item} imports ${found.join(", ")}, which is added to what it needs`)
  }
  for (const { item, message } of warnings.slice(0, MOST_SHOWN)) out.warn(`${item}: ${message}`)
  if (warnings.length > MOST_SHOWN) out.warn(`and ${warnings.length - MOST_SHOWN} more; --json has them all`)
}
