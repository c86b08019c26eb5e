import { readdirSync, readFileSync } from "node:fs"
import { join, posix, relative } from "node:path"
import { importsOf, runningImportsOf } from "../project/imports.ts"
import { shelvedImport } from "../registry/shadcn.ts"

/** What each room of `registry/` may lean on. Tests may lean on anything but another dock. */
const ARROWS: Record<string, readonly string[]> = {
  schema: [],
  core: ["schema"],
  engine: ["core", "schema"],
  security: ["core", "engine/ports"],
  stores: ["schema", "engine/ports", "engine/row-query", "engine/row-changes", "engine/sync-interval"],
  convex: ["core", "schema", "engine", "security", "stores/convex"],
  docks: ["core", "schema"],
  contract: ["core", "schema", "engine", "security/env", "security/keyset", "stores/memory"],
  server: ["core", "schema", "engine"],
  auth: ["core", "schema", "engine", "server", "stores/sql"],
  // What runs in a browser takes along what it imports, and the engine is no part of a page.
  ui: ["engine/permissions"],
  bindings: ["ui/data"],
  components: [],
  lib: [],
}

/** What they may know the types of, which are gone when the code runs. */
const TYPES: Record<string, readonly string[]> = {
  stores: ["engine/reading", "engine/read-ports"],
  ui: ["core", "schema", "engine"],
  bindings: ["core", "schema", "engine", "server", "convex"],
}

const COMPONENTS = [
  "radix-ui",
  "class-variance-authority",
  "lucide-react",
  "react",
  "cmdk",
  "sonner",
  "recharts",
]

/** npm packages a room may import, outside its tests. */
const PACKAGES: Record<string, readonly string[]> = {
  schema: ["zod"],
  core: ["zod"],
  engine: ["zod"],
  security: ["zod"],
  stores: ["zod", "libsql", "convex"],
  convex: ["convex", "@convex-dev/workpool", "@convex-dev/rate-limiter"],
  docks: ["zod"],
  contract: ["zod", "msw", "vitest"],
  server: ["hono", "@hono/node-server", "zod"],
  auth: ["better-auth", "hono", "zod"],
  ui: [
    ...["react", "react-dom", "lucide-react", "recharts", "sonner", "cmdk", "class-variance-authority"],
    ...[
      "@tanstack/react-query",
      "@tanstack/react-router",
      "@tanstack/react-table",
      "@tanstack/react-virtual",
    ],
  ],
  bindings: ["hono", "convex"],
  components: COMPONENTS,
  lib: ["clsx", "tailwind-merge"],
}

/** The rooms whose files stand wherever a project has them, so that they are found by `@/` and not by a way. */
const SHELVED = ["components", "lib", "hooks"]

interface Violation {
  file: string
  specifier: string
  why: string
}

export function arrowViolations(root: string): Violation[] {
  const files = readdirSync(join(root, "registry"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
    .filter((file) => !file.includes("/node_modules/"))
  return files.flatMap((file) => violationsOf(file, readFileSync(join(root, file), "utf8")))
}

export function violationsOf(file: string, source: string): Violation[] {
  const room = file.split("/")[1] ?? ""
  const isTest = /\.(test|suite|fixture)\.tsx?$/.test(file)
  const running = new Set(runningImportsOf(source))
  const problems: Violation[] = []
  for (const specifier of importsOf(source)) {
    const why = specifier.startsWith("@/")
      ? wrongShelf(room, specifier)
      : specifier.startsWith(".")
        ? wrongArrow(file, specifier, { isTest, isType: !running.has(specifier) })
        : wrongPackage(file, room, specifier, isTest)
    if (why) problems.push({ file, specifier, why })
  }
  return problems
}

function wrongShelf(room: string, specifier: string): string | undefined {
  if (shelvedImport(specifier) === undefined)
    return "of @/ only components/ui, lib and hooks are in every project"
  return room === "ui" || SHELVED.includes(room) ? undefined : `${room}/ has no components`
}

function wrongArrow(
  file: string,
  specifier: string,
  { isTest, isType }: { isTest: boolean; isType: boolean },
): string | undefined {
  const room = file.split("/")[1] ?? ""
  if (!/\.(tsx?|json|css)$/.test(specifier)) return "relative imports name the file, with its .ts"
  const target = posix.join(posix.dirname(file), specifier)
  if (!target.startsWith("registry/")) return "leaves registry/"
  const within = target.slice("registry/".length)
  const [targetRoom = "", targetDock] = within.split("/")
  if (room === "docks" && targetRoom === "docks") {
    const ownDock = file.split("/")[2]
    return file === "registry/docks/index.ts" || ownDock === targetDock
      ? undefined
      : "a dock knows no other dock"
  }
  if (SHELVED.includes(targetRoom)) return "components are imported by @/, wherever the project has them"
  if (targetRoom === room || isTest) return undefined
  const allowed = ARROWS[room]
  if (!allowed) return `no arrows are written down for ${room}/`
  const types = TYPES[room] ?? []
  const isAllowed = (arrow: string) => within.startsWith(`${arrow}/`) || within === `${arrow}.ts`
  if (allowed.some(isAllowed) || (isType && types.some(isAllowed))) return undefined
  if (types.some(isAllowed)) return `${room}/ may know only the types of that: import type`
  return `${room}/ may lean on ${[...allowed, ...types].join(", ") || "nothing"}`
}

function wrongPackage(file: string, room: string, specifier: string, isTest: boolean): string | undefined {
  if (isTest) return undefined
  if (specifier.startsWith("node:")) {
    return file.split("/").includes("node") ? undefined : "node:* only in a folder named node"
  }
  const name = specifier.startsWith("@")
    ? specifier.split("/").slice(0, 2).join("/")
    : specifier.split("/")[0]
  return PACKAGES[room]?.includes(name ?? "") ? undefined : `${room}/ may not import the package ${name}`
}
