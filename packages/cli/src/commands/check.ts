import { checkDock } from "../check/index.ts"
import { type Check, showChecks } from "../check/show.ts"
import { findHome, providersIn } from "../dock/home.ts"
import { defineCommand } from "../framework/command.ts"
import { CliError } from "../framework/error.ts"

export const command = defineCommand({
  name: "check",
  usage: "[provider...] [options]",
  args: { min: 0, max: Number.POSITIVE_INFINITY },
  options: {
    noTest: { type: "boolean", summary: "Leave out the contract tests" },
  },
  examples: ["stackdock check gridpane", "stackdock check --no-test --json"],
  async run({ args, flags, cwd, out }) {
    const home = findHome(cwd)
    const providers = args.length > 0 ? [...new Set(args)] : providersIn(home)
    if (providers.length === 0) {
      throw new CliError({
        code: "no_docks",
        message: `There is no dock in ${home.root}/docks.`,
        hint: "npx stackdock create <provider>",
      })
    }
    const docks: { provider: string; ok: boolean; checks: Check[] }[] = []
    for (const provider of providers) {
      const live = out.live()
      live.set("check", out.noteStyle.dim(`Checking ${provider} …`))
      const checks = await checkDock(home, provider, { test: !flags.noTest }).finally(() => live.stop())
      if (docks.length > 0) out.print()
      out.print(out.style.bold(provider))
      docks.push({ provider, ok: showChecks(checks, out), checks })
    }
    const ok = docks.every((dock) => dock.ok)
    out.json({ ok, docks })
    return ok ? 0 : 1
  },
})
