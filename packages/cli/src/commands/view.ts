import { defineCommand } from "../framework/command.ts"
import type { Output } from "../framework/output.ts"
import { reach, registryOptions } from "../registry/reach.ts"
import type { PublishedItem } from "../registry/schema.ts"
import { readItem, unknownItem } from "../registry/source.ts"
import { findConfig } from "../state/config.ts"

export const command = defineCommand({
  name: "view",
  usage: "<item> [options]",
  args: { min: 1, max: 1 },
  options: registryOptions,
  examples: ["stackdock view gridpane", "stackdock view gridpane --json"],
  async run({ args: [text = ""], flags, cwd, out }) {
    const config = findConfig(cwd)
    const { registries, reference } = reach(flags, { cwd, dir: config?.dir ?? cwd, config })
    const { origin, name, version } = reference(text)
    const registry = await registries.at(origin)
    const item = await readItem(registry, name, version)
    if (!item) throw await unknownItem(registry, name, version)
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
    ["links to", meta.links],
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
