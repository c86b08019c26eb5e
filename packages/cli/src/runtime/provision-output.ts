import type {
  ActionReport,
  ProvisionEvent,
  ProvisionReport,
  RehearsedStep,
} from "../../../../registry/engine/provision-report.ts"
import type { Output } from "../framework/output.ts"
import { printable } from "./format.ts"
import { cancelOnInterrupt } from "./interrupt.ts"

type Shown = ActionReport["shows"]

/** As JSON: what is shown once is shown now. */
export function reportJson<Report extends { readonly shows: Shown }>(report: Report) {
  return { ...report, shows: report.shows.map(({ title, value }) => ({ title, value: value.reveal() })) }
}

export function printShown(shows: Shown, out: Output): void {
  for (const { title, value } of shows) {
    out.print(`  ${out.style.bold(printable(title))}: ${printable(value.reveal())}`)
    out.note(`  ${out.noteStyle.dim("It is shown only now, and kept nowhere.")}`)
  }
}

export function printReport(report: ProvisionReport, out: Output): void {
  const { style } = out
  const { id, operation, kind, state, error, needsDecision, steps, resourceId } = report
  const mark = state === "failed" ? style.cross : error ? style.warn : style.tick
  const what = [kind, report.providerResourceId].filter((text) => text !== null).join(" ")
  out.print(
    `${mark} ${style.bold(printable(what))}  ${state}${resourceId ? style.dim(`  ${resourceId}`) : ""}`,
  )
  for (const step of steps) {
    if (operation === "provision" && (step.outcome !== "made" || state !== "provisioned")) {
      const reason = step.error ? `: ${printable(step.error)}` : ""
      out.print(`  ${step.name} ${style.dim(printable(step.id ?? ""))} ${step.outcome}${reason}`)
    }
  }
  if (error) out.print(`  ${needsDecision ? style.warn : style.cross} ${printable(error.message)}`)
  if (error?.suggestion) out.print(`    ${style.dim("→")} ${printable(error.suggestion)}`)
  printShown(report.shows, out)
  if (!error && (state === "provisioning" || state === "deprovisioning")) {
    out.note(`  ${out.noteStyle.dim("→")} It is under way. npx stackdock provisionings ${id} --resume --wait`)
  }
}

/** What failed outweighs what asks for a decision. */
export function exitCodeOf(reports: readonly ProvisionReport[]): number {
  if (reports.some(({ state, error, needsDecision }) => (state === "failed" || error) && !needsDecision))
    return 1
  return reports.some(({ needsDecision }) => needsDecision) ? 3 : 0
}

export function printRehearsal(steps: readonly RehearsedStep[], out: Output): void {
  const { style } = out
  out.json({ dryRun: true, steps })
  for (const { step, request, note } of steps) {
    out.print(style.bold(step))
    if (request) {
      out.print(`  ${request.method} ${printable(request.url)}`)
      for (const [name, value] of Object.entries(request.headers)) {
        out.print(`  ${style.dim(`${name}: ${printable(value)}`)}`)
      }
      if (request.body !== undefined) {
        for (const line of JSON.stringify(request.body, null, 2).split("\n"))
          out.print(`  ${printable(line)}`)
      }
    }
    if (note) out.print(`  ${style.dim(note)}`)
  }
  out.note(out.noteStyle.yellow("A dry run: nothing was sent, and nothing was written."))
}

/** Says how the work goes on, and cancels it on Ctrl-C. */
export function followProvision(out: Output) {
  const live = out.live()
  const style = out.noteStyle
  const interrupt = cancelOnInterrupt(() =>
    live.finish("interrupt", style.yellow("  Stopping … press Ctrl-C again to kill.")),
  )
  return {
    signal: interrupt.signal,
    onProgress(event: ProvisionEvent): void {
      if (event.type === "started") {
        if (event.isResumed) live.finish(event.id, style.dim(`  Going on with ${event.kind} (${event.id})`))
      } else if (event.type === "step") {
        const line = `${event.step} ${event.outcome}`
        if (event.outcome === "started") live.set(event.id, `  ${style.cyan("·")} ${event.step} …`)
        else live.finish(event.id, `  ${event.outcome === "left" ? style.cross : style.tick} ${line}`)
      } else if (event.type === "shown") {
        for (const { title, value } of event.shows) {
          live.finish(event.id, `  ${style.warn} ${printable(title)}: ${printable(value.reveal())}`)
        }
      } else {
        live.set(event.id, `  ${style.cyan("·")} ${printable(event.progress ?? "waiting")} …`)
      }
    },
    stop(): void {
      live.stop()
      interrupt.stop()
    },
  }
}
