import { readFileSync } from "node:fs"
import { join } from "node:path"
import { usageError } from "../framework/error.ts"
import { textStyle } from "../project/code-style.ts"
import { placeholder, variablesOf } from "../registry/environment.ts"
import { checkAddress } from "../registry/http.ts"
import { isUrl, OWN_NAMESPACE, parseOrigin } from "../registry/location.ts"
import { namespace } from "../registry/schema.ts"
import { CONFIG_FILE, type Config, type Namespaces, type RegistryPlace } from "../state/config.ts"
import type { Change } from "../transaction/change.ts"

/** Reads `@acme=https://acme.example/r/{name}.json` with its headers (`Name: value`) and params (`name=value`). */
export function parseRegistry(
  text: string,
  given: { headers: readonly string[]; params: readonly string[] },
  places: { cwd: string; dir: string },
): { name: string; place: RegistryPlace } {
  const [, name = "", where = ""] = /^(@[^=]*)=(.+)$/.exec(text) ?? []
  if (!namespace.safeParse(name).success) {
    throw usageError(`"${name || text.slice(0, 40)}" is no name of a registry.`, EXAMPLE)
  }
  if (name === OWN_NAMESPACE)
    throw usageError(`${name} is the registry that comes with the command.`, EXAMPLE)
  if (where.startsWith("@")) throw usageError("A name stands for an address, not for another name.", EXAMPLE)
  const url = placeOf(where, places)
  const headers = pairs(given.headers, ":", "--header")
  const params = pairs(given.params, "=", "--param")
  const isPlain = Object.keys(headers).length + Object.keys(params).length === 0
  if (!isPlain && !isUrl(url)) throw usageError("Headers and params are for a https:// address.", EXAMPLE)
  for (const [key, value] of Object.entries({ ...headers, ...params })) refuseSecret(key, value)
  return {
    name,
    place: {
      url,
      ...(Object.keys(headers).length > 0 ? { headers } : {}),
      ...(Object.keys(params).length > 0 ? { params } : {}),
    },
  }
}

const EXAMPLE = "stackdock registry add @acme=https://acme.example/r/{name}.json"

function placeOf(where: string, places: { cwd: string; dir: string }): string {
  if (!isUrl(where)) return parseOrigin(where, places)
  const address = where.includes("{name}")
    ? where
    : `${where.replace(/\/(registry\.json)?$/, "")}/{name}.json`
  checkAddress(address)
  return address
}

function pairs(given: readonly string[], separator: string, option: string): Record<string, string> {
  return Object.fromEntries(
    given.map((text) => {
      const at = text.indexOf(separator)
      const key = text.slice(0, Math.max(at, 0)).trim()
      const value = text.slice(at + 1).trim()
      if (!/^[\w-]+$/.test(key) || value === "") {
        throw usageError(`${option} needs a name and a value: ${option} '${EXAMPLES[option]}'`)
      }
      return [key, value]
    }),
  )
}

const EXAMPLES: Readonly<Record<string, string>> = {
  "--header": `Authorization: Bearer ${placeholder("ACME_TOKEN")}`,
  "--param": `token=${placeholder("ACME_TOKEN")}`,
}

/** stackdock.json is committed. A shell that filled the variable in already would put the token itself there. */
function refuseSecret(name: string, value: string): void {
  if (variablesOf(value).length > 0) return
  if (!/auth|cookie|key|pass|secret|session|signature|token/i.test(name)) return
  throw usageError(
    `The value of ${name} looks like a secret, and stackdock.json is committed.`,
    `Name a variable, in single quotes so that the shell leaves it: --header '${EXAMPLES["--header"]}'`,
  )
}

/** stackdock.json with these registries, the rest of it as it is. */
export function registriesChange({ dir }: Config, registries: Namespaces): Change {
  const before = readFileSync(join(dir, CONFIG_FILE), "utf8")
  const { indent = "  ", newline = "\n" } = textStyle(before)
  const sorted = Object.entries(registries)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, place]) => [name, place.headers || place.params ? place : place.url])
  const { registries: _, ...rest }: Record<string, unknown> = JSON.parse(before)
  const config = sorted.length > 0 ? { ...rest, registries: Object.fromEntries(sorted) } : rest
  const after = `${JSON.stringify(config, null, indent)}\n`.replaceAll("\n", newline)
  return { path: CONFIG_FILE, before, after }
}
