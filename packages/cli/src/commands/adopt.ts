import { defineCommand, dryRunOption, yesOption } from "../framework/command.ts"
import { CliError } from "../framework/error.ts"
import { type AddPlan, planAdd } from "../plan/add.ts"
import { nothingToAdopt, recognise } from "../plan/adopt.ts"
import { install } from "../plan/install.ts"
import { openProject } from "../plan/open-project.ts"
import { showAddPlan } from "../plan/show.ts"
import { reach, registryOptions } from "../registry/reach.ts"
import type { IndexItem } from "../registry/schema.ts"
import { readIndex } from "../registry/source.ts"
import { checkRoot } from "../state/config.ts"
import { readLock } from "../state/lock.ts"
import { applyChanges } from "../transaction/apply.ts"

const options = {
  yes: yesOption,
  dryRun: dryRunOption,
  root: { type: "string", value: "<dir>", summary: "Where the code lies, when it is not found by itself" },
  noInstall: { type: "boolean", summary: "Only write package.json, do not run the package manager" },
  ...registryOptions,
} as const

export const command = defineCommand({
  name: "adopt",
  usage: "[options]",
  args: { min: 0, max: 0 },
  options,
  examples: [
    "stackdock adopt",
    "stackdock adopt --dry-run",
    "stackdock adopt --registry https://acme.example/r",
  ],
  async run({ flags, cwd, out, ask }) {
    const { project: detected, config } = await openProject(cwd, out)
    const { registries, registry } = reach(flags, { cwd, dir: detected.dir, config })
    const source = await registry()
    const origin = source.name
    const index = await readIndex(source)
    const root = flags.root === undefined ? config?.root : checkRoot(flags.root)
    const found = recognise(detected.dir, index, root)
    if (found.items.length === 0) throw nothingToAdopt(detected.dir, origin)
    const { project } = await openProject(cwd, out, found.root)
    const { items: locked } = readLock(project.dir).lock
    const missing = found.items.filter(({ name }) => !Object.hasOwn(locked, name))
    const wanted = wantedOf(missing).map(({ name }) => ({ origin, name, version: undefined }))
    const plan = await planAdd({ project, wanted, registries, tests: found.tests, adopt: found.moved })
    showAddPlan(plan, out, { everyFile: flags.dryRun })
    if (!flags.dryRun && plan.changes.length > 0) {
      const approved = flags.yes || (await ask.confirm("Take these over?", { answeredBy: "--yes" }))
      if (!approved) throw new CliError({ code: "declined", message: "Nothing was written." })
      applyChanges(project.dir, plan.changes, { undo: { as: "adopt" } })
    }
    const installed = flags.dryRun || flags.noInstall ? false : await install(plan, out, flags)
    const names = missing.map(({ name }) => name)
    const style = out.noteStyle
    if (!flags.dryRun) {
      const done =
        names.length > 0 ? `Adopted ${names.join(", ")}` : "Everything is in stackdock.lock already"
      out.note(`${style.tick} ${done} ${style.dim(`(${project.root})`)}`)
      for (const hint of plan.hints) out.note(`${style.warn} ${hint}`)
    }
    out.json(report(plan, names, { installed, dryRun: flags.dryRun }))
    return 0
  },
})

/** Docks, and what none of the others leans on: the rest is there because something needs it. */
function wantedOf(items: readonly IndexItem[]): readonly IndexItem[] {
  const needed = new Set(items.flatMap(({ registryDependencies }) => registryDependencies.map(lastName)))
  return items.filter(({ name, meta }) => meta.stackdock.kind === "dock" || !needed.has(name))
}

/** Of a name, `@acme/box` or an address. */
function lastName(dependency: string): string {
  return dependency.replace(/^.*\//, "").replace(/\.json$/, "")
}

function report(
  plan: AddPlan,
  adopted: readonly string[],
  { installed, dryRun }: { installed: boolean; dryRun: boolean },
) {
  const inState = (wanted: string) =>
    plan.files.filter(({ state }) => state === wanted).map(({ path }) => path)
  return {
    root: plan.project.root,
    adopted,
    unchanged: inState("unchanged"),
    edited: inState("adopted"),
    written: plan.changes.map(({ path }) => path),
    installed,
    dryRun,
  }
}
