import { defineCommand, dryRunOption, yesOption } from "../framework/command.ts"
import { CliError } from "../framework/error.ts"
import type { Output } from "../framework/output.ts"
import { type AddPlan, planAdd } from "../plan/add.ts"
import { install } from "../plan/install.ts"
import { openProject } from "../plan/open-project.ts"
import { showAddPlan } from "../plan/show.ts"
import { installCommand } from "../project/install.ts"
import { openRegistry } from "../registry/source.ts"
import { applyChanges } from "../transaction/apply.ts"

const options = {
  yes: yesOption,
  dryRun: dryRunOption,
  noInstall: { type: "boolean", summary: "Only write package.json, do not run the package manager" },
  noTests: { type: "boolean", summary: "Leave out contract tests and recordings" },
  registry: { type: "string", value: "<url|dir>", summary: "Another registry than the bundled one" },
} as const

export const command = defineCommand({
  name: "add",
  usage: "<item...> [options]",
  args: { min: 1, max: Number.POSITIVE_INFINITY },
  options,
  examples: [
    "stackdock add gridpane",
    "stackdock add gridpane --dry-run",
    "stackdock add my-dock --registry ./registry/r",
  ],
  async run({ args, flags, cwd, out, ask }) {
    const { project } = await openProject(cwd, out)
    const registry = await openRegistry(flags.registry, cwd)
    const plan = await planAdd({ project, names: [...new Set(args)], registry, tests: !flags.noTests })
    showAddPlan(plan, out, { everyFile: flags.dryRun })
    if (flags.dryRun) {
      out.json(report(plan, { installed: false, dryRun: true }))
      return 0
    }
    if (plan.changes.length > 0) {
      const approved = flags.yes || (await ask.confirm("Write these files?", { answeredBy: "--yes" }))
      if (!approved) throw new CliError({ code: "declined", message: "Nothing was written." })
      applyChanges(project.dir, plan.changes, { undo: { as: `add ${plan.names.join(" ")}` } })
    }
    const installed = flags.noInstall ? false : await install(plan, out)
    conclude(plan, installed, out)
    out.json(report(plan, { installed, dryRun: false }))
    return 0
  },
})

function conclude(
  { project, names, items, packages, changes, hints }: AddPlan,
  installed: boolean,
  out: Output,
): void {
  const style = out.noteStyle
  const done = changes.length > 0 ? `Added ${names.join(", ")}` : `${names.join(", ")} was there already`
  out.note(`${style.tick} ${done} ${style.dim(`(${project.root})`)}`)
  for (const hint of hints) out.note(`${style.warn} ${hint}`)
  const next: string[] = []
  const isMissing =
    Object.keys(packages.dependencies).length + Object.keys(packages.devDependencies).length > 0
  if (isMissing && !installed) next.push(installCommand(project))
  const dock = items.find(({ item }) => names.includes(item.name) && item.meta.stackdock.kind === "dock")
  if (dock) next.push(`npx stackdock connect ${dock.item.meta.stackdock.provider}`)
  for (const command of next) out.note(`  ${style.dim("→")} ${command}`)
}

function report(plan: AddPlan, { installed, dryRun }: { installed: boolean; dryRun: boolean }) {
  const inState = (wanted: string) =>
    plan.files.filter(({ state }) => state === wanted).map(({ path }) => path)
  return {
    written: plan.changes.map(({ path }) => path),
    unchanged: inState("unchanged"),
    kept: inState("kept"),
    dependencies: plan.needed.dependencies,
    devDependencies: plan.needed.devDependencies,
    items: plan.items.map(({ item }) => item.name),
    installed,
    dryRun,
  }
}
