import { defineCommand, dryRunOption, yesOption } from "../framework/command.ts"
import { CliError, usageError } from "../framework/error.ts"
import type { Output } from "../framework/output.ts"
import { openProject } from "../plan/open-project.ts"
import { planSetupChanges } from "../plan/setup.ts"
import { findTemplate, planTemplate } from "../plan/template.ts"
import type { Project } from "../project/detect.ts"
import { CONFIG_FILE, checkRoot } from "../state/config.ts"
import { applyChanges } from "../transaction/apply.ts"

const options = {
  yes: yesOption,
  dryRun: dryRunOption,
  root: { type: "string", value: "<dir>", summary: "Where the code goes, such as src/stackdock" },
  template: { type: "string", value: "<name>", summary: "Make a new app in this folder: dashboard, convex" },
} as const

export const command = defineCommand({
  name: "init",
  usage: "[options]",
  args: { min: 0, max: 0 },
  options,
  examples: [
    "stackdock init",
    "stackdock init --yes --root lib/stackdock",
    "stackdock init --template dashboard",
    "stackdock init --template convex",
  ],
  async run({ flags, cwd, out, ask }) {
    if (flags.template !== undefined) {
      if (flags.root !== undefined)
        throw usageError("A template says itself where its code goes.", "Leave out --root.")
      const template = findTemplate(flags.template)
      const changes = await planTemplate(template, cwd)
      const written = changes.map(({ path }) => path)
      const question = `Make a new project of ${written.length} files in ${cwd}?`
      if (!flags.dryRun) {
        if (!flags.yes && !(await ask.confirm(question, { answeredBy: "--yes" }))) {
          throw new CliError({ code: "declined", message: "Nothing was written." })
        }
        applyChanges(cwd, changes)
      }
      const style = out.noteStyle
      out.note(
        flags.dryRun ? `Would write ${written.length} files` : `${style.tick} Wrote ${written.length} files`,
      )
      for (const step of flags.dryRun ? [] : template.next) out.note(`  ${style.dim("→")} ${step}`)
      out.json({ template: flags.template, written, dryRun: flags.dryRun })
      return 0
    }
    const root = flags.root === undefined ? undefined : checkRoot(flags.root)
    const { project, config } = await openProject(cwd, out, root)
    if (config && root !== undefined && root !== config.root) {
      throw new CliError({
        code: "other_root",
        message: `This project keeps its code in ${config.root} already.`,
        hint: `To move it: move the folder, then change "root" in ${CONFIG_FILE}.`,
        exitCode: 3,
      })
    }
    const { configuration, hints } = await planSetupChanges(project)
    showProject(project, out)
    if (configuration.length > 0 && !flags.dryRun) {
      const paths = configuration.map(({ path }) => path).join(", ")
      const approved = flags.yes || (await ask.confirm(`Write ${paths}?`, { answeredBy: "--yes" }))
      if (!approved) throw new CliError({ code: "declined", message: "Nothing was written." })
      applyChanges(project.dir, configuration)
    }
    conclude(
      configuration.map(({ path }) => path),
      hints,
      flags.dryRun,
      out,
    )
    out.json({
      root: project.root,
      kind: project.kind,
      packageManager: project.packageManager,
      moduleFormat: project.moduleFormat,
      importExtension: project.importExtension,
      written: configuration.map(({ path }) => path),
      hints,
      dryRun: flags.dryRun,
    })
    return 0
  },
})

function showProject(project: Project, out: Output): void {
  const style = out.noteStyle
  const kinds = { convex: "Convex", next: "Next.js", vite: "Vite", node: "Node" }
  const facts = [
    [
      "project",
      `${kinds[project.kind]}, ${project.moduleFormat === "esm" ? "ESM" : "CommonJS"}, ${project.packageManager}`,
    ],
    ["imports", `./dock${project.importExtension}`],
    ["code in", project.root],
  ]
  out.note()
  for (const [name = "", value = ""] of facts) out.note(`  ${style.dim(name.padEnd(8))}  ${value}`)
  out.note()
}

function conclude(written: readonly string[], hints: readonly string[], dryRun: boolean, out: Output): void {
  const style = out.noteStyle
  const paths = written.join(", ")
  if (dryRun) out.note(written.length > 0 ? `Would write ${paths}` : "Nothing to write")
  else out.note(`${style.tick} ${written.length > 0 ? `Wrote ${paths}` : "The project is prepared already"}`)
  for (const hint of hints) out.note(`${style.warn} ${hint}`)
  if (!dryRun) out.note(`  ${style.dim("→")} npx stackdock add gridpane`)
}
