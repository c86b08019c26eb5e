import { defineCommand, dryRunOption, yesOption } from "../framework/command.ts"
import { CliError } from "../framework/error.ts"
import type { Output } from "../framework/output.ts"
import { openProject } from "../plan/open-project.ts"
import { planUndo, type UndoPlan } from "../plan/undo.ts"
import { installCommand } from "../project/install.ts"
import { applyChanges } from "../transaction/apply.ts"

export const command = defineCommand({
  name: "undo",
  usage: "[options]",
  args: { min: 0, max: 0 },
  options: { yes: yesOption, dryRun: dryRunOption },
  examples: ["stackdock undo", "stackdock undo --dry-run"],
  async run({ flags, cwd, out, ask }) {
    const { project } = await openProject(cwd, out)
    const plan = planUndo(project.dir)
    show(plan, out, { everyFile: flags.dryRun })
    if (!flags.dryRun) {
      const approved = flags.yes || (await ask.confirm("Take it back?", { answeredBy: "--yes" }))
      if (!approved) throw new CliError({ code: "declined", message: "Nothing was changed." })
      applyChanges(project.dir, plan.changes, { undo: "spent" })
      const style = out.noteStyle
      out.note(`${style.tick} Took \`${plan.command}\` back`)
      for (const { path, reason } of plan.kept) out.note(`${style.warn} ${path} stays as it is: ${reason}`)
      if (plan.packages.length > 0) out.note(`  ${style.dim("→")} ${installCommand(project)}`)
    }
    out.json({
      command: plan.command,
      at: plan.at ?? null,
      ...pathsOf(plan),
      kept: plan.kept.map(({ path }) => path),
      packages: plan.packages,
      install: plan.packages.length > 0 ? installCommand(project) : null,
      dryRun: flags.dryRun,
    })
    return 0
  },
})

function pathsOf({ changes }: UndoPlan) {
  const paths = (wanted: (change: UndoPlan["changes"][number]) => boolean) =>
    changes.filter(wanted).map(({ path }) => path)
  return {
    removed: paths(({ after }) => after === undefined),
    restored: paths(({ after }) => after !== undefined),
  }
}

function show(plan: UndoPlan, out: Output, { everyFile }: { everyFile: boolean }): void {
  const style = out.noteStyle
  const { removed, restored } = pathsOf(plan)
  const files = (count: number) => `${count} ${count === 1 ? "file" : "files"}`
  out.note()
  out.note(
    `  ${style.bold(plan.command)}  ${style.dim(plan.at?.replace("T", " ").replace(/\..*/, " UTC") ?? "")}`,
  )
  out.note()
  if (removed.length > 0) out.note(`  ${style.red("-")} ${files(removed.length)} that it brought`)
  if (everyFile) for (const path of removed) out.note(`    ${style.dim(path)}`)
  if (restored.length > 0) out.note(`  ${style.yellow("~")} ${files(restored.length)} as before it`)
  if (everyFile) for (const path of restored) out.note(`    ${style.dim(path)}`)
  if (plan.packages.length > 0) out.note(`  ${style.dim("packages")}  ${plan.packages.join(", ")}`)
  out.note()
}
