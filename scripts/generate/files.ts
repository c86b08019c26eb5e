import { z } from "zod"
import { dockSpec } from "../../packages/cli/src/create/spec.ts"
import { publishedItem, sourceRegistry } from "../../packages/cli/src/registry/schema.ts"
import { configFile } from "../../packages/cli/src/state/config.ts"
import { recording } from "../../registry/contract/recording.ts"
import { snakeCase, sqlFor } from "../../registry/schema/ddl.ts"
import { jsonSchemas } from "../../registry/schema/json-schema.ts"
import { generatedDocs } from "./docs.ts"
import { registryJson } from "./registry.ts"

const config = configFile.meta({
  title: "stackdock.json",
  description: "How StackDock is set up in a project.",
})

/** Every file that is derived from another one, by its path in the repository. */
export async function generatedFiles(root: string): Promise<Map<string, string>> {
  const files = new Map<string, string>([
    ["registry.json", registryJson(root)],
    ...(await generatedDocs(root)),
    ["schemas/stackdock.json", schema(config, "input")],
    ["schemas/registry.json", schema(sourceRegistry, "input")],
    ["schemas/registry-item.json", schema(publishedItem, "input")],
    ["schemas/recording.json", schema(recording, "input")],
    ["schemas/dock.json", schema(dockSpec, "input")],
  ])
  for (const [table, content] of Object.entries(jsonSchemas())) {
    files.set(`schemas/tables/${snakeCase(table).replaceAll("_", "-")}.json`, pretty(content))
  }
  for (const dialect of ["sqlite", "postgres"] as const) {
    files.set(`schemas/sql/${dialect}.sql`, `${sqlFor(dialect).join(";\n\n")};\n`)
  }
  return files
}

function schema(type: z.ZodType, io: "input" | "output"): string {
  return pretty(z.toJSONSchema(type, { io }))
}

function pretty(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}
