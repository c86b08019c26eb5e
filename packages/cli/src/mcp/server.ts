import { type CallToolResult, McpServer } from "@modelcontextprotocol/server"
import * as z from "zod"
import { commandGroups } from "../commands/index.ts"
import { CliError } from "../framework/error.ts"
import { withoutContents } from "./item-summary.ts"
import { Plans } from "./plans.ts"
import { type Ran, runInside } from "./run-inside.ts"

const INSTRUCTIONS = `StackDock copies the source of infrastructure provider integrations ("docks") into this project.
Look first: list, search, view, status, diff, check. To change the project, make a plan (plan_add, plan_update, plan_create), show
it to the person, and only then apply it with its token. Nothing else writes. Credentials are never needed here: a person connects
accounts with "npx stackdock connect".`

const READS = { readOnlyHint: true, openWorldHint: false } as const

const names = (what: string) =>
  z.array(z.string().min(1).regex(/^[^-]/, "must not be an option")).describe(what)
const registry = z
  .string()
  .regex(/^[^-]/, "must not be an option")
  .optional()
  .describe("Another registry than the bundled one: an address, a folder, or a name such as @acme")

/** The tools for coding agents: each is a command of the command line, with what it prints as JSON. */
export function createServer(version: string, cwd: string): McpServer {
  const server = new McpServer({ name: "stackdock", version }, { instructions: INSTRUCTIONS })
  const run = oneAfterAnother((name: string, argv: readonly string[]) => runCommand(name, argv, cwd))
  const plans = new Plans(run)

  server.registerTool(
    "list",
    { description: "Lists what can be added.", inputSchema: z.object({ registry }), annotations: READS },
    ({ registry }) => answer(() => run("list", option("registry", registry))),
  )
  server.registerTool(
    "search",
    {
      description:
        "Finds items that are about all of these words: a provider, a table such as dnsRecords, a host.",
      inputSchema: z.object({ words: names("What to look for").min(1), registry }),
      annotations: READS,
    },
    ({ words, registry }) => answer(() => run("search", [...words, ...option("registry", registry)])),
  )
  server.registerTool(
    "view",
    {
      description:
        "Shows one item before it is added: what it calls, fills, creates and asks for, and its files.",
      inputSchema: z.object({
        item: names("").element.describe("Its name: gridpane"),
        file: z.string().optional().describe("The target of one of its files, to read its text"),
        registry,
      }),
      annotations: READS,
    },
    ({ item, file, registry }) =>
      answer(async () => withoutContents(await run("view", [item, ...option("registry", registry)]), file)),
  )
  server.registerTool(
    "status",
    {
      description:
        "Tells, by item and file, what was edited here, what is missing, and what is newer upstream.",
      inputSchema: z.object({}),
      annotations: READS,
    },
    () => answer(() => run("status", [])),
  )
  server.registerTool(
    "diff",
    {
      description: "Shows the edits made here, and what changed upstream, as unified diffs.",
      inputSchema: z.object({
        items: names("Only these; all when left out").default([]),
        side: z.enum(["mine", "upstream", "both"]).default("both"),
      }),
      annotations: READS,
    },
    ({ items, side }) => answer(() => run("diff", [...items, ...(side === "both" ? [] : [`--${side}`])])),
  )
  server.registerTool(
    "check",
    {
      description: "Tells all that a dock still lacks to be whole, with what to do about each.",
      inputSchema: z.object({
        providers: names("Only these docks; all when left out").default([]),
        test: z.boolean().default(false).describe("Also run the contract tests, which takes a minute"),
      }),
      annotations: READS,
    },
    ({ providers, test }) => answer(() => run("check", [...providers, ...(test ? [] : ["--no-test"])])),
  )
  server.registerTool(
    "plan_add",
    {
      description: "Plans to copy items into the project: files, packages, hosts. Writes nothing; see apply.",
      inputSchema: z.object({
        items: names("What to add").min(1),
        tests: z.boolean().default(true).describe("With contract tests and recordings"),
        install: z.boolean().default(true).describe("Run the package manager afterwards"),
        registry,
      }),
      annotations: READS,
    },
    ({ items, tests, install, registry }) =>
      answer(() =>
        plans.make("add", [
          ...items,
          ...(tests ? [] : ["--no-tests"]),
          ...(install ? [] : ["--no-install"]),
          ...option("registry", registry),
        ]),
      ),
  )
  server.registerTool(
    "plan_update",
    {
      description: "Plans to merge what is new upstream into the copied code. Writes nothing; see apply.",
      inputSchema: z.object({
        items: names("Only these; all when left out").default([]),
        conflicts: z.enum(["mark", "keep-mine", "take-theirs"]).default("mark"),
        test: z
          .boolean()
          .default(true)
          .describe("Typecheck and run the contract tests before anything is written"),
      }),
      annotations: READS,
    },
    ({ items, conflicts, test }) =>
      answer(() =>
        plans.make("update", [
          ...items,
          ...(conflicts === "mark" ? [] : [`--${conflicts}`]),
          ...(test ? [] : ["--no-test"]),
        ]),
      ),
  )
  server.registerTool(
    "plan_create",
    {
      description:
        "Plans a new dock, from an API's description (OpenAPI, Swagger), from captured traffic or from nothing. Writes nothing; see apply.",
      inputSchema: z.object({
        provider: names("").element.describe("Its name: better-stack"),
        openapi: z.string().regex(/^[^-]/).optional().describe("A file or an address"),
        har: z.string().regex(/^[^-]/).optional().describe("Captured traffic, instead of a description"),
        tables: names("Only these tables, as table or table=path").default([]),
        title: z.string().optional(),
        website: z.string().optional(),
      }),
      annotations: { ...READS, openWorldHint: true },
    },
    ({ provider, openapi, har, tables, title, website }) =>
      answer(() =>
        plans.make("create", [
          provider,
          ...option("openapi", openapi),
          ...option("har", har),
          ...tables.flatMap((table) => option("table", table)),
          ...option("title", title),
          ...option("website", website),
        ]),
      ),
  )
  server.registerTool(
    "apply",
    {
      description: "Does what was planned, by the token of the plan. Show the plan to the person first.",
      inputSchema: z.object({ token: z.string() }),
      annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: false },
    },
    ({ token }) => answer(() => plans.apply(token)),
  )
  return server
}

async function runCommand(name: string, argv: readonly string[], cwd: string): Promise<Ran> {
  const entry = commandGroups.map(({ commands }) => commands[name]).find((found) => found !== undefined)
  if (!entry) throw new CliError({ code: "unknown_command", message: `There is no command "${name}".` })
  const { command } = await entry.load()
  return await runInside(command, argv, cwd)
}

/** With `=`, so that no value can be taken for an option. */
function option(name: string, value: string | undefined): string[] {
  return value === undefined ? [] : [`--${name}=${value}`]
}

/** Commands share the project, and one at a time may write. */
function oneAfterAnother<Args extends readonly unknown[], Result>(
  work: (...args: Args) => Promise<Result>,
): (...args: Args) => Promise<Result> {
  let last: Promise<unknown> = Promise.resolve()
  return (...args) => {
    const next = last.then(() => work(...args))
    last = next.catch(() => {})
    return next
  }
}

async function answer(
  work: () => Promise<Ran & { readonly token?: string | undefined }>,
): Promise<CallToolResult> {
  const { code, document, notes, token } = await work().catch((error: unknown) => {
    if (error instanceof CliError)
      return { code: error.exitCode, document: error.toJSON(), notes: "", token: undefined }
    throw error
  })
  const told = token === undefined ? document : { token, plan: document }
  return {
    content: [
      { type: "text", text: JSON.stringify(told, null, 2) },
      ...(notes === "" ? [] : [{ type: "text" as const, text: notes }]),
    ],
    isError: code !== 0,
  }
}
