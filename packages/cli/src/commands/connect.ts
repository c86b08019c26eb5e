import { defineCommand } from "../framework/command.ts"
import { CliError } from "../framework/error.ts"
import { didYouMean } from "../framework/nearest.ts"
import { printable } from "../runtime/format.ts"
import { cancelOnInterrupt } from "../runtime/interrupt.ts"
import { credentialsFromPerson, credentialsFromStdin } from "../runtime/read-credentials.ts"
import { withStackdock } from "../runtime/run.ts"

export const command = defineCommand({
  name: "connect",
  usage: "<provider> [options]",
  args: { min: 1, max: 1 },
  options: {
    name: { type: "string", value: "<name>", summary: "What to call it; the provider's name when left out" },
    baseUrl: { type: "string", value: "<url>", summary: "Another address of the same API" },
    credentialsStdin: { type: "boolean", summary: "Read the credential from stdin, as one JSON object" },
    noVerify: { type: "boolean", summary: "Store it without asking the provider" },
  },
  examples: [
    "stackdock connect gridpane",
    "stackdock connect gridpane --credentials-stdin < credentials.json",
    "STACKDOCK_GRIDPANE_API_KEY=... stackdock connect gridpane --name agency",
  ],
  run: ({ args: [provider = ""], flags, cwd, out, ask }) =>
    withStackdock(cwd, async (stackdock) => {
      const dock = stackdock.docks.find((dock) => dock.provider === provider)
      if (!dock)
        throw unknownProvider(
          provider,
          stackdock.docks.map((known) => known.provider),
        )

      const given = flags.baseUrl === undefined ? {} : { baseUrl: flags.baseUrl }
      const credentials = flags.credentialsStdin
        ? { ...(await credentialsFromStdin(process.stdin)), ...given }
        : await credentialsFromPerson(provider, stackdock.credentialFields(provider), given, ask)

      const live = out.live()
      const interrupt = cancelOnInterrupt(() =>
        live.finish("verify", "Stopping … press Ctrl-C again to kill."),
      )
      if (!flags.noVerify) live.set("verify", out.noteStyle.dim(`Asking ${dock.title} …`))
      try {
        const connected = await stackdock.connect({
          provider,
          credentials,
          name: flags.name,
          verify: !flags.noVerify,
          signal: interrupt.signal,
        })
        live.stop()
        const { dockId, name, account, sameAccountAs } = connected
        out.json({ dockId, provider, name, account })
        const whose = account
          ? ` as ${printable(account.name)} ${out.style.dim(`(${printable(account.id)})`)}`
          : ", without asking the provider"
        out.print(`${out.style.tick} Connected ${out.style.bold(name)}${whose}`)
        if (sameAccountAs.length > 0) {
          out.warn(
            `${sameAccountAs.join(", ")} is the same account: both will have their own rows of everything.`,
          )
        }
        out.note(`  ${out.noteStyle.dim("→")} npx stackdock sync`)
      } finally {
        live.stop()
        interrupt.stop()
      }
      return 0
    }),
})

function unknownProvider(provider: string, known: readonly string[]): CliError {
  return new CliError({
    code: "unknown_provider",
    message: `This project has no dock for "${provider}"${known.length > 0 ? `; it has ${known.join(", ")}` : ""}.`,
    hint: didYouMean(provider, known) ?? `Add it first: npx stackdock add ${provider}`,
    exitCode: 2,
  })
}
