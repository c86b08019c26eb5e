import { join } from "node:path"
import { folder, stackdock } from "./command.ts"

/** A small registry: two docks over shared code, with tests of their own. The shared items need each other in a circle. */
const sources: Readonly<Record<string, string>> = {
  "src/core/dock.ts": 'import type { Row } from "../schema/row.ts"\nexport type AnyDock = { rows: Row[] }\n',
  "src/schema/row.ts":
    'import type { AnyDock } from "../core/dock.ts"\nexport type Row = { dock: AnyDock }\n',
  "src/engine/stackdock.ts": "export const createStackdock = (config: unknown) => config\n",
  "src/security/key-file.ts": "export const keyFileVault = (path: string) => path\n",
  "src/stores/embedded.ts": "export const embeddedStore = (path: string) => path\n",
  "src/contract/kit.ts": "export const kit = 1\n",
  "src/docks/acme/index.ts":
    'import type { AnyDock } from "../../core/dock.ts"\nexport const acme: AnyDock = { rows: [] }\n',
  "src/docks/acme/acme.contract.test.ts": 'import { kit } from "../../contract/kit.ts"\nkit\n',
  "src/docks/acme/recordings/list.json": '{ "ok": true }\n',
  "src/docks/globex/index.ts":
    'import type { AnyDock } from "../../core/dock.ts"\nexport const globex: AnyDock = { rows: [] }\n',
}

export interface Item {
  name: string
  type: string
  title?: string
  description?: string
  dependencies?: string[]
  devDependencies?: string[]
  registryDependencies?: string[]
  files: { path: string; type: string; target: string }[]
  meta: { stackdock: Record<string, unknown> }
}

function item(
  name: string,
  paths: readonly string[],
  rest: Partial<Item> = {},
  meta: Record<string, unknown> = {},
): Item {
  const targets = paths.map((path) =>
    path
      .replace("src/", "~/src/stackdock/")
      .replace("security/", "security/node/")
      .replace("stores/", "stores/sql/node/"),
  )
  return {
    name,
    type: "registry:item",
    ...rest,
    files: paths.map((path, index) => ({ path, type: "registry:file", target: targets[index] ?? "" })),
    meta: {
      stackdock: {
        kind: "provider" in meta ? "dock" : "shared",
        version: "1.0.0",
        ...meta,
        tests: targets.filter((target) => /test|recordings|contract/.test(target)),
      },
    },
  }
}

export function acmeItems(): Item[] {
  return [
    item("schema", ["src/schema/row.ts"], { registryDependencies: ["core"] }),
    item("core", ["src/core/dock.ts"], { registryDependencies: ["schema"], dependencies: ["zod@^4.6.7"] }),
    item("engine", ["src/engine/stackdock.ts"], { registryDependencies: ["core"] }),
    item("security", ["src/security/key-file.ts"], { devDependencies: ["@types/node@^20.19.0"] }),
    item("store-sql", ["src/stores/embedded.ts"], { dependencies: ["kysely@^0.28.18"] }),
    item("contract", ["src/contract/kit.ts"], { devDependencies: ["msw@^2.9.0", "vitest@^4.1.12"] }),
    item(
      "acme",
      [
        "src/docks/acme/index.ts",
        "src/docks/acme/acme.contract.test.ts",
        "src/docks/acme/recordings/list.json",
      ],
      {
        title: "Acme",
        description: "Servers of Acme",
        registryDependencies: ["core", "contract"],
        dependencies: ["zod@^4.6.7"],
        devDependencies: ["vitest@^4.1.12"],
      },
      {
        provider: "acme",
        hosts: ["api.acme.example"],
        tables: ["servers"],
        credentials: {
          type: "object",
          properties: { apiKey: { type: "string", writeOnly: true }, baseUrl: { type: "string" } },
          required: ["apiKey"],
        },
      },
    ),
    item(
      "globex",
      ["src/docks/globex/index.ts"],
      { title: "Globex", registryDependencies: ["core"] },
      { provider: "globex" },
    ),
  ]
}

/** The sources of a registry, ready for `stackdock build`. */
export function acmeSources(
  items: readonly unknown[] = acmeItems(),
  files: Readonly<Record<string, string>> = {},
): string {
  const registry = {
    $schema: "https://ui.shadcn.com/schema/registry.json",
    name: "acme",
    homepage: "https://acme.example",
    items,
  }
  return folder({ ...sources, ...files, "registry.json": JSON.stringify(registry) })
}

/** A built registry, as a folder. */
export async function acmeRegistry(
  items = acmeItems(),
  files: Readonly<Record<string, string>> = {},
): Promise<string> {
  const dir = acmeSources(items, files)
  const built = await stackdock(["build"], { cwd: dir })
  if (built.code !== 0) throw new Error(built.stderr)
  return join(dir, "r")
}
