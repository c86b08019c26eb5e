import { readFileSync, statSync } from "node:fs"
import { join, resolve } from "node:path"
import { CliError } from "../framework/error.ts"
import { didYouMean } from "../framework/nearest.ts"
import { packaged } from "../packaged.ts"
import type { Namespaces } from "../state/config.ts"
import { sha256 } from "./hash.ts"
import { describeOrigin, isFolder, isGitHub, isUrl, type Origin } from "./location.ts"
import {
  describeIssues,
  itemName,
  itemVersion,
  type PublishedItem,
  publishedItem,
  type RegistryIndex,
  registryIndex,
} from "./schema.ts"
import { SHADCN_NAMESPACE } from "./shadcn.ts"

/** No single answer of a registry may be larger. */
export const MAX_BYTES = 5 * 1024 * 1024

/** Where items come from. */
export interface Registry {
  /** As the lock file names it. */
  readonly name: Origin
  /** Where its items are, when that is on a network: `https://acme.example/r/{name}.json`. */
  readonly address?: string
  /** The document of that name, or undefined when there is none: `registry` is the index, `core` or `core@1.2.0` an item. */
  read(document: string): Promise<string | undefined>
}

/** The registries that a project can reach, each opened once. */
export interface Registries {
  at(origin: Origin): Promise<Registry>
  /** Where that is for this project: two names may stand for one registry. */
  meant(origin: Origin): Origin
}

export interface RegistryAccess {
  /** The project, from which folders are seen. */
  readonly dir: string
  readonly registries: Namespaces
  /** Answer from the cache, and fail where it has no answer. */
  readonly offline: boolean
}

export function openRegistries(access: RegistryAccess): Registries {
  const open = new Map<Origin, Promise<Registry>>()
  // Whoever has no other registry of that name gets our components: they come with the command, without a network.
  const hasShadcn = Object.hasOwn(access.registries, SHADCN_NAMESPACE)
  const meant = (origin: Origin) => (origin === SHADCN_NAMESPACE && !hasShadcn ? "bundled" : origin)
  return {
    meant,
    at(named) {
      const origin = meant(named)
      const known = open.get(origin)
      if (known) return known
      const opening = openRegistry(origin, access)
      open.set(origin, opening)
      return opening
    },
  }
}

async function openRegistry(origin: Origin, access: RegistryAccess): Promise<Registry> {
  if (origin === "bundled") return bundled()
  if (origin.startsWith("@")) return namedRegistry(origin, access)
  if (isUrl(origin)) {
    const { httpRegistry } = await import("./http.ts")
    return httpRegistry(origin, { url: origin }, access)
  }
  if (isFolder(origin)) return folderRegistry(origin, access.dir)
  if (isGitHub(origin)) {
    const { gitHubRegistry } = await import("./github.ts")
    return gitHubRegistry(origin, access)
  }
  throw new CliError({
    code: "registry_address",
    message: `There is no registry at ${JSON.stringify(origin)}.`,
    hint: "A registry is a https:// address, a folder (./registry/r), owner/repo#branch or an @name of stackdock.json.",
    exitCode: 2,
  })
}

async function namedRegistry(name: Origin, access: RegistryAccess): Promise<Registry> {
  const place = Object.hasOwn(access.registries, name) ? access.registries[name] : undefined
  if (place === undefined) {
    throw new CliError({
      code: "unknown_registry",
      message: `${name} is no registry that this project knows.`,
      hint: `npx stackdock registry add ${name}=https://…/r/{name}.json`,
      exitCode: 2,
      details: { registry: name },
    })
  }
  if (isUrl(place.url)) {
    const { httpRegistry } = await import("./http.ts")
    return httpRegistry(name, place, access)
  }
  const registry = await openRegistry(place.url, access)
  return { name, read: (document) => registry.read(document) }
}

/** The registry that came with this command. */
export function bundled(): Registry {
  return filesOf(packaged("registry"), "bundled")
}

function folderRegistry(origin: Origin, dir: string): Registry {
  const folder = resolve(dir, origin)
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return filesOf(folder, origin)
  throw new CliError({
    code: "registry_not_found",
    message: `There is no registry at ${folder}: it is not a folder.`,
    hint: "Give a https:// address, or a folder that `stackdock build` made.",
    exitCode: 2,
  })
}

function filesOf(folder: string, name: Origin): Registry {
  return {
    name,
    async read(document) {
      const path = join(folder, `${document}.json`)
      const info = statSync(path, { throwIfNoEntry: false })
      if (!info?.isFile()) return undefined
      if (info.size > MAX_BYTES) throw tooLarge(path)
      return readFileSync(path, "utf8")
    },
  }
}

export function tooLarge(what: string, most = MAX_BYTES): CliError {
  return new CliError({
    code: "registry_too_large",
    message: `${what} is larger than ${most / 1024 / 1024} MB. Nothing of a registry is.`,
    hint: "Nothing was written. Check the address.",
  })
}

export async function readIndex(registry: Registry): Promise<RegistryIndex> {
  const text = await registry.read("registry")
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
export async function readItem(
  registry: Registry,
  name: string,
  wanted?: string,
): Promise<PublishedItem | undefined> {
  if (!itemName.safeParse(name).success) return undefined
  if (wanted === undefined) return readDocument(registry, name, name)
  if (!itemVersion.safeParse(wanted).success) return undefined
  const document = `${name}@${wanted}`
  // The newest version has a copy under its own name; a registry of one version, such as the bundled one, only that.
  const item = (await readDocument(registry, document, name)) ?? (await readDocument(registry, name, name))
  return item?.meta.stackdock.version === wanted ? item : undefined
}

async function readDocument(
  registry: Registry,
  document: string,
  name: string,
): Promise<PublishedItem | undefined> {
  const file = `${document}.json`
  const text = await registry.read(document)
  if (text === undefined) return undefined
  const parsed = publishedItem.safeParse(parseJson(text, registry, file))
  if (!parsed.success) throw malformed(registry, file, describeIssues(parsed.error))
  const item = parsed.data
  if (item.name !== name) throw malformed(registry, file, [`name: is ${item.name}`])
  checkHashes(item, registry)
  return item
}

export async function unknownItem(registry: Registry, name: string, wanted?: string): Promise<CliError> {
  // The names only help to mend a slip; a registry without an index can still tell that the item is not there.
  const index = await readIndex(registry).catch(() => undefined)
  const present = index?.items.find((item) => item.name === name)
  if (present !== undefined && wanted !== undefined) {
    return new CliError({
      code: "unknown_version",
      message: `${describeOrigin(registry.name)} has no version ${wanted} of ${name}.`,
      hint: `Its newest is ${present.meta.stackdock.version}.`,
      exitCode: 2,
      details: { item: name, version: wanted },
    })
  }
  return new CliError({
    code: "unknown_item",
    message: `${describeOrigin(registry.name)} has no item "${name}".`,
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
