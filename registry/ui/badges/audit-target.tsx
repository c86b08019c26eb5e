import type { AuditEntry } from "../../schema/audit-log.ts"
import { useRead } from "../data/hooks.tsx"
import { type Place, PlaceLink } from "../data/navigation.tsx"
import { targetWords } from "../format/audit-words.ts"
import { isTableName } from "../format/words.ts"

/** What something was done to, with the way there. */
export function AuditTarget({ entry }: { entry: Pick<AuditEntry, "targetTable" | "targetId"> }) {
  const { targetTable, targetId } = entry
  const isDock = targetTable === "docks"
  const docks = useRead("docks", {}, { enabled: isDock }).data
  if (!targetTable) return <span className="text-muted-foreground">Everything</span>
  const name = isDock ? docks?.find(({ id }) => id === targetId)?.name : undefined
  const words = (
    <>
      {targetWords(targetTable)} <span className="break-all">{name ?? targetId ?? ""}</span>
    </>
  )
  const to = targetId ? placeOf(targetTable, targetId) : undefined
  return to ? (
    <PlaceLink
      to={to}
      className="rounded-sm underline decoration-border underline-offset-4 hover:decoration-foreground focus-visible:outline-2 focus-visible:outline-ring"
    >
      {words}
    </PlaceLink>
  ) : (
    <span>{words}</span>
  )
}

function placeOf(table: string, id: string): Place | undefined {
  if (isTableName(table)) return { page: "resource", id }
  if (table === "docks") return { page: "docks" }
  if (table === "provisionings") return { page: "provisioning", id }
  if (table === "memberships") return { page: "settings" }
  return undefined
}
