import { readFileSync } from "node:fs"
import { join } from "node:path"
import { commandGroups } from "../../packages/cli/src/commands/index.ts"
import { commandHelp } from "../../packages/cli/src/framework/help.ts"
import { styleFor } from "../../packages/cli/src/framework/style.ts"
import { areas, type Grants, standardRoles } from "../../registry/engine/permissions.ts"
import { operatorFunctions, organizationFunctions } from "../../registry/engine/public-functions.ts"
import { columnsOf } from "../../registry/schema/columns.ts"
import { resourceTables } from "../../registry/schema/index.ts"
import { coverage } from "./coverage.ts"
import { markdownTable } from "./markdown-table.ts"

/** The parts of `docs/` that are told by the code: between `<!-- name -->` and `<!-- /name -->`. */
export async function generatedDocs(root: string): Promise<[path: string, content: string][]> {
  const commands = await commandReference()
  return [
    ["docs/cli.md", filled(root, "docs/cli.md", "commands", commands)],
    ["docs/schema.md", filled(root, "docs/schema.md", "tables", tableReference())],
    ["docs/rbac.md", permissionReference(root)],
    ["docs/coverage.md", coverage()],
  ]
}

function filled(root: string, path: string, name: string, content: string): string {
  return filledText(readFileSync(join(root, path), "utf8"), path, name, content)
}

function filledText(text: string, path: string, name: string, content: string): string {
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

function permissionReference(root: string): string {
  const path = "docs/rbac.md"
  const roles = Object.entries(standardRoles).map(([role, grants]: [string, Grants]) => [
    `\`${role}\``,
    ...areas.map((area) => grants[area] ?? "–"),
  ])
  const functions = Object.entries({ ...organizationFunctions, ...operatorFunctions }).map(
    ([name, { needs }]) => [
      `\`${name}\``,
      typeof needs === "string" ? `\`${needs}\`` : `${levelOf(name)}, in the table's area`,
    ],
  )
  const withRoles = filled(root, path, "roles", markdownTable(["Role", ...areas], roles))
  return filledText(withRoles, path, "functions", markdownTable(["Function", "Permission"], functions))
}

/** The provider's own answers say more than the rows that were made of them. */
function levelOf(name: string): string {
  return name === "resourceData" ? "`full`" : "`read`"
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
