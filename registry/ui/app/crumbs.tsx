import {
  Breadcrumb,
  BreadcrumbItem,
  BreadcrumbLink,
  BreadcrumbList,
  BreadcrumbPage,
} from "@/components/ui/breadcrumb"
import { useRead } from "../data/hooks.tsx"
import { type Place, PlaceLink } from "../data/navigation.tsx"
import { tableTitle } from "../format/words.ts"
import { usePlace } from "./navigation.ts"
import { allItems } from "./sections.ts"

interface Crumb {
  title: string
  to?: Place
}

/** Where one is, from the section down to the page. */
export function Crumbs() {
  const place = usePlace()
  const id = place?.page === "resource" ? place.id : ""
  // The page asks the same; it is asked once.
  const resource = useRead("resource", { id }, { enabled: id !== "" })
  const shown = resource.data?.row.id === id ? resource.data : undefined
  const crumbs = place ? crumbsOf(place, shown && { table: shown.table, name: shown.row.name }) : []
  return (
    <Breadcrumb className="min-w-0 flex-1">
      <BreadcrumbList>
        {crumbs.map(({ title, to }, index) => {
          const isLast = index === crumbs.length - 1
          return (
            <BreadcrumbItem key={title} className={isLast ? undefined : "hidden sm:inline-flex"}>
              {isLast ? (
                <BreadcrumbPage>{title}</BreadcrumbPage>
              ) : (
                <>
                  {to ? (
                    <BreadcrumbLink asChild>
                      <PlaceLink to={to}>{title}</PlaceLink>
                    </BreadcrumbLink>
                  ) : (
                    <span>{title}</span>
                  )}
                  <span aria-hidden>/</span>
                </>
              )}
            </BreadcrumbItem>
          )
        })}
      </BreadcrumbList>
    </Breadcrumb>
  )
}

function crumbsOf(
  place: Place,
  resource: { table: Extract<Place, { page: "table" }>["table"]; name: string } | undefined,
): Crumb[] {
  switch (place.page) {
    case "connect":
      return [{ title: "Docks", to: { page: "docks" } }, { title: "Connect" }]
    case "table":
      return [{ title: "Infrastructure" }, { title: tableTitle(place.table) }]
    case "resource":
      return resource
        ? [
            { title: "Infrastructure" },
            { title: tableTitle(resource.table), to: { page: "table", table: resource.table } },
            { title: resource.name },
          ]
        : [{ title: "Infrastructure" }]
    case "provisioning":
      return [
        { title: "Operations" },
        { title: "Provision", to: { page: "provision" } },
        { title: "Progress" },
      ]
    case "backups":
    case "deployments":
    case "provision":
      return [{ title: "Operations" }, { title: titleOf(place) }]
    default:
      return [{ title: titleOf(place) }]
  }
}

function titleOf({ page }: Place): string {
  return allItems.find(({ to }) => to.page === page)?.title ?? page
}
