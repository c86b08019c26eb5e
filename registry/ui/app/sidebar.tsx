import { type ReactNode, useId } from "react"
import { cn } from "@/lib/utils"
import { may, useRead } from "../data/hooks.tsx"
import { PlaceLink, useNavigation } from "../data/navigation.tsx"
import { formatCount } from "../format/numbers.ts"
import { usePlace } from "./navigation.ts"
import { OrganizationName } from "./organization-name.tsx"
import { docks, type Item, infrastructure, operations, overview, rest } from "./sections.ts"
import { UserMenu } from "./user-menu.tsx"

/** Where there is what. The same beside the page and, on a small screen, in a sheet before it. */
export function Sidebar({ onLeave }: { onLeave?: () => void }) {
  const counts = useRead("counts", {})
  const totals = new Map<string, number>(counts.data?.map(({ table, total }) => [table, total]))

  return (
    <div className="flex h-full flex-col bg-sidebar text-sm">
      <div className="flex h-12 shrink-0 items-center border-b px-3">
        <OrganizationName />
      </div>
      <nav aria-label="Main" className="flex min-h-0 flex-1 flex-col gap-4 overflow-y-auto px-2 py-3">
        <Items items={[overview, docks]} onLeave={onLeave} />
        <Group title="Infrastructure">
          <Items items={infrastructure} counts={totals} onLeave={onLeave} />
        </Group>
        <Group title="Operations">
          <Items items={operations} onLeave={onLeave} />
        </Group>
        <Items items={rest} onLeave={onLeave} />
      </nav>
      <div className="shrink-0 border-t p-2">
        <UserMenu />
      </div>
    </div>
  )
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  const id = useId()
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className="px-2 pb-1 font-medium text-muted-foreground text-xs">
        {title}
      </h2>
      {children}
    </section>
  )
}

function Items({
  items,
  counts,
  onLeave,
}: {
  items: readonly Item[]
  counts?: ReadonlyMap<string, number>
  onLeave?: (() => void) | undefined
}) {
  const session = useRead("session", {}).data
  const permitted = items.filter(({ area }) => !area || !session || may(session, area, "read"))
  return (
    <ul className="flex flex-col gap-px">
      {permitted.map((item) => (
        <Line
          key={item.title}
          item={item}
          count={item.to.page === "table" ? counts?.get(item.to.table) : undefined}
          onLeave={onLeave}
        />
      ))}
    </ul>
  )
}

function Line({
  item: { title, icon: Icon, to },
  count,
  onLeave,
}: {
  item: Item
  count: number | undefined
  onLeave?: (() => void) | undefined
}) {
  const { href } = useNavigation()
  const place = usePlace()
  const isHere = place !== undefined && href(sectionOf(place)) === href(to)
  return (
    <li>
      <PlaceLink
        to={to}
        aria-current={isHere ? "page" : undefined}
        onClick={onLeave}
        className={cn(
          "flex h-8 items-center gap-2.5 rounded-md px-2 text-muted-foreground transition-colors hover:bg-accent hover:text-foreground focus-visible:outline-2 focus-visible:outline-ring",
          isHere && "bg-accent font-medium text-foreground",
        )}
      >
        <Icon aria-hidden className="size-4 shrink-0" />
        <span className="min-w-0 flex-1 truncate">{title}</span>
        {count !== undefined && count > 0 && (
          <span className="text-muted-foreground text-xs tabular-nums">
            {formatCount(count)}
            <span className="sr-only"> rows</span>
          </span>
        )}
      </PlaceLink>
    </li>
  )
}

/** Which line of the sidebar a place belongs to. */
function sectionOf(place: NonNullable<ReturnType<typeof usePlace>>): Item["to"] {
  if (place.page === "connect") return { page: "docks" }
  if (place.page === "provisioning") return { page: "provision" }
  return place
}
