import { defineCommand, dryRunOption, yesOption } from "../framework/command.ts"
import { CliError } from "../framework/error.ts"
import type { Output } from "../framework/output.ts"
import { type AddPlan, planAdd } from "../plan/add.ts"
import { install } from "../plan/install.ts"
import { openProject } from "../plan/open-project.ts"
import { showAddPlan } from "../plan/show.ts"
import type { Project } from "../project/detect.ts"
import { installCommand } from "../project/install.ts"
import { reach, registryOptions } from "../registry/reach.ts"
import { LOCK_FILE } from "../state/lock.ts"
import { applyChanges } from "../transaction/apply.ts"

const options = {
  yes: yesOption,
  dryRun: dryRunOption,
  noInstall: { type: "boolean", summary: "Only write package.json, do not run the package manager" },
  noTests: { type: "boolean", summary: "Leave out contract tests and recordings" },
  frozen: { type: "boolean", summary: "Fail when stackdock.lock would change: for build machines" },
  ...registryOptions,
} as const

export const command = defineCommand({
  name: "add",
  usage: "<item...> [options]",
  args: { min: 1, max: Number.POSITIVE_INFINITY },
  options,
  examples: [
    "stackdock add gridpane",
    "stackdock add gridpane --dry-run",
    "stackdock add gridpane@0.1.0",
    "stackdock add @acme/box",
    "stackdock add https://acme.example/r/box.json",
    "stackdock add ./registry/r/box.json",
    "stackdock add acme/registry/box#main",
  ],
  async run({ args, flags, cwd, out, ask }) {
    const { project, config } = await openProject(cwd, out)
    const { registries, reference } = reach(flags, { cwd, dir: project.dir, config })
    const wanted = [...new Set(args)].map(reference)
    const plan = await planAdd({ project, wanted, registries, tests: !flags.noTests })
    showAddPlan(plan, out, { everyFile: flags.dryRun })
    if (flags.frozen) refuseThaw(plan)
    if (flags.dryRun) {
      out.json(report(plan, { installed: false, dryRun: true }))
      return 0
    }
    if (plan.changes.length > 0) {
      const approved = flags.yes || (await ask.confirm("Write these files?", { answeredBy: "--yes" }))
      if (!approved) throw new CliError({ code: "declined", message: "Nothing was written." })
      applyChanges(project.dir, plan.changes, { undo: { as: `add ${plan.names.join(" ")}` } })
    }
    const installed = flags.noInstall ? false : await install(plan, out, flags)
    conclude(plan, installed, out)
    out.json(report(plan, { installed, dryRun: false }))
    return 0
  },
})

/** What the lock says is what comes, or nothing does. */
function refuseThaw({ changes, names }: AddPlan): void {
  if (!changes.some(({ path }) => path === LOCK_FILE)) return
  throw new CliError({
    code: "frozen",
    message: `${LOCK_FILE} is not what adding ${names.join(", ")} would make of it.`,
    hint: `Nothing was written. Run it without --frozen where you work, and commit ${LOCK_FILE}.`,
    details: { written: changes.map(({ path }) => path) },
  })
}

function conclude(
  { project, names, items, packages, changes, hints }: AddPlan,
  installed: boolean,
  out: Output,
): void {
  const style = out.noteStyle
  const done = changes.length > 0 ? `Added ${names.join(", ")}` : `${names.join(", ")} was there already`
  out.note(`${style.tick} ${done} ${style.dim(`(${project.root})`)}`)
  for (const hint of hints) out.note(`${style.warn} ${hint}`)
  const asked = items.filter(({ item, requested }) => requested && item.docs !== undefined)
  for (const docs of new Set(asked.map(({ item }) => item.docs))) out.note(`  ${docs}`)
  const next: string[] = []
  const isMissing =
    Object.keys(packages.dependencies).length + Object.keys(packages.devDependencies).length > 0
  if (isMissing && !installed) next.push(installCommand(project))
  const dock = items.find(({ item }) => names.includes(item.name) && item.meta.stackdock.kind === "dock")
  if (dock) next.push(...firstSteps(project, dock.item.meta.stackdock.provider ?? "", changes))
  for (const command of next) out.note(`  ${style.dim("→")} ${command}`)
}

function firstSteps(
  { kind, functions, root }: Project,
  provider: string,
  changes: AddPlan["changes"],
): string[] {
  if (kind !== "convex" || functions === undefined) return [`npx stackdock connect ${provider}`]
  // The keys are made once, with the first dock.
  const isFirst = changes.some(({ path, before }) => path === `${root}/stackdock.ts` && before === undefined)
  const keys = isFirst ? ["npx stackdock keys new | npx convex env set STACKDOCK_KEYS"] : []
  return [...keys, "npx convex dev"]
}

function report(plan: AddPlan, { installed, dryRun }: { installed: boolean; dryRun: boolean }) {
  const inState = (wanted: string) =>
    plan.files.filter(({ state }) => state === wanted).map(({ path }) => path)
  return {
    written: plan.changes.flatMap(({ path, after }) => (after === undefined ? [] : [path])),
    removed: plan.changes.flatMap(({ path, after }) => (after === undefined ? [path] : [])),
    unchanged: inState("unchanged"),
    kept: inState("kept"),
    dependencies: plan.needed.dependencies,
    devDependencies: plan.needed.devDependencies,
    items: plan.items.map(({ item }) => item.name),
    origins: Object.fromEntries(plan.items.map(({ item, registry }) => [item.name, registry.name])),
    hosts: [...new Set(plan.items.flatMap(({ item }) => item.meta.stackdock.hosts ?? []))],
    unlistedHosts: plan.code.unlisted,
    variables: plan.code.variables,
    hints: plan.hints,
    installed,
    dryRun,
  }
}
