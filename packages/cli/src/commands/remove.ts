import { defineCommand, dryRunOption, yesOption } from "../framework/command.ts"
import { CliError } from "../framework/error.ts"
import { openProject } from "../plan/open-project.ts"
import { planRemove } from "../plan/remove.ts"
import { requireConfig } from "../state/config.ts"
import { applyChanges } from "../transaction/apply.ts"

const options = {
  yes: yesOption,
  dryRun: dryRunOption,
  deleteEdited: { type: "boolean", summary: "Also delete files that you changed" },
} as const

export const command = defineCommand({
  name: "remove",
  usage: "<item...> [options]",
  args: { min: 1, max: Number.POSITIVE_INFINITY },
  options,
  examples: ["stackdock remove gridpane", "stackdock remove gridpane --dry-run"],
  async run({ args, flags, cwd, out, ask }) {
    requireConfig(cwd)
    const { project } = await openProject(cwd, out)
    const plan = await planRemove(project, [...new Set(args)], flags.deleteEdited)
    const style = out.noteStyle
    out.note()
    for (const item of plan.items) out.note(`  ${style.red("-")} ${item}`)
    if (flags.dryRun) for (const path of plan.removed) out.note(`    ${style.dim(path)}`)
    for (const path of plan.kept) out.note(`  ${style.warn} kept, because you changed it: ${path}`)
    out.note()
    if (!flags.dryRun) {
      const question = `Delete ${plan.removed.length} files?`
      const approved = flags.yes || (await ask.confirm(question, { answeredBy: "--yes" }))
      if (!approved) throw new CliError({ code: "declined", message: "Nothing was removed." })
      applyChanges(project.dir, plan.changes, { undo: { as: `remove ${args.join(" ")}` } })
      out.note(`${style.tick} Removed ${plan.items.join(", ")}`)
      if (plan.kept.length > 0) {
        out.note(`  ${style.dim("→")} The kept files are yours now; stackdock no longer knows of them.`)
      }
      if (plan.packages.length > 0) {
        const names = plan.packages.join(" ")
        out.note(`  ${style.dim("→")} No copied code needs these any more: ${names}. Unless yours does:`)
        out.note(
          `    ${project.packageManager} ${project.packageManager === "npm" ? "uninstall" : "remove"} ${names}`,
        )
      }
    }
    out.json({
      items: plan.items,
      removed: plan.removed,
      kept: plan.kept,
      packages: plan.packages,
      dryRun: flags.dryRun,
    })
    return 0
  },
})
