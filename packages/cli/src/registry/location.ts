import { existsSync } from "node:fs"
import { basename, dirname, isAbsolute, relative, resolve } from "node:path"
import { usageError } from "../framework/error.ts"
import { itemName, namespace } from "./schema.ts"

/**
 * Where a registry is, as the lock file and stackdock.json write it:
 * - `bundled`: it came with this command;
 * - `@acme`: stackdock.json says where;
 * - `https://acme.example/r`, or with `{name}` where an item's name goes;
 * - `./shared/r` or `../r`: a folder, seen from the project;
 * - `acme/registry#main`: a repository on GitHub.
 */
export type Origin = string

/** The short name that every project knows. */
export const OWN_NAMESPACE = "@stackdock"

/** One item, wherever it is. */
export interface Reference {
  readonly origin: Origin
  readonly name: string
  /** Undefined: the newest. */
  readonly version: string | undefined
}

interface Places {
  /** Where the command was typed. */
  readonly cwd: string
  /** The project, from which the lock file sees folders. */
  readonly dir: string
}

const GITHUB = /^[A-Za-z0-9][A-Za-z0-9-]{0,38}\/(?!\.\.?(?:[#/]|$))[A-Za-z0-9._-]+(#[\w.][\w./-]*)?$/

export function isUrl(text: string): boolean {
  return /^[a-z][a-z0-9+.-]+:\/\//i.test(text)
}

export function isFolder(origin: Origin): boolean {
  return /^\.{0,2}\//.test(origin) || isAbsolute(origin)
}

export function isGitHub(origin: Origin): boolean {
  return GITHUB.test(origin)
}

/** What a person gave for a whole registry: `--registry`, or the right side of `registry add`. */
export function parseOrigin(text: string | undefined, places: Places): Origin {
  if (text === undefined || text === "bundled" || text === OWN_NAMESPACE) return "bundled"
  if (text.startsWith("@")) {
    if (namespace.safeParse(text).success) return text
    throw usageError(`"${text}" is no name of a registry.`, "A name looks like @acme.")
  }
  if (isUrl(text)) return text.replace(/\/(registry\.json|\{name\}\.json)?$/, "")
  const path = resolve(places.cwd, text.replace(/[/\\](registry\.json|\{name\}\.json)$/, ""))
  return !isFolder(text) && !existsSync(path) && isGitHub(text) ? text : folderOrigin(path, places)
}

/** What a person gave for one item: `gridpane`, `@acme/box@1.2.0`, an address, a file, `owner/repo/item#ref`. */
export function parseReference(text: string, origin: Origin, places: Places): Reference {
  if (isUrl(text)) {
    const [, base = "", file] = /^(.+)\/([^/?#]+)\.json$/.exec(text) ?? []
    if (file === undefined) {
      throw usageError(`${withoutSecrets(text)} is no address of an item.`, "It ends in /<item>.json.")
    }
    return { origin: base, ...nameAndVersion(decodeURIComponent(file), text) }
  }
  if (text.startsWith("@")) {
    const [short = "", ...rest] = text.split("/")
    return { origin: parseOrigin(short, places), ...nameAndVersion(rest.join("/"), text) }
  }
  if (isFolder(text) || text.endsWith(".json")) {
    const path = resolve(places.cwd, text)
    const file = nameAndVersion(basename(path).replace(/\.json$/, ""), text)
    return { origin: folderOrigin(dirname(path), places), ...file }
  }
  const [path = "", ref] = text.split("#", 2)
  const [owner = "", repository = "", ...item] = path.split("/")
  if (item.length > 0) {
    const place = `${owner}/${repository}${ref === undefined ? "" : `#${ref}`}`
    if (!isGitHub(place)) throw usageError(`"${text}" is no item on GitHub.`, "owner/repo/item#branch")
    return { origin: place, ...nameAndVersion(item.join("/"), text) }
  }
  return { origin, ...nameAndVersion(text, text) }
}

/** A dependency as an item declares it. A bare name is of the very registry that the item came from. */
export function parseDependency(
  text: string,
  declaredBy: { origin: Origin; addresses: readonly string[] },
): Reference {
  // The address of a neighbour stands for its name: a mirror, or a registry behind a token, has its own neighbours.
  const names = declaredBy.addresses.map((address) => nameWithin(address, text))
  const name = [text, ...names].find((candidate) => itemName.safeParse(candidate).success)
  if (name !== undefined) return { origin: declaredBy.origin, name, version: undefined }
  return parseReference(text, declaredBy.origin, { cwd: "/", dir: "/" })
}

function nameWithin(address: string, text: string): string | undefined {
  const [before = "", after = ""] = address.split("{name}")
  const isWithin =
    text.startsWith(before) && text.endsWith(after) && text.length > before.length + after.length
  return isWithin ? text.slice(before.length, text.length - after.length) : undefined
}

export function describeOrigin(origin: Origin): string {
  return origin === "bundled" ? "The registry" : `The registry ${origin}`
}

function nameAndVersion(text: string, typed: string): Pick<Reference, "name" | "version"> {
  const at = text.indexOf("@")
  const name = at === -1 ? text : text.slice(0, at)
  // A wrong name is told as an unknown item, with the nearest one; here only what cannot be a name at all.
  if (name === "" || /[/\\]/.test(text)) throw usageError(`${withoutSecrets(typed)} names no item.`)
  return { name, version: at === -1 ? undefined : text.slice(at + 1) }
}

function folderOrigin(path: string, { dir }: Places): Origin {
  const seen = relative(dir, path).replaceAll("\\", "/")
  if (seen === "" || seen === "..") return `${seen || "."}/`
  return isAbsolute(seen) || seen.startsWith("../") ? seen : `./${seen}`
}

/** Addresses come from a command line, where people paste what they should not. */
function withoutSecrets(address: string): string {
  return address.replace(/\/\/[^/@]*@/, "//…@").replace(/\?.*/s, "?…")
}
