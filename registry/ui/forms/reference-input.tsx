import { type ComponentProps, useDeferredValue } from "react"
import { Input } from "@/components/ui/input"
import type { FieldReference } from "../../engine/provision-report.ts"
import type { ListedResource, PageFilter } from "../../engine/reading.ts"
import type { ResourceTableName } from "../../schema/index.ts"
import { useRead } from "../data/hooks.tsx"

/** Where the rows are that a form can offer. */
export interface Within {
  dock: string
  /** The row that the form is about: of what is a part of others, its own parts are offered. */
  row?: { table: ResourceTableName; providerResourceId: string } | undefined
}

/** Columns that name the whole, in the tables of its parts. */
const WHOLES: Partial<Record<ResourceTableName, Partial<Record<ResourceTableName, string>>>> = {
  webServices: { deployments: "webServiceProviderId" },
  domains: { dnsRecords: "domainProviderId" },
}

/** As many are offered at once. */
const OFFERED = 200

interface ReferenceInputProps extends ComponentProps<"input"> {
  id: string
  value: string
  refersTo: FieldReference
  within: Within
}

/** Takes an id, and offers those that are known, by their names. What is not known can be typed all the same. */
export function ReferenceInput({ refersTo, within, ...props }: ReferenceInputProps) {
  const { id, value } = props
  const typed = useDeferredValue(value)
  const filter = filterOf(refersTo, within)
  const { data: first } = useRead("resources", { table: refersTo.table, filter, limit: OFFERED })
  const isMany = first !== undefined && first.total > first.rows.length
  const { data: found } = useRead(
    "resources",
    { table: refersTo.table, filter: { ...filter, text: typed }, limit: OFFERED },
    { enabled: isMany && typed !== "" },
  )
  const rows = [...(first?.rows ?? []), ...(isMany && typed !== "" ? (found?.rows ?? []) : [])]
  const offered = new Map(rows.map((row) => [row.providerResourceId, row]))
  const chosen = offered.get(value.trim())
  return (
    <>
      <Input {...props} list={`${id}-known`} />
      <datalist id={`${id}-known`}>
        {[...offered.values()].map((row) => (
          <option key={row.id} value={row.providerResourceId}>
            {labelOf(row)}
          </option>
        ))}
      </datalist>
      {chosen && chosen.name !== value && (
        <p className="text-sm" role="status">
          {labelOf(chosen)}
        </p>
      )}
    </>
  )
}

function filterOf({ table, where }: FieldReference, { dock, row }: Within): PageFilter {
  const column = row && WHOLES[row.table]?.[table]
  return { docks: [dock], where: column ? { ...where, [column]: row.providerResourceId } : where }
}

function labelOf(row: ListedResource): string {
  return "displayName" in row && typeof row.displayName === "string" ? row.displayName : row.name
}
