import { CliError } from "../framework/error.ts"
import { shelvedTarget } from "./shadcn.ts"

/** Where shared code and docks are published. A project keeps them under a root of its own choice. */
export const PUBLISHED_ROOT = "src/stackdock/"

const LONGEST = 200
/** Beyond letters only what file names of source code need: no `~` (8.3 names on Windows), `:` (streams), `%` or Unicode look-alikes. */
const SEGMENT = /^[A-Za-z0-9_$@()[\]+=,.-]+$/
const WINDOWS_DEVICE = /^(con|prn|aux|nul|com\d|lpt\d|conin\$|conout\$)(\.|$)/i
const FORBIDDEN_ANYWHERE = new Set(["node_modules"])
const FORBIDDEN_AT_TOP = new Set([
  "package.json",
  "package-lock.json",
  "npm-shrinkwrap.json",
  "pnpm-lock.yaml",
  "pnpm-workspace.yaml",
  "yarn.lock",
  "bun.lock",
  "bun.lockb",
  "stackdock.json",
  "stackdock.lock",
])

/**
 * The path in a project, relative to it, of a file published for `target`. `place` tells where the project has the
 * components that it shares with shadcn/ui.
 */
export function pathInProject(target: string, root: string, place?: (target: string) => string): string {
  if (shelvedTarget(target) !== undefined) {
    const path = place?.(target) ?? target.slice(1)
    checkPath(path, target)
    return path
  }
  if (!target.startsWith("~/")) throw refused(target, "it does not start with ~/")
  const path = target.slice(2)
  checkPath(path, target)
  if (!path.startsWith(PUBLISHED_ROOT)) return path
  const inner = path.slice(PUBLISHED_ROOT.length)
  if (inner === "stackdock.ts" || inner === "docks/index.ts")
    throw refused(target, "that file is the project's own")
  return `${root}/${inner}`
}

/** Throws unless `path` surely lies inside the folder it is relative to, on every operating system. */
export function checkPath(path: string, shown = path): void {
  if (path.length > LONGEST) throw refused(shown.slice(0, 60), `it is longer than ${LONGEST} characters`)
  const segments = path.split("/")
  for (const segment of segments) {
    const reason = segmentProblem(segment)
    if (reason) throw refused(shown, reason)
  }
  // `package.json` of a folder below is as much a hook into package managers as the one on top.
  const last = segments.at(-1)?.toLowerCase()
  if (last === "package.json") throw refused(shown, "package.json belongs to the project")
  if (segments.length === 1 && FORBIDDEN_AT_TOP.has(last ?? ""))
    throw refused(shown, "that file belongs to the project")
}

function segmentProblem(segment: string): string | undefined {
  if (segment === "") return "it has an empty part"
  if (segment === "." || segment === "..") return "it could leave the project"
  if (segment.startsWith(".")) return "files and folders that start with a dot are off limits"
  if (FORBIDDEN_ANYWHERE.has(segment.toLowerCase())) return `${segment} is off limits`
  if (!SEGMENT.test(segment)) return "it has a character that no file name of source code needs"
  if (segment.endsWith(".")) return "Windows drops a dot at the end"
  if (WINDOWS_DEVICE.test(segment)) return `${segment} is a device on Windows`
  return undefined
}

function refused(target: string, reason: string): CliError {
  return new CliError({
    code: "unsafe_target",
    message: `Refused to write ${JSON.stringify(target)}: ${reason}.`,
    hint: "Nothing was written. Tell whoever publishes the registry.",
    details: { target },
  })
}
