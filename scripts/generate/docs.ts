import { readFileSync } from "node:fs"
import { join } from "node:path"
import { commandGroups } from "../../packages/cli/src/commands/index.ts"
import { commandHelp } from "../../packages/cli/src/framework/help.ts"
import { styleFor } from "../../packages/cli/src/framework/style.ts"
import { columnsOf } from "../../registry/schema/columns.ts"
import { resourceTables } from "../../registry/schema/index.ts"

/** The parts of `docs/` that are told by the code: between `<!-- name -->` and `<!-- /name -->`. */
export async function generatedDocs(root: string): Promise<[path: string, content: string][]> {
  const commands = await commandReference()
  return [
    ["docs/cli.md", filled(root, "docs/cli.md", "commands", commands)],
    ["docs/schema.md", filled(root, "docs/schema.md", "tables", tableReference())],
  ]
}

function filled(root: string, path: string, name: string, content: string): string {
  const text = readFileSync(join(root, path), "utf8")
  const [before, rest] = text.split(`<!-- ${name} -->`)
  const after = rest?.split(`<!-- /${name} -->`)[1]
  if (before === undefined || after === undefined) throw new Error(`${path} has no place for ${name}.`)
  return `${before}<!-- ${name} -->\n\n${content}\n\n<!-- /${name} -->${after}`
}

async function commandReference(): Promise<string> {
  const plain = styleFor({ isTTY: false }, {})
  const entries = commandGroups.flatMap((group) => Object.values(group.commands))
  const parts = await Promise.all(
    entries.map(async ({ load, summary }) => {
      const { command } = await load()
      return `### ${command.name}\n\n\`\`\`text\n${commandHelp(command, summary, plain).trimEnd()}\n\`\`\``
    }),
  )
  return parts.join("\n\n")
}

function tableReference(): string {
  return Object.values(resourceTables)
    .map((table) => {
      const own = columnsOf(table)
        .filter(({ name }) => Object.hasOwn(table.own, name))
        .map(({ name, kind }) => `\`${name}\` ${kind}`)
        .join(", ")
      const statuses = table.statuses.map((word) => `\`${word}\``).join(" ")
      return `### ${table.name}\n\n${table.description}\n\n- Status: ${statuses}\n- Columns: ${own}`
    })
    .join("\n\n")
}
