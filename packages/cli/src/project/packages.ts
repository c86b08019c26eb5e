import { join } from "node:path"
import { textStyle } from "./code-style.ts"
import type { Project } from "./detect.ts"
import { isObject, readObject } from "./files.ts"
import type { Packages } from "./manifest.ts"
import { lowest, sameLine, satisfies } from "./versions.ts"

export interface PackagePlan {
  /** To be written into package.json. */
  readonly dependencies: Packages
  readonly devDependencies: Packages
  /** Of those, the ones that are there with a lower version of the same line. */
  readonly raised: readonly { name: string; from: string; to: string }[]
  /** There in a version that does not fit: a person must decide. */
  readonly conflicts: readonly { name: string; present: string; wanted: string }[]
}

/** What package.json lacks of the packages that copied source imports. */
export async function missingPackages(
  project: Project,
  dependencies: Packages,
  devDependencies: Packages,
): Promise<PackagePlan> {
  const { manifest } = project
  const atRunTime = { ...manifest.optionalDependencies, ...manifest.dependencies }
  const anywhere = { ...manifest.devDependencies, ...atRunTime }
  const raised: { name: string; from: string; to: string }[] = []
  const conflicts: { name: string; present: string; wanted: string }[] = []

  const lacking = async (wantedPackages: Packages, there: Packages) => {
    const missing: Record<string, string> = {}
    for (const [name, wanted] of Object.entries(wantedPackages)) {
      const present = anywhere[name]
      const state = present === undefined ? "missing" : await compare(project, name, present, wanted)
      if (state === "conflict") conflicts.push({ name, present: present ?? "", wanted })
      if (state === "raise") raised.push({ name, from: present ?? "", to: wanted })
      if (state === "missing" || state === "raise") missing[name] = wanted
      // A package that the code needs at run time must survive an install without development packages.
      if (state === "fits" && present !== undefined && !Object.hasOwn(there, name)) missing[name] = present
    }
    return missing
  }
  return {
    dependencies: await lacking(dependencies, atRunTime),
    devDependencies: await lacking(devDependencies, anywhere),
    raised,
    conflicts,
  }
}

async function compare(
  project: Project,
  name: string,
  present: string,
  wanted: string,
): Promise<"fits" | "raise" | "conflict"> {
  const declared = lowest(present)
  // `latest`, `workspace:*`, `catalog:`, a git address: only what is installed tells the version.
  if (!declared) {
    const installed = await installedVersion(project, name)
    return installed === undefined || satisfies(installed, wanted) ? "fits" : "conflict"
  }
  if (satisfies(declared, wanted)) return "fits"
  const isRange = /^[\^~>]|[x*]/.test(present)
  return isRange && sameLine(declared, wanted) ? "raise" : "conflict"
}

async function installedVersion(project: Project, name: string): Promise<string | undefined> {
  for (const dir of [project.dir, ...(project.workspace ? [project.workspace.dir] : [])]) {
    const version = (await readObject(join(dir, "node_modules", name, "package.json")))?.["version"]
    if (typeof version === "string") return version
  }
  return undefined
}

/** package.json with those packages: only the lists that change are rewritten, in the file's own indentation. */
export function editPackageJson(
  text: string,
  change: { dependencies?: Packages; devDependencies?: Packages },
): string {
  const dependencies = change.dependencies ?? {}
  const devDependencies = change.devDependencies ?? {}
  const withDependencies = mergeList(text, "dependencies", dependencies)
  const withoutMoved = dropFromList(withDependencies, "devDependencies", Object.keys(dependencies))
  // What is among `dependencies` already is raised there.
  const listed = listAt(withoutMoved, "dependencies")?.value ?? {}
  const raised = Object.entries(devDependencies).filter(([name]) => Object.hasOwn(listed, name))
  const added = Object.entries(devDependencies).filter(([name]) => !Object.hasOwn(listed, name))
  return mergeList(
    mergeList(withoutMoved, "dependencies", Object.fromEntries(raised)),
    "devDependencies",
    Object.fromEntries(added),
  )
}

type ListName = "dependencies" | "devDependencies"

function mergeList(text: string, name: ListName, packages: Packages): string {
  if (Object.keys(packages).length === 0) return text
  const list = listAt(text, name)
  if (list) return replaceList(text, list, { ...list.value, ...packages })
  const { indent = "  ", newline = "\n" } = textStyle(text)
  const end = text.lastIndexOf("}")
  const before = text.slice(0, end).trimEnd()
  const entry = `"${name}": ${listText(sorted(packages), indent, newline)}`
  return `${before}${before.endsWith("{") ? "" : ","}${newline}${indent}${entry}${newline}${text.slice(end)}`
}

function dropFromList(text: string, name: ListName, names: readonly string[]): string {
  const list = listAt(text, name)
  if (!list || !names.some((other) => Object.hasOwn(list.value, other))) return text
  const kept = Object.entries(list.value).filter(([other]) => !names.includes(other))
  return replaceList(text, list, Object.fromEntries(kept))
}

interface List {
  start: number
  end: number
  value: Record<string, unknown>
}

function replaceList(text: string, list: List, value: Record<string, unknown>): string {
  const { indent = "  ", newline = "\n" } = textStyle(text)
  const names = Object.keys(list.value)
  const wasSorted = names.every((name, index) => index === 0 || (names[index - 1] ?? "") < name)
  const next = wasSorted ? sorted(value) : value
  return text.slice(0, list.start) + listText(next, indent, newline) + text.slice(list.end)
}

function listText(value: Record<string, unknown>, indent: string, newline: string): string {
  return JSON.stringify(value, null, indent)
    .split("\n")
    .join(newline + indent)
}

function sorted(value: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** Where a list of the outermost object stands in the text. */
function listAt(text: string, name: ListName): List | undefined {
  const token = /"(?:\\.|[^"\\])*"|[{}[\]]/g
  let depth = 0
  let start: number | undefined
  for (const { 0: found, index } of text.matchAll(token)) {
    if (found === "{" || found === "[") depth++
    if (found === "}" || found === "]") {
      depth--
      if (start !== undefined && depth === 1) {
        const value: unknown = JSON.parse(text.slice(start, index + 1))
        return isObject(value) ? { start, end: index + 1, value } : undefined
      }
    }
    const opens =
      depth === 1 && found === `"${name}"` ? /^\s*:\s*(?=\{)/.exec(text.slice(index + found.length)) : null
    if (opens) start = index + found.length + opens[0].length
  }
  return undefined
}
