import { defineCommand } from "../framework/command.ts"
import type { Output } from "../framework/output.ts"
import type { PublishedItem } from "../registry/schema.ts"
import { openRegistry, readItem, unknownItem } from "../registry/source.ts"

const options = {
  registry: { type: "string", value: "<url|dir>", summary: "Another registry than the bundled one" },
} as const

export const command = defineCommand({
  name: "view",
  usage: "<item> [options]",
  args: { min: 1, max: 1 },
  options,
  examples: ["stackdock view gridpane", "stackdock view gridpane --json"],
  async run({ args: [name = ""], flags, cwd, out }) {
    const registry = await openRegistry(flags.registry, cwd)
    const item = await readItem(registry, name)
    if (!item) throw await unknownItem(registry, name)
    out.json(item)
    show(item, out)
    return 0
  },
})

function show(item: PublishedItem, out: Output): void {
  const { style } = out
  const meta = item.meta.stackdock
  out.print(`${style.bold(item.title ?? item.name)}  ${style.dim(`${item.name} ${meta.version}`)}`)
  if (item.description) out.print(item.description)
  out.print()
  const facts: [string, readonly string[] | undefined][] = [
    ["calls", meta.hosts],
    ["fills", meta.tables],
    ["creates", meta.provisions],
    ["asks for", credentialFields(meta.credentials)],
    ["packages", item.dependencies],
    ["needs", item.registryDependencies],
  ]
  const rows = facts.filter(([, values]) => values && values.length > 0)
  out.table(
    [{ title: "" }, { title: "" }],
    rows.map(([name, values]) => [`  ${style.dim(name)}`, values?.join(", ") ?? ""]),
  )
  out.print()
  const isRecording = (target: string) => target.includes("/recordings/")
  for (const { target, content } of item.files.filter((file) => !isRecording(file.target))) {
    out.print(
      `  ${target.replace("~/src/stackdock/", "")}  ${style.dim(`${content.split("\n").length - 1} lines`)}`,
    )
  }
  const recordings = item.files.filter((file) => isRecording(file.target)).length
  if (recordings > 0) out.print(`  ${style.dim(`and ${recordings} recordings`)}`)
}

/** `apiKey (secret)`, `baseUrl (optional)`. */
function credentialFields(schema: PublishedItem["meta"]["stackdock"]["credentials"]): string[] {
  const properties = schema?.["properties"]
  if (typeof properties !== "object" || properties === null) return []
  const required = Array.isArray(schema?.["required"]) ? schema["required"] : []
  return Object.entries(properties).map(([name, field]) => {
    const isSecret =
      typeof field === "object" && field !== null && "writeOnly" in field && field.writeOnly === true
    const notes = [isSecret ? "secret" : "", required.includes(name) ? "" : "optional"].filter(Boolean)
    return notes.length > 0 ? `${name} (${notes.join(", ")})` : name
  })
}
