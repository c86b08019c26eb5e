import type { InputField } from "../../../engine/provision-report.ts"
import type { SentProvisionReport } from "../../data/port.ts"
import { columnTitle } from "../../format/words.ts"

interface AskedForProps {
  input: SentProvisionReport["input"]
  /** Of the kind, as long as its dock still has it. */
  fields: readonly InputField[]
}

/** What was asked for, field by field. */
export function AskedFor({ input, fields }: AskedForProps) {
  const given = Object.entries(input)
  if (given.length === 0) return <p className="text-muted-foreground text-sm">Nothing in particular.</p>
  return (
    <dl className="grid gap-x-6 gap-y-2 text-sm sm:grid-cols-[auto_1fr]">
      {given.map(([name, value]) => (
        <div key={name} className="grid sm:col-span-2 sm:grid-cols-subgrid">
          <dt className="text-muted-foreground">
            {fields.find((field) => field.name === name)?.title ?? columnTitle(name)}
          </dt>
          <dd className="min-w-0 whitespace-pre-wrap wrap-anywhere">{inWords(value)}</dd>
        </div>
      ))}
    </dl>
  )
}

function inWords(value: unknown): string {
  if (typeof value === "boolean") return value ? "Yes" : "No"
  if (Array.isArray(value) && value.every((each) => typeof each !== "object")) return value.join(", ")
  return typeof value === "object" && value !== null ? JSON.stringify(value, null, 2) : String(value)
}
