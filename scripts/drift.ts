import { existsSync, readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { z } from "zod"
import { loadRecordings } from "../registry/contract/node/load.ts"
import { operationsIn } from "./drift/operations.ts"

/** A request that the specification does not have, or an allowance that is not needed. */
export interface Drift {
  readonly provider: string
  readonly what: string
}

/**
 * `drift-allowed.json` beside a dock: what may differ from the specification, and why. `{name}` in a request stands for
 * one segment of its path.
 */
const Allowed = z.array(z.strictObject({ request: z.string().min(1), reason: z.string().min(1) }))

/** Compares what was recorded with what the provider specifies, where a specification lies in `specs`. */
export function findDrift(docks: string, specs: string): Drift[] {
  const specifications = readdirSync(specs)
  return readdirSync(docks, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name: provider }) => {
      const files = specifications.filter((file) => SPECIFICATION.exec(file)?.[1] === provider)
      const operations = files.flatMap((file) => operationsIn(join(specs, file)))
      return files.length > 0 ? driftOf(provider, join(docks, provider), operations) : []
    })
}

const SPECIFICATION = /^([^.]+)(?:\.(?:postman_collection|openapi|swagger))?\.(?:json|ya?ml)$/

function driftOf(provider: string, dock: string, operations: readonly string[]): Drift[] {
  const specified = operations.map(pattern)
  const requests = loadRecordings(join(dock, "recordings")).map(({ request }) => {
    return `${request.method} ${new URL(request.url).pathname}`
  })
  const unknown = [...new Set(requests)].filter((request) => !specified.some((known) => known.test(request)))

  const file = join(dock, "drift-allowed.json")
  const entries = existsSync(file) ? Allowed.parse(JSON.parse(readFileSync(file, "utf8"))) : []
  const allowed = entries.map(({ request }) => ({ request, known: pattern(request) }))
  return [
    ...unknown
      .filter((request) => !allowed.some(({ known }) => known.test(request)))
      .map((request) => ({ provider, what: `${request} is not in the specification` })),
    ...allowed
      .filter(({ known }) => !unknown.some((request) => known.test(request)))
      .map(({ request }) => ({ provider, what: `${request} is allowed to drift, and does not` })),
  ]
}

/** A variable in the path stands for one segment. */
function pattern(operation: string): RegExp {
  const [method = "", path = ""] = operation.split(" ")
  const segments = path.replace(/\/$/, "").split("/")
  const source = segments.map((segment) =>
    /^[{:]/.test(segment) ? "[^/]+" : segment.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"),
  )
  return new RegExp(`^${method} ${source.join("/")}/?$`)
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const specs = join(import.meta.dirname, "../../shared/specs")
  if (!existsSync(specs)) {
    console.error("No specifications beside the repository: drift was not looked for.")
  } else {
    const drift = findDrift(join(import.meta.dirname, "../registry/docks"), specs)
    for (const { provider, what } of drift) console.error(`${provider}: ${what}`)
    console.error(drift.length === 0 ? "Recorded requests are as specified." : `${drift.length} found.`)
    process.exitCode = drift.length === 0 ? 0 : 1
  }
}
