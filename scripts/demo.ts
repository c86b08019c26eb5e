import { mkdirSync, rmSync } from "node:fs"
import { join, relative } from "node:path"
import { parseArgs } from "node:util"
import { createProject, packCommand } from "./demo/project.ts"
import { startProvider } from "./demo/provider.ts"
import { Terminal } from "./demo/terminal.ts"
import { root } from "./run.mjs"

/**
 * The main job, in front of the reader's eyes, in a fresh project: nothing here is printed by the demo itself except the
 * prompts. The provider is played on this machine from the recordings of the dock.
 */
const { values } = parseArgs({ options: { node: { type: "string" } } })
const folder = join(root, ".demo")
const project = join(folder, "my-platform")

rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })

const tarball = packCommand(folder)
const provider = await startProvider()
try {
  const terminal = new Terminal(project, values.node)
  createProject(project)

  terminal.say("A fresh project, with the command installed from its packed tarball")
  terminal.run("npm", [
    "install",
    "--save-dev",
    "--no-audit",
    "--no-fund",
    "--loglevel=error",
    relative(project, tarball),
  ])

  terminal.say("Set StackDock up, and copy the GridPane dock into the project")
  terminal.stackdock(["init", "--yes"])
  terminal.stackdock(["add", "gridpane", "--yes"])

  terminal.say("Connect an account. The provider is played from recordings: no account, no network")
  terminal.stackdock(["connect", "gridpane", "--base-url", provider.baseUrl, "--credentials-stdin"], {
    stdin: JSON.stringify({ apiKey: provider.token }),
    stdinShown: `echo '{"apiKey":"…"}' |`,
  })

  terminal.say("Sync it, and look at the rows")
  terminal.stackdock(["sync"])
  terminal.stackdock(["resources", "servers"])
  terminal.stackdock(["resources", "webServices"])
  terminal.stackdock(["resources", "backupSchedules"])

  terminal.say("A second sync finds nothing to change")
  terminal.stackdock(["sync"])

  terminal.close(`Done. The project is in ${relative(process.cwd(), project) || "."}. What to type next:

  cd ${relative(process.cwd(), project)}
  npx stackdock resources domains --json     the rows, for programs
  npx stackdock view gridpane                what was copied, and what it calls
  npx vitest run                             the copied contract tests
  npx stackdock --help                       everything else

With an account of your own: npx stackdock connect gridpane --name mine`)
} finally {
  provider.stop()
}
