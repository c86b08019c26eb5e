import type { Stackdock } from "../../../../registry/engine/stackdock.ts"
import { CliError } from "../framework/error.ts"
import { loadStackdock } from "../runtime/load-project.ts"

/** What the pages ask, which older copies of the engine do not have. */
const reading = [
  "whoami",
  "counts",
  "changes",
  "runs",
  "providers",
  "dockStatuses",
  "setSyncInterval",
  "resourcePage",
  "resource",
  "resourceData",
  "provisioning",
  "auditPage",
  "listMembers",
  "organizations",
  "asSystem",
] as const satisfies readonly (keyof Stackdock)[]

/** The project, as long as its engine can answer what the studio asks. */
export async function loadForStudio(cwd: string): Promise<Stackdock> {
  const stackdock = await loadStackdock(cwd).catch((error: unknown) => {
    throw isOfConvex(error) ? runsInConvex() : error
  })
  const missing = reading.filter((name) => typeof stackdock[name] !== "function")
  if (missing.length === 0) return stackdock
  await stackdock.close()
  throw new CliError({
    code: "older_engine",
    message: "The copied engine is older than the studio, which asks it what it cannot answer yet.",
    hint: "npx stackdock update engine",
    details: { missing },
  })
}

function isOfConvex(error: unknown): boolean {
  return error instanceof CliError && error.code === "runs_in_convex"
}

function runsInConvex(): CliError {
  return new CliError({
    code: "runs_in_convex",
    message: "The rows of this project are in its Convex deployment, where the studio does not reach.",
    hint: "The same pages can stand in its app: npx stackdock add dashboard data-convex",
  })
}
