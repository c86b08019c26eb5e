import { readFileSync, statSync } from "node:fs"
import { isAbsolute, join, resolve } from "node:path"
import { CliError } from "../framework/error.ts"
import { didYouMean } from "../framework/nearest.ts"
import { packaged } from "../packaged.ts"
import { sha256 } from "./hash.ts"
import {
  describeIssues,
  itemName,
  type PublishedItem,
  publishedItem,
  type RegistryIndex,
  registryIndex,
} from "./schema.ts"

/** No single answer of a registry may be larger. */
export const MAX_BYTES = 5 * 1024 * 1024

/** Where items come from. */
export interface Registry {
  /** As the lock file names it: `bundled`, a URL, or a folder. */
  readonly name: string
  /** What the file of that name holds, or undefined when there is none. */
  read(file: string): Promise<string | undefined>
}

export async function openRegistry(location: string | undefined, cwd: string): Promise<Registry> {
  if (location === undefined) return bundled()
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(location)) {
    const { httpRegistry } = await import("./http.ts")
    return httpRegistry(location)
  }
  const folder = isAbsolute(location) ? location : resolve(cwd, location)
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new CliError({
      code: "registry_not_found",
      message: `There is no registry at ${folder}: it is not a folder.`,
      hint: "--registry takes a https:// address or a folder that `stackdock build` made.",
      exitCode: 2,
    })
  }
  return folderRegistry(folder, location)
}

/** The registry that came with this command. */
export function bundled(): Registry {
  return folderRegistry(packaged("registry"), "bundled")
}

function folderRegistry(folder: string, name: string): Registry {
  return {
    name,
    async read(file) {
      const path = join(folder, file)
      const info = statSync(path, { throwIfNoEntry: false })
      if (!info?.isFile()) return undefined
      if (info.size > MAX_BYTES) throw tooLarge(path)
      return readFileSync(path, "utf8")
    },
  }
}

export function tooLarge(what: string): CliError {
  return new CliError({
    code: "registry_too_large",
    message: `${what} is larger than ${MAX_BYTES / 1024 / 1024} MB. No item of a registry is.`,
    hint: "Check the address given with --registry.",
  })
}

export async function readIndex(registry: Registry): Promise<RegistryIndex> {
  const text = await registry.read("registry.json")
  if (text === undefined) {
    throw new CliError({
      code: "registry_not_found",
      message: `The registry ${registry.name} has no registry.json.`,
      hint: "Make one from its sources with `stackdock build`.",
    })
  }
  const parsed = registryIndex.safeParse(parseJson(text, registry, "registry.json"))
  if (!parsed.success) throw malformed(registry, "registry.json", describeIssues(parsed.error))
  return parsed.data
}

/** The item of that name, its contents proven against its hashes; undefined when the registry has none. */
export async function readItem(registry: Registry, name: string): Promise<PublishedItem | undefined> {
  if (!itemName.safeParse(name).success) return undefined
  const file = `${name}.json`
  const text = await registry.read(file)
  if (text === undefined) return undefined
  const parsed = publishedItem.safeParse(parseJson(text, registry, file))
  if (!parsed.success) throw malformed(registry, file, describeIssues(parsed.error))
  const item = parsed.data
  if (item.name !== name) throw malformed(registry, file, [`name: is ${item.name}`])
  checkHashes(item, registry)
  return item
}

export async function unknownItem(registry: Registry, name: string): Promise<CliError> {
  // The names only help to mend a slip; a registry without an index can still tell that the item is not there.
  const index = await readIndex(registry).catch(() => undefined)
  return new CliError({
    code: "unknown_item",
    message: `${registry.name === "bundled" ? "The registry" : `The registry ${registry.name}`} has no item "${name}".`,
    hint:
      didYouMean(name, index?.items.map((item) => item.name) ?? []) ??
      "`npx stackdock list` shows what there is.",
    exitCode: 2,
    details: { item: name },
  })
}

function checkHashes(item: PublishedItem, registry: Registry): void {
  const hashes = item.meta.stackdock.files
  if (hashes === undefined) return
  for (const { target, content } of item.files) {
    const expected = Object.hasOwn(hashes, target) ? hashes[target] : undefined
    if (expected === sha256(content)) continue
    throw new CliError({
      code: "wrong_hash",
      message:
        expected === undefined
          ? `${item.name} of ${registry.name} has no hash for ${target}.`
          : `${target} of ${item.name} from ${registry.name} is not the file that was published: its hash differs.`,
      hint: "Nothing was written. Try again later, or tell whoever publishes the registry.",
      details: { item: item.name, target },
    })
  }
}

function parseJson(text: string, registry: Registry, file: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    const html = /^\s*</.test(text)
    throw malformed(registry, file, [html ? "it is HTML, not JSON" : "it is not JSON"])
  }
}

function malformed(registry: Registry, file: string, problems: readonly string[]): CliError {
  const shown = problems.slice(0, 5).map((problem) => `\n    ${problem}`)
  const more = problems.length > 5 ? `\n    and ${problems.length - 5} more` : ""
  return new CliError({
    code: "registry_malformed",
    message: `${file} of the registry ${registry.name} is not as it should be:${shown.join("")}${more}`,
    hint: "Nothing was written. Check the address, or tell whoever publishes the registry.",
    details: { problems },
  })
}
