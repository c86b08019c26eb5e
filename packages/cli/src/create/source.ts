import { readFileSync } from "node:fs"
import type { Ask } from "../framework/ask.ts"
import { CliError, usageError } from "../framework/error.ts"
import type { Description } from "../openapi/description.ts"
import { packaged } from "../packaged.ts"
import { chooseLists } from "./choose.ts"
import { wordsIn } from "./names.ts"
import { propose } from "./propose/index.ts"
import { readSpec } from "./read-spec.ts"
import { type DockSpec, dockSpec } from "./spec.ts"

export interface Wanted {
  readonly openapi: string | undefined
  readonly from: string | undefined
  readonly table: readonly string[]
  readonly title: string | undefined
  readonly website: string | undefined
  readonly yes: boolean
}

/** What is to be written: from a spec, from a description of the API, or from nothing. */
export async function specFrom(provider: string, wanted: Wanted, cwd: string, ask: Ask): Promise<DockSpec> {
  const { openapi, from } = wanted
  if (from !== undefined && openapi !== undefined) {
    throw usageError("--from holds all there is to say, so nothing else can be a source beside it.")
  }
  if (from !== undefined) return { ...(await readSpec(from, cwd)), provider }
  const description = openapi === undefined ? await blank() : await described(openapi, cwd)
  const proposal = propose(description)
  const isAsked = ask.isPossible && !wanted.yes
  const about = {
    provider,
    title: wanted.title ?? (await titleFor(provider, description, isAsked, ask)),
    website: websiteFor(wanted.website, provider, description),
    source: openapi === undefined ? ("nothing" as const) : ("document" as const),
  }
  const isBlank = openapi === undefined
  const tables = wanted.table.length === 0 && isBlank ? ["servers"] : wanted.table
  const chosen = await chooseLists(proposal, { wanted: tables, isAsked }, ask)
  if (chosen.length === 0) throw nothingFound(openapi ?? "the document")
  return dockSpec.parse(proposal.specFor(about, chosen))
}

async function blank(): Promise<Description> {
  const { describeOpenApi } = await import("../openapi/openapi.ts")
  return describeOpenApi(JSON.parse(readFileSync(packaged("templates/dock/blank.openapi.json"), "utf8")))
}

async function described(source: string, cwd: string): Promise<Description> {
  const { readDescription } = await import("../openapi/document.ts")
  return readDescription(source, cwd)
}

async function titleFor(
  provider: string,
  { title }: Description,
  isAsked: boolean,
  ask: Ask,
): Promise<string> {
  const plain = title.replace(
    /\b(the|public|rest|web|cloud|platform|management|http|api|v\d[\w.]*|specification|openapi|documentation|reference)\b/gi,
    " ",
  )
  const told = plain
    .replace(/[^\p{L}\d. -]+/gu, " ")
    .replace(/\s+/g, " ")
    .trim()
  const isName = told.replace(/\W/g, "").toLowerCase().startsWith(provider.replaceAll("-", ""))
  const usual = provider
    .split("-")
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(" ")
  const initial = isName ? wordsUpTo(told, provider) : usual
  return isAsked ? ask.text("What do people call it?", { answeredBy: "--title", initial }) : initial
}

/** `DigitalOcean API` begins with the name; what follows it is about the document. */
function wordsUpTo(told: string, provider: string): string {
  const wanted = wordsIn(provider).join("").length
  let held = ""
  for (const word of told.split(" ")) {
    if (held.replace(/\W/g, "").length >= wanted) break
    held = `${held} ${word}`.trim()
  }
  return held
}

function websiteFor(given: string | undefined, provider: string, { website, baseUrl }: Description): string {
  if (given !== undefined) {
    if (URL.canParse(given) && given.startsWith("https://")) return given
    throw usageError(`--website must be an https:// address: ${given}`)
  }
  if (website) return website
  if (!baseUrl) return `https://${provider}.example`
  const labels = new URL(baseUrl).hostname.split(".")
  return `https://${labels.slice(-2).join(".")}`
}

function nothingFound(source: string): CliError {
  return new CliError({
    code: "nothing_found",
    message: `${source} describes no list that a table could be filled from.`,
    hint: "Start from nothing and write it by hand: stackdock create <provider> --table servers",
  })
}
