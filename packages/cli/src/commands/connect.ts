import type { AnyDock } from "../../../../registry/core/dock.ts"
import type { CredentialField, Stackdock } from "../../../../registry/engine/stackdock.ts"
import { type Context, defineCommand, type Options } from "../framework/command.ts"
import { CliError, usageError } from "../framework/error.ts"
import { didYouMean } from "../framework/nearest.ts"
import { printable } from "../runtime/format.ts"
import { cancelOnInterrupt } from "../runtime/interrupt.ts"
import { type Credentials, credentialsFromPerson, credentialsFromStdin } from "../runtime/read-credentials.ts"
import { withStackdock } from "../runtime/run.ts"

const options = {
  name: { type: "string", value: "<name>", summary: "What to call it; the provider's name when left out" },
  rotate: {
    type: "string",
    value: "<dock>",
    summary: "Replace the credential of this dock, once the new one is proven",
  },
  baseUrl: { type: "string", value: "<url>", summary: "Another address of the same API" },
  credentialsStdin: { type: "boolean", summary: "Read the credential from stdin, as one JSON object" },
  noVerify: { type: "boolean", summary: "Store it without asking the provider" },
} as const satisfies Options

export const command = defineCommand({
  name: "connect",
  usage: "<provider> [options], or --rotate <dock> [options]",
  args: { min: 0, max: 1 },
  options,
  examples: [
    "stackdock connect gridpane",
    "stackdock connect gridpane --credentials-stdin < credentials.json",
    "STACKDOCK_GRIDPANE_API_KEY=... stackdock connect gridpane --name agency",
    "stackdock connect --rotate agency",
  ],
  async run(context) {
    const { args, flags, cwd } = context
    const [provider] = args
    const { rotate } = flags
    if (rotate !== undefined) {
      if (provider !== undefined || flags.name !== undefined || flags.noVerify) {
        throw usageError("--rotate takes a dock as it is: no provider, no --name, no --no-verify.")
      }
      return await withStackdock(cwd, (stackdock) => replaceCredential(stackdock, rotate, context))
    }
    if (provider === undefined) {
      throw usageError(
        "connect needs a provider: npx stackdock connect <provider>",
        "npx stackdock connect --help",
      )
    }
    return await withStackdock(cwd, (stackdock) => connect(stackdock, provider, context))
  },
})

type ConnectContext = Context<typeof options>

async function connect(stackdock: Stackdock, provider: string, context: ConnectContext): Promise<number> {
  const { flags, out } = context
  const definition = definitionOf(stackdock, provider)
  const credentials = await readCredentials(stackdock.credentialFields(provider), provider, context)
  const { dockId, name, account, sameAccountAs } = await whileAsking(
    flags.noVerify ? undefined : definition,
    context,
    (signal) =>
      stackdock.connect({ provider, credentials, name: flags.name, verify: !flags.noVerify, signal }),
  )
  out.json({ dockId, provider, name, account })
  const whose = account
    ? ` as ${printable(account.name)} ${out.style.dim(`(${printable(account.id)})`)}`
    : ", without asking the provider"
  out.print(`${out.style.tick} Connected ${out.style.bold(name)}${whose}`)
  if (sameAccountAs.length > 0) {
    out.warn(`${sameAccountAs.join(", ")} is the same account: both will have their own rows of everything.`)
  }
  out.note(`  ${out.noteStyle.dim("→")} npx stackdock sync`)
  return 0
}

async function replaceCredential(
  stackdock: Stackdock,
  dock: string,
  context: ConnectContext,
): Promise<number> {
  const { out } = context
  const docks = await stackdock.listDocks()
  const found = docks.find(({ id }) => id === dock) ?? docks.find(({ name }) => name === dock)
  if (!found) throw unknownDock(dock, docks)
  const definition = definitionOf(stackdock, found.provider)
  // What is not secret stays as it is, so it is not asked for.
  const fields = stackdock
    .credentialFields(found.provider)
    .map((field) => ({ ...field, isRequired: field.isRequired && field.isSecret }))
  const credentials = await readCredentials(fields, found.provider, context)
  const { id, provider, name, accountId, accountName } = await whileAsking(definition, context, (signal) =>
    stackdock.rotateCredential({ dock: found.id, credentials, signal }),
  )
  out.json({ dockId: id, provider, name, account: { id: accountId, name: accountName } })
  out.print(`${out.style.tick} Replaced the credential of ${out.style.bold(name)}`)
  out.note(`  The old one is no longer used here: revoke it at ${definition.title}.`)
  return 0
}

async function readCredentials(
  fields: readonly CredentialField[],
  provider: string,
  { flags, ask }: ConnectContext,
): Promise<Credentials> {
  const given = flags.baseUrl === undefined ? {} : { baseUrl: flags.baseUrl }
  if (flags.credentialsStdin) return { ...(await credentialsFromStdin(process.stdin)), ...given }
  return await credentialsFromPerson(provider, fields, given, ask)
}

/** Shows that the provider is being asked, and stops at Ctrl-C. */
async function whileAsking<Result>(
  definition: AnyDock | undefined,
  { out }: ConnectContext,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const live = out.live()
  const interrupt = cancelOnInterrupt(() => live.finish("verify", "Stopping … press Ctrl-C again to kill."))
  if (definition) live.set("verify", out.noteStyle.dim(`Asking ${definition.title} …`))
  try {
    return await work(interrupt.signal)
  } finally {
    live.stop()
    interrupt.stop()
  }
}

function definitionOf(stackdock: Stackdock, provider: string): AnyDock {
  const found = stackdock.docks.find((dock) => dock.provider === provider)
  if (found) return found
  throw unknownProvider(
    provider,
    stackdock.docks.map((known) => known.provider),
  )
}

function unknownDock(dock: string, docks: readonly { name: string }[]): CliError {
  const names = docks.map(({ name }) => name)
  return new CliError({
    code: "unknown_dock",
    message: `No dock is called "${dock}".`,
    hint: didYouMean(dock, names) ?? "npx stackdock docks",
    exitCode: 2,
  })
}

function unknownProvider(provider: string, known: readonly string[]): CliError {
  return new CliError({
    code: "unknown_provider",
    message: `This project has no dock for "${provider}"${known.length > 0 ? `; it has ${known.join(", ")}` : ""}.`,
    hint: didYouMean(provider, known) ?? `Add it first: npx stackdock add ${provider}`,
    exitCode: 2,
  })
}
