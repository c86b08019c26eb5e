import { defineCommand, yesOption } from "../framework/command.ts"
import { CliError } from "../framework/error.ts"
import { withStackdock } from "../runtime/run.ts"

export const command = defineCommand({
  name: "disconnect",
  usage: "<dock> [options]",
  args: { min: 1, max: 1 },
  options: {
    removeRows: { type: "boolean", summary: "Remove the dock and every row it filled, too" },
    yes: yesOption,
  },
  examples: ["stackdock disconnect gridpane", "stackdock disconnect agency --remove-rows --yes"],
  run: ({ args: [dock = ""], flags, cwd, out, ask }) =>
    withStackdock(cwd, async (stackdock) => {
      const { removeRows } = flags
      if (removeRows && !flags.yes) {
        const sure = await ask.confirm(`Remove "${dock}" and every row it filled?`, { answeredBy: "--yes" })
        if (!sure) throw new CliError({ code: "declined", message: "Nothing was removed.", exitCode: 3 })
      }
      const { id: dockId, provider, name } = await stackdock.disconnect(dock, { removeRows })
      out.json({ dockId, provider, name, rowsRemoved: removeRows })
      out.print(
        `${out.style.tick} Forgot the credential of ${out.style.bold(name)}${removeRows ? " and removed its rows" : "; its rows stay"}`,
      )
      if (!removeRows) {
        const again = name === provider ? provider : `${provider} --name ${name}`
        out.note(`  ${out.noteStyle.dim("→")} To connect it again: npx stackdock connect ${again}`)
      }
      return 0
    }),
})
