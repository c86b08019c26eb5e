import { existsSync, readFileSync, statSync } from "node:fs"
import { join } from "node:path"
import type { Check } from "../check/show.ts"
import { CliError } from "../framework/error.ts"
import type { Project } from "../project/detect.ts"
import { installCommand } from "../project/install.ts"
import { basePath } from "../state/base.ts"
import type { Config } from "../state/config.ts"
import { inspectItem, type LocalState } from "../state/inspect.ts"
import { type Lock, readLock } from "../state/lock.ts"
import { findRenamed } from "../state/renamed.ts"
import { isInstalled } from "./install.ts"
import type { OpenProject } from "./open-project.ts"
import { planSetupChanges, type SetupChanges } from "./setup.ts"

export async function runChecks({ project, config }: OpenProject): Promise<Check[]> {
  const checks = [nodeVersion(), configuration(config)]
  if (!config) return checks
  const lock = readLockForCheck(project)
  if (!("items" in lock)) return [...checks, lock]
  const setup = await planSetupChanges(project)
  const ignore = setup.configuration.find(({ path }) => path === ".gitignore")
  return [
    ...checks,
    ...copiedFiles(project, lock),
    keptTexts(project, lock),
    packages(project, lock),
    ownSource(setup.source, lock),
    docksList(project, lock),
    {
      title: "TypeScript reads the copied code",
      state: setup.hints.length > 0 ? "bad" : "good",
      problems: setup.hints,
    },
    {
      title: "The key and the rows stay out of git",
      ...(ignore
        ? { state: "bad", problems: [".gitignore does not name .stackdock/"], fix: "npx stackdock init" }
        : { state: "good", problems: [] }),
    },
    keyFile(project),
  ]
}

function nodeVersion(): Check {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number)
  const isGood = major > 20 || (major === 20 && minor >= 19)
  const title = `Node ${process.versions.node}`
  if (isGood) return { title, state: "good", problems: [] }
  return {
    title,
    state: "bad",
    problems: ["StackDock needs Node 20.19 or newer."],
    fix: "https://nodejs.org",
  }
}

function configuration(config: Config | undefined): Check {
  if (config) return { title: `stackdock.json: code in ${config.root}`, state: "good", problems: [] }
  return { title: "stackdock.json", state: "bad", problems: ["There is none."], fix: "npx stackdock init" }
}

function readLockForCheck(project: Project): Lock | Check {
  try {
    return readLock(project.dir).lock
  } catch (error) {
    if (!(error instanceof CliError)) throw error
    return {
      title: "stackdock.lock",
      state: "bad",
      problems: [error.message],
      ...(error.hint ? { fix: error.hint } : {}),
    }
  }
}

function copiedFiles(project: Project, lock: Lock): Check[] {
  const inspected = Object.keys(lock.items).map((item) => ({
    item,
    files: inspectItem(project.dir, lock, item),
  }))
  const files = inspected.flatMap((of) => of.files)
  const inState = (wanted: LocalState) =>
    files.filter(({ state }) => state === wanted).map(({ path }) => path)
  const renamed = findRenamed(project, lock, files)
  const missing = inState("missing").filter((path) => !renamed.has(path))
  const edited = [...inState("edited"), ...renamed.keys()]
  const damaged = inspected.filter((of) => of.files.some(({ path }) => missing.includes(path)))
  const checks: Check[] =
    missing.length === 0
      ? [{ title: `${files.length} copied files are there`, state: "good", problems: [] }]
      : [
          {
            title: `${missing.length} copied files are missing`,
            state: "bad",
            problems: missing,
            fix: `npx stackdock add ${damaged.map(({ item }) => item).join(" ")}`,
          },
        ]
  if (edited.length > 0) {
    checks.push({
      title: `${edited.length} copied files were changed by you`,
      state: "notice",
      problems: edited,
    })
  }
  return checks
}

function keptTexts({ dir }: Project, lock: Lock): Check {
  const missing = Object.keys(lock.items).filter((item) => !existsSync(join(dir, basePath(item))))
  if (missing.length === 0)
    return { title: "What updates are merged from is there", state: "good", problems: [] }
  return {
    title: "What updates are merged from is missing",
    state: "bad",
    problems: missing.map(basePath),
    fix: `npx stackdock add ${missing.join(" ")}`,
  }
}

function packages(project: Project, lock: Lock): Check {
  const needed = [...new Set(Object.values(lock.items).flatMap((item) => item.packages))].sort()
  const { dependencies, devDependencies, optionalDependencies } = project.manifest
  const listed = { ...devDependencies, ...optionalDependencies, ...dependencies }
  const unlisted = needed.filter((name) => !Object.hasOwn(listed, name))
  const missing = needed.filter((name) => !unlisted.includes(name) && !isInstalled(project, name))
  if (unlisted.length + missing.length === 0) {
    return { title: "The packages it needs are installed", state: "good", problems: [] }
  }
  const [first] = Object.keys(lock.items).filter((name) =>
    lock.items[name]?.packages.some((needs) => unlisted.includes(needs)),
  )
  return {
    title: "Packages are missing",
    state: "bad",
    problems: [
      ...unlisted.map((name) => `${name} is not in package.json`),
      ...missing.map((name) => `${name} is not installed`),
    ],
    fix: first === undefined ? installCommand(project) : `npx stackdock add ${first}`,
  }
}

/** `stackdock.ts` and the list come with the first dock. */
function ownSource(missing: SetupChanges["source"], lock: Lock): Check {
  const title = "The project's stackdock.ts is there"
  const dock = Object.keys(lock.items).find((name) => lock.items[name]?.provider !== undefined)
  if (missing.length === 0 || dock === undefined) return { title, state: "good", problems: [] }
  return {
    title: "The project's own source is incomplete",
    state: "bad",
    problems: missing.map(({ path }) => `${path} is missing`),
    fix: `npx stackdock add ${dock}`,
  }
}

function docksList(project: Project, lock: Lock): Check {
  const title = "Every dock is in the list"
  const path = `${project.root}/docks/index.ts`
  const providers = Object.values(lock.items).flatMap(({ provider }) => provider ?? [])
  const isThere = statSync(join(project.dir, path), { throwIfNoEntry: false })?.isFile() === true
  const text = isThere ? readFileSync(join(project.dir, path), "utf8") : ""
  const unlisted = providers.filter((provider) => !text.includes(`./${provider}/index`))
  if (unlisted.length === 0) return { title, state: "good", problems: [] }
  return {
    title: "Docks are missing from the list",
    state: "bad",
    problems: unlisted.map((provider) => `${path} does not import ${provider}`),
    fix: `npx stackdock add ${unlisted.join(" ")}`,
  }
}

/** Windows has no such modes. */
function keyFile(project: Project): Check {
  const title = "The key is readable by you alone"
  const path = join(project.dir, ".stackdock/key")
  const info = statSync(path, { throwIfNoEntry: false })
  if (info === undefined || process.platform === "win32" || (info.mode & 0o077) === 0) {
    return { title, state: "good", problems: [] }
  }
  return {
    title,
    state: "bad",
    problems: ["Others on this machine can read .stackdock/key"],
    fix: "chmod 600 .stackdock/key",
  }
}
