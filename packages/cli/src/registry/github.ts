import { CliError } from "../framework/error.ts"
import { checkAddress, fetchBytes } from "./http.ts"
import type { Origin } from "./location.ts"
import { indexOf, publish } from "./publish.ts"
import type { Registry } from "./source.ts"
import { readSources } from "./source-registry.ts"
import { readTarball } from "./tar.ts"

/** Where GitHub hands out a repository as one file. Companies run their own. */
const ARCHIVES = "https://codeload.github.com"
const TIMEOUT_MS = 60_000
const MOST_PACKED = 50 * 1024 * 1024
const MOST_UNPACKED = 250 * 1024 * 1024

/** A repository with the sources of a registry: `registry.json` on top. Its items are built as they are read. */
export function gitHubRegistry(origin: Origin, { offline }: { offline: boolean }): Registry {
  let opening: Promise<Registry["read"]> | undefined
  return {
    name: origin,
    async read(document) {
      opening ??= open(origin, offline)
      return (await opening)(document)
    },
  }
}

async function open(origin: Origin, offline: boolean): Promise<Registry["read"]> {
  const files = await download(origin, offline)
  const read = (path: string) => files.get(path)
  const text = read("registry.json")
  if (text === undefined) throw malformed(origin, "it has no registry.json on top")
  const path = `registry.json of ${origin}`
  const { registry, around, problems } = await readSources(path, Buffer.from(text).toString("utf8"), read)
  if (problems.length > 0) throw malformed(origin, problems.slice(0, 5).join("; "))
  const build = (name: string) => {
    const item = registry.items.find((one) => one.name === name)
    if (item === undefined) return undefined
    const { built, problems: own } = publish(item, { read, around, url: undefined })
    if (built === undefined) throw malformed(origin, own.slice(0, 5).join("; "))
    return built
  }
  return async (document) => {
    if (document !== "registry") return build(document)?.bytes.toString("utf8")
    const items = registry.items.flatMap(({ name }) => build(name)?.entry ?? [])
    return indexOf(registry, items).toString("utf8")
  }
}

/** The files of the repository by path in it: an archive has one folder around them. */
async function download(origin: Origin, offline: boolean): Promise<Map<string, Uint8Array>> {
  const [repository = "", ref = "HEAD"] = origin.split("#")
  const shown = `${process.env["STACKDOCK_GITHUB_ARCHIVES"] ?? ARCHIVES}/${repository}/tar.gz/${encodeURI(ref)}`
  checkAddress(shown)
  const address = { shown, headers: () => ({ accept: "application/gzip" }), params: () => ({}) }
  const archive = await fetchBytes(address, { offline, most: MOST_PACKED, timeout: TIMEOUT_MS })
  if (archive === undefined) {
    throw new CliError({
      code: "registry_not_found",
      message: `GitHub has no ${repository}${ref === "HEAD" ? "" : ` with a branch, tag or commit ${ref}`}, or it is private.`,
      hint: "Nothing was written. A private one is reached as a registry with a token: stackdock registry add --help",
      exitCode: 2,
    })
  }
  try {
    const files = readTarball(archive, MOST_UNPACKED)
    return new Map([...files].map(([path, content]) => [path.slice(path.indexOf("/") + 1), content]))
  } catch (error) {
    throw malformed(
      origin,
      `its archive cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    )
  }
}

function malformed(origin: Origin, problem: string): CliError {
  return new CliError({
    code: "registry_malformed",
    message: `${origin} is no registry that items can be read from: ${problem}.`,
    hint: "Nothing was written. Check the address, or tell whoever publishes the registry.",
    details: { problems: [problem] },
  })
}
