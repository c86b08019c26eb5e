import type { AuditEntry } from "../../schema/audit-log.ts"
import { useRead } from "../data/hooks.tsx"
import { type Place, PlaceLink } from "../data/navigation.tsx"
import { memberName, targetWords } from "../format/audit-words.ts"
import { isTableName } from "../format/words.ts"

/** What something was done to, with the way there. */
export function AuditTarget({ entry }: { entry: Pick<AuditEntry, "targetTable" | "targetId"> }) {
  const { targetTable, targetId } = entry
  const name = useTargetName(targetTable, targetId)
  if (!targetTable) return <span className="text-muted-foreground">Everything</span>
  const words = (
    <>
      {targetWords(targetTable)} <span className="break-all">{name}</span>
    </>
  )
  const to = targetId ? placeOf(targetTable, targetId) : undefined
  return to ? (
    <PlaceLink
      to={to}
      title={targetId ?? undefined}
      className="rounded-sm underline decoration-border underline-offset-4 hover:decoration-foreground focus-visible:outline-2 focus-visible:outline-ring"
    >
      {words}
    </PlaceLink>
  ) : (
    <span title={targetId ?? undefined}>{words}</span>
  )
}

/** Longer ones are for machines: what they begin with tells them apart well enough. */
const LONGEST_ID = 20

function useTargetName(table: string | null, id: string | null): string {
  const isDock = table === "docks"
  const isMember = table === "memberships"
  const docks = useRead("docks", {}, { enabled: isDock }).data
  const members = useRead("members", {}, { enabled: isMember }).data
  const dock = isDock ? docks?.find((one) => one.id === id) : undefined
  const member = isMember ? members?.find(({ userId }) => userId === id) : undefined
  if (dock) return dock.name
  if (member) return memberName(member)
  return id && id.length > LONGEST_ID ? `${id.slice(0, 8)}…` : (id ?? "")
}

function placeOf(table: string, id: string): Place | undefined {
  if (isTableName(table)) return { page: "resource", id }
  if (table === "docks") return { page: "docks" }
  if (table === "provisionings") return { page: "provisioning", id }
  if (table === "memberships") return { page: "settings" }
  return undefined
}
