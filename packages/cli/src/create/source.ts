import { readFileSync } from "node:fs"
import { resolve } from "node:path"
import type { Ask } from "../framework/ask.ts"
import { usageError } from "../framework/error.ts"
import type { Description } from "../openapi/description.ts"
import { wordsIn } from "../openapi/names.ts"
import { packaged } from "../packaged.ts"
import { chooseLists } from "./choose.ts"
import { propose } from "./propose/index.ts"
import { contentOf, readSpec } from "./read-spec.ts"
import { type DockSpec, dockSpec } from "./spec.ts"

export interface Wanted {
  readonly openapi: string | undefined
  readonly har: string | undefined
  readonly from: string | undefined
  readonly table: readonly string[]
  readonly title: string | undefined
  readonly website: string | undefined
  readonly yes: boolean
}

/** What is to be written: from a spec, from a description of the API, or from nothing. */
export async function specFrom(provider: string, wanted: Wanted, cwd: string, ask: Ask): Promise<DockSpec> {
  const { openapi, har, from } = wanted
  if ([openapi, har, from].filter((one) => one !== undefined).length > 1) {
    throw usageError("There is one source: --openapi, --har or --from.")
  }
  if (from !== undefined) return { ...(await readSpec(from, cwd)), provider }
  const source = har === undefined ? ("document" as const) : ("traffic" as const)
  const known = har === undefined ? openapi && (await described(openapi, cwd)) : await captured(har, cwd)
  const description = known || (await blank())
  const isAsked = ask.isPossible && !wanted.yes
  const about = {
    provider,
    title: wanted.title ?? (await titleFor(provider, description, isAsked, ask)),
    website: websiteFor(wanted.website, provider, description),
  }
  if (known) {
    const proposal = propose(description)
    const chosen = await chooseLists(proposal, { wanted: wanted.table, isAsked }, ask)
    if (chosen.length > 0) return dockSpec.parse(proposal.specFor({ ...about, source }, chosen))
  }
  // Where the document lists nothing that a table is for, the lists are assumed, and the rest is taken from it.
  const proposal = propose(known ? await withBlankLists(description) : description)
  const tables = wanted.table.length > 0 ? wanted.table : ["servers"]
  const chosen = await chooseLists(proposal, { wanted: tables, isAsked: false }, ask)
  return dockSpec.parse(proposal.specFor({ ...about, source: "nothing" }, chosen))
}

async function captured(source: string, cwd: string): Promise<Description> {
  const { readHar } = await import("../traffic/har.ts")
  const { describeTraffic } = await import("../openapi/traffic.ts")
  return describeTraffic(readHar(contentOf(resolve(cwd, source), source), source).exchanges)
}

async function withBlankLists(description: Description): Promise<Description> {
  const { operations } = await blank()
  const lists = operations.filter(({ path }) => path !== "/account")
  return { ...description, operations: [...description.operations, ...lists] }
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
