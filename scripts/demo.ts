import { mkdirSync, rmSync } from "node:fs"
import { join, relative } from "node:path"
import { createInterface } from "node:readline/promises"
import { parseArgs } from "node:util"
import { createProject, packCommand } from "./demo/project.ts"
import { Terminal } from "./demo/terminal.ts"
import { startProviders } from "./played/process.ts"
import { credentialsOf, type Provider, providers } from "./played/provider.ts"
import { root } from "./run.mjs"

/**
 * The main job, in front of the reader's eyes, in a fresh project: nothing here is printed by the demo itself except the
 * prompts. The providers are played on this machine from the recordings of their docks.
 */
const { values } = parseArgs({
  options: {
    node: { type: "string" },
    /** Straight to the studio, with every dock there is. */
    studio: { type: "boolean", default: false },
  },
})
const folder = join(root, ".demo")
const project = join(folder, "my-platform")
const shownProject = relative(process.cwd(), project) || "."

rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })

const tarball = packCommand(folder)
const played = await startProviders(providers)
try {
  const terminal = new Terminal(project, values.node)
  createProject(project)

  const connect = (name: Provider) =>
    terminal.stackdock(["connect", name, "--base-url", played.baseUrls[name], "--credentials-stdin"], {
      stdin: JSON.stringify(credentialsOf(name)),
      stdinShown: `echo '{"${Object.keys(credentialsOf(name))[0]}":"…"}' |`,
    })

  terminal.say("A fresh project, with the command installed from its packed tarball")
  const install = ["install", "--save-dev", "--no-audit", "--no-fund", "--loglevel=error"]
  terminal.run("npm", [...install, relative(project, tarball)])

  if (values.studio) {
    terminal.say("Set StackDock up, and copy four docks into the project")
    terminal.stackdock(["init", "--yes"])
    terminal.stackdock(["add", ...providers, "--yes", "--quiet"])
    terminal.say(
      "Connect an account of each. The providers are played from recordings: no account, no network",
    )
    for (const name of providers) connect(name)
    terminal.say("Sync them all")
    terminal.stackdock(["sync"])
    openStudio(terminal)
  } else {
    terminal.say("Set StackDock up, and copy the GridPane dock into the project")
    terminal.stackdock(["init", "--yes"])
    terminal.stackdock(["add", "gridpane", "--yes"])

    terminal.say("Connect an account. The provider is played from recordings: no account, no network")
    connect("gridpane")

    terminal.say("Sync it, and look at the rows")
    terminal.stackdock(["sync"])
    terminal.stackdock(["resources", "servers"])
    terminal.stackdock(["resources", "webServices"])
    terminal.stackdock(["resources", "backupSchedules"])

    terminal.say("A second sync finds nothing to change")
    terminal.stackdock(["sync"])

    terminal.close(`Done. The project is in ${shownProject}. What to type next:

  cd ${shownProject}
  npx stackdock studio                       the same rows, in a browser
  npx stackdock resources domains --json     the rows, for programs
  npx stackdock view gridpane                what was copied, and what it calls
  npx vitest run                             the copied contract tests
  npx stackdock --help                       everything else

With four providers in the studio: npm run demo -- --studio
With an account of your own: npx stackdock connect gridpane --name mine`)
    if (await wantsStudio()) openStudio(terminal)
  }
} finally {
  played.stop()
}

/** Until it is ended with Ctrl+C, which is no failure of the demo. */
function openStudio(terminal: Terminal): void {
  terminal.say("The studio. The providers answer for as long as it is open; Ctrl+C ends both")
  process.on("SIGINT", () => {})
  terminal.stackdock(["studio"])
}

async function wantsStudio(): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stdout.isTTY) return false
  const asking = createInterface({ input: process.stdin, output: process.stdout })
  try {
    return /^y(es)?$/i.test((await asking.question("\nOpen the studio now? (y/N) ")).trim())
  } finally {
    asking.close()
  }
}
