import { defineCommand, dryRunOption, yesOption } from "../framework/command.ts"
import { CliError, usageError } from "../framework/error.ts"
import type { Output } from "../framework/output.ts"
import { type Check, checkInScratch } from "../plan/checks.ts"
import { install, isInstalled } from "../plan/install.ts"
import { openProject } from "../plan/open-project.ts"
import { showUpdatePlan } from "../plan/show-update.ts"
import { planUpdate, type UpdatePlan } from "../plan/update.ts"
import { installCommand } from "../project/install.ts"
import { reach, registryOptions } from "../registry/reach.ts"
import { requireConfig } from "../state/config.ts"
import { reach as itemsNeededBy } from "../state/lock.ts"
import { applyChanges } from "../transaction/apply.ts"

const options = {
  yes: yesOption,
  dryRun: dryRunOption,
  keepMine: { type: "boolean", summary: "Where both changed the same lines, keep yours" },
  takeTheirs: { type: "boolean", summary: "Where both changed the same lines, take upstream's" },
  noTest: { type: "boolean", summary: "Do not typecheck and run the contract tests first" },
  noInstall: { type: "boolean", summary: "Only write package.json, do not run the package manager" },
  offline: registryOptions.offline,
} as const

export const command = defineCommand({
  name: "update",
  usage: "[item...] [options]",
  args: { min: 0, max: Number.POSITIVE_INFINITY },
  options,
  examples: ["stackdock update --dry-run", "stackdock update", "stackdock update gridpane --keep-mine"],
  async run({ args, flags, cwd, out, ask }) {
    if (flags.keepMine && flags.takeTheirs)
      throw usageError(
        "--keep-mine and --take-theirs are opposites.",
        "Give one of them, or none to decide yourself.",
      )
    const config = requireConfig(cwd)
    const { project } = await openProject(cwd, out)
    const { registries } = reach({ registry: undefined, ...flags }, { cwd, dir: project.dir, config })
    const prefer = flags.keepMine ? "mine" : flags.takeTheirs ? "theirs" : undefined
    const plan = await planUpdate({ project, names: [...new Set(args)], registries, prefer })
    const style = out.noteStyle
    if (plan.items.length > 0 || plan.skipped.length > 0)
      showUpdatePlan(plan, out, { everyFile: flags.dryRun })
    if (flags.dryRun || plan.changes.length === 0) {
      if (plan.changes.length === 0) out.note(`${style.tick} Everything is as published already`)
      out.json(report(plan, { checks: [], installed: false, dryRun: flags.dryRun }))
      return 0
    }
    const approved = flags.yes || (await ask.confirm("Update these files?", { answeredBy: "--yes" }))
    if (!approved) throw new CliError({ code: "declined", message: "Nothing was changed." })
    const conflicts = conflictsIn(plan)
    const checks = flags.noTest || conflicts.length > 0 ? [] : await check(plan, out)
    applyChanges(project.dir, plan.changes, { undo: { as: ["update", ...args].join(" ") } })
    const installed = flags.noInstall ? false : await install(plan, out, flags)
    conclude(plan, installed, out)
    out.json(report(plan, { checks, installed, dryRun: false }))
    return conflicts.length > 0 ? 3 : 0
  },
})

function conflictsIn({ files }: UpdatePlan): string[] {
  return files.filter(({ state }) => state === "conflict").map(({ path }) => path)
}

/** Nothing is written unless the project would typecheck and the contract tests of what changes would pass. */
async function check(plan: UpdatePlan, out: Output): Promise<Check[]> {
  const { project, packages } = plan
  const lacking = Object.keys({ ...packages.dependencies, ...packages.devDependencies }).filter(
    (name) => !isInstalled(project, name),
  )
  if (lacking.length > 0) throw packagesFirst(plan, lacking)
  const live = out.live()
  live.set("check", `  ${out.noteStyle.dim("Typechecking and running the contract tests in a copy …")}`)
  const checks = await checkInScratch(project, plan.changes, testsOf(plan)).finally(() => live.stop())
  const failed = checks.find(({ outcome }) => outcome === "failed")
  if (failed) {
    const shown = failed.said.slice(0, 10).map((line) => `\n    ${line}`)
    const more = failed.said.length > 10 ? `\n    and ${failed.said.length - 10} more` : ""
    throw new CliError({
      code: "checks_failed",
      message: `With the update ${failed.name === "types" ? "the project would not typecheck" : "these contract tests would fail"}:${shown.join("")}${more}`,
      hint: "Nothing was changed. To update all the same and mend it then: add --no-test.",
      details: { checks },
    })
  }
  for (const { name, outcome, said } of checks) {
    const what = name === "types" ? "Types" : "Contract tests"
    const style = out.noteStyle
    if (outcome === "passed") out.note(`${style.tick} ${what} ${style.dim(said.join(", "))}`.trimEnd())
    else out.note(`${style.warn} ${what} not checked: ${said.join(", ")}`)
  }
  return checks
}

/** The tests of every item that changes, and of every item that leans on one. */
function testsOf({ lock, items }: UpdatePlan): string[] {
  const changed = new Set(items.map(({ name }) => name))
  return Object.keys(lock.items)
    .filter((name) => [...itemsNeededBy(lock, [name])].some((needed) => changed.has(needed)))
    .flatMap((name) => Object.keys(lock.items[name]?.files ?? {}))
    .filter((path) => /\.test\.[cm]?tsx?$/.test(path))
}

function packagesFirst({ project, packages }: UpdatePlan, lacking: readonly string[]): CliError {
  const specs = (wanted: Readonly<Record<string, string>>) =>
    Object.entries(wanted).map(([name, range]) => `${name}@${range}`)
  const add = project.packageManager === "npm" ? "npm install" : `${project.packageManager} add`
  const development = specs(packages.devDependencies)
  const commands = [
    ...(Object.keys(packages.dependencies).length > 0
      ? [`${add} ${specs(packages.dependencies).join(" ")}`]
      : []),
    ...(development.length > 0 ? [`${add} -D ${development.join(" ")}`] : []),
  ]
  return new CliError({
    code: "packages_first",
    message: `The update needs ${lacking.join(", ")}, and nothing can be checked before ${lacking.length === 1 ? "it is" : "they are"} installed.`,
    hint: `Nothing was changed. Install first: ${commands.join(" && ")}. Or update unchecked: --no-test.`,
    exitCode: 3,
    details: { packages: lacking },
  })
}

function conclude(plan: UpdatePlan, installed: boolean, out: Output): void {
  const style = out.noteStyle
  const conflicts = conflictsIn(plan)
  const names = plan.items.map(({ name }) => name).join(", ")
  if (conflicts.length > 0) {
    const files = conflicts.length === 1 ? "1 file has" : `${conflicts.length} files have`
    out.warn(`Updated ${names}, but ${files} conflicts for you to decide:`)
    for (const path of conflicts) out.note(`    ${path}`)
    out.note(`  ${style.dim("→")} npx stackdock resolve`)
    out.note(`  ${style.dim("→")} npx stackdock undo ${style.dim("takes it all back")}`)
  } else out.note(`${style.tick} Updated ${names}`)
  const { dependencies, devDependencies } = plan.packages
  const isMissing = Object.keys({ ...dependencies, ...devDependencies }).length > 0
  if (isMissing && !installed) out.note(`  ${style.dim("→")} ${installCommand(plan.project)}`)
}

function report(
  plan: UpdatePlan,
  { checks, installed, dryRun }: { checks: readonly Check[]; installed: boolean; dryRun: boolean },
) {
  const { dependencies, devDependencies } = plan.packages
  return {
    items: plan.items,
    skipped: plan.skipped,
    files: plan.files
      .filter(({ state }) => state !== "unchanged")
      .map(({ item, path, from, state }) => ({ item, path, from: from ?? null, state })),
    conflicts: conflictsIn(plan),
    dependencies,
    devDependencies,
    checks,
    installed,
    dryRun,
  }
}
