import { readdirSync, readFileSync } from "node:fs"
import { join, posix, relative } from "node:path"
import { importsOf } from "../project/imports.ts"

/** What each room of `registry/` may lean on. Tests may lean on anything but another dock. */
const ARROWS: Record<string, readonly string[]> = {
  schema: [],
  core: ["schema"],
  engine: ["core", "schema"],
  security: ["core", "engine/ports"],
  stores: ["schema", "engine/ports"],
  convex: ["core", "schema", "engine", "security", "stores/convex"],
  docks: ["core", "schema"],
  contract: ["core", "schema", "engine", "security/env", "security/keyset", "stores/memory"],
}

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
}

interface Violation {
  file: string
  specifier: string
  why: string
}

export function arrowViolations(root: string): Violation[] {
  const files = readdirSync(join(root, "registry"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
    .filter((file) => !file.includes("/node_modules/"))
  return files.flatMap((file) => violationsOf(file, readFileSync(join(root, file), "utf8")))
}

export function violationsOf(file: string, source: string): Violation[] {
  const room = file.split("/")[1] ?? ""
  const isTest = /\.(test|suite|fixture)\.ts$/.test(file)
  const problems: Violation[] = []
  for (const specifier of importsOf(source)) {
    const why = specifier.startsWith(".")
      ? wrongArrow(file, room, specifier, isTest)
      : wrongPackage(file, room, specifier, isTest)
    if (why) problems.push({ file, specifier, why })
  }
  return problems
}

function wrongArrow(file: string, room: string, specifier: string, isTest: boolean): string | undefined {
  if (!/\.(ts|json)$/.test(specifier)) return "relative imports name the file, with its .ts"
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
  if (targetRoom === room || isTest) return undefined
  const allowed = ARROWS[room]
  if (!allowed) return `no arrows are written down for ${room}/`
  return allowed.some((arrow) => within.startsWith(`${arrow}/`) || within === `${arrow}.ts`)
    ? undefined
    : `${room}/ may lean on ${allowed.join(", ") || "nothing"}`
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
