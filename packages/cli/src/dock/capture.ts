import { randomBytes } from "node:crypto"
import type { InputField, ProvisionReport } from "../../../../registry/engine/provision-report.ts"
import type { DockReport, Stackdock } from "../../../../registry/engine/stackdock.ts"
import type { Seen } from "../plan/record.ts"
import type { Credentials } from "../runtime/read-credentials.ts"
import type { Exchange } from "../traffic/exchange.ts"
import { atOrigin, recordingFetch, withoutRepeats } from "../traffic/recording-fetch.ts"
import type { LoadedDock } from "./load.ts"
import { withFetch } from "./network.ts"
import { standInCredentials } from "./stand-in-credentials.ts"

/** What to make and remove again, so that it is recorded. */
export interface Writes {
  readonly kind: string
  readonly input: Readonly<Record<string, unknown>>
}

export interface Captured extends Seen {
  readonly report: DockReport
  readonly written: Written | undefined
}

export interface Written {
  readonly report: ProvisionReport
  /** What could not be removed again, or may have been made: for a person to look after. */
  readonly left: readonly string[]
}

export interface CaptureRequest {
  readonly credentials: Credentials
  readonly writes: Writes | undefined
  readonly signal: AbortSignal
  onRequest(line: string): void
}

/** Runs the dock against its provider and keeps what went over the wire. */
export async function capture(dock: LoadedDock, request: CaptureRequest): Promise<Captured> {
  const { provider, hosts } = dock.definition
  const { credentials, signal } = request
  const seen: Exchange[] = []
  const real = globalThis.fetch
  const fetch = recordingFetch(real, (exchange) => {
    seen.push(exchange)
    request.onRequest(`${exchange.method} ${new URL(exchange.url).pathname}`)
  })
  const base = typeof credentials["baseUrl"] === "string" ? new URL(credentials["baseUrl"]) : undefined
  /** What was seen since it was asked the last time. */
  const taken = (): Exchange[] => {
    const own = seen.splice(0)
    return base && hosts[0]
      ? own.map((exchange) => atOrigin(exchange, base.origin, `https://${hosts[0]}`))
      : own
  }
  return await withFetch(fetch, async () => {
    const stackdock = dock.open()
    const secrets = stackdock
      .credentialFields(provider)
      .map(({ name, isSecret }) => (isSecret ? credentials[name] : undefined))
      .filter((value) => typeof value === "string")
    await stackdock.connect({ provider, credentials, signal })
    const [report] = (await stackdock.sync({ signal })).docks
    if (!report) throw new Error("The sync reported nothing.")
    const account = withoutRepeats(taken()).filter(({ status }) => status < 400)
    const refusal = signal.aborted ? [] : await refused(dock, credentials, taken)
    const written =
      request.writes && !signal.aborted ? await write(stackdock, provider, request.writes, signal) : undefined
    const isElsewhere = base !== undefined && !hosts.includes(base.host)
    return { account, refusal, cycle: withoutSameAgain(taken()), isElsewhere, secrets, report, written }
  })
}

/** One request with a credential that is none: every dock has to know what a refusal looks like. */
async function refused(
  dock: LoadedDock,
  { baseUrl }: Credentials,
  taken: () => Exchange[],
): Promise<Exchange[]> {
  const { provider } = dock.definition
  const stackdock = dock.open()
  const given = standInCredentials(provider, stackdock.credentialFields(provider))
  const credentials = baseUrl === undefined ? given : { ...given, baseUrl }
  await stackdock.connect({ provider, credentials }).catch(() => {})
  return taken()
    .filter(({ status }) => status >= 400 && status < 500 && status !== 429)
    .slice(0, 1)
}

/** A name by which anybody knows what may be deleted. */
export function withRecognisableName(writes: Writes, fields: readonly InputField[]): Writes {
  const field = fields.find(({ name }) => /^(name|label|title|hostname|slug)$/.test(name))
  if (!field || writes.input[field.name] !== undefined) return writes
  const name = `stackdock-recording-${randomBytes(3).toString("hex")}`
  return { ...writes, input: { ...writes.input, [field.name]: name } }
}

/**
 * Makes it, waits for it and removes it. Making is not interrupted: what was asked for and not answered could not be found
 * again. Waiting is, and then everything that was made goes.
 */
async function write(
  stackdock: Stackdock,
  provider: string,
  { kind, input }: Writes,
  signal: AbortSignal,
): Promise<Written> {
  let report = await stackdock.provision({ dock: provider, kind, input })
  const isUnfinished = () => report.finishedAt === null && !report.needsDecision
  if (isUnfinished() && !signal.aborted) {
    const [resumed] = await stackdock.resume({ id: report.id, wait: true, signal })
    report = resumed ?? report
  }
  const left: string[] = []
  if (report.resourceId !== null && report.state !== "provisioning") {
    const removal = await stackdock.deprovision({ resourceId: report.resourceId, wait: true })
    if (removal.state !== "deprovisioned")
      left.push(`${kind} ${report.providerResourceId}: ${reason(removal)}`)
  } else if (report.state === "provisioning" || report.steps.some(({ outcome }) => outcome === "made")) {
    const [abandoned] = await stackdock.resume({ id: report.id, decision: { kind: "abandon" }, wait: true })
    for (const { name, id, outcome, error } of abandoned?.steps ?? []) {
      if (outcome !== "undone") left.push(`${name} ${id ?? ""} ${outcome}${error ? `: ${error}` : ""}`)
    }
  }
  return { report, left }
}

function reason({ error, state }: ProvisionReport): string {
  return error?.message ?? state
}

/** Looking again and again gives the same answer many times, and once is enough. */
function withoutSameAgain(exchanges: readonly Exchange[]): Exchange[] {
  const told = ({ method, url, requestBody, status, body }: Exchange) =>
    JSON.stringify([method, url, requestBody, status, body])
  return exchanges.filter((exchange, index) => {
    const before = exchanges[index - 1]
    return before === undefined || told(before) !== told(exchange)
  })
}
