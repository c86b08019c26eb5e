import { useRouter, useRouterState } from "@tanstack/react-router"
import { useMemo } from "react"
import type { Navigation, Place } from "../data/navigation.tsx"
import { addressOf, placeAt, query, searchOf } from "./places.ts"

/** How the pages move, by TanStack Router. */
export function useRouterNavigation(): Navigation {
  const router = useRouter()
  const search = useRouterState({ select: ({ location }) => location.searchStr })
  return useMemo(() => {
    const href = (place: Place) => withBase(router.basepath, addressOf(place))
    return {
      href,
      go: (place) => router.history.push(href(place)),
      search: searchOf(search),
      setSearch(changes, { replace = false } = {}) {
        // As it is now: another change may have come since the page was drawn.
        const { pathname, search: now } = router.history.location
        const next = `${pathname}${query({ ...searchOf(now), ...changes })}`
        if (replace) router.history.replace(next)
        else router.history.push(next)
      },
    }
  }, [router, search])
}

/** Where the app is; undefined where nothing is. */
export function usePlace(): Place | undefined {
  const path = useRouterState({ select: ({ location }) => location.pathname })
  return useMemo(() => placeAt(path), [path])
}

function withBase(base: string, address: string): string {
  const start = base === "/" ? "" : base.replace(/\/$/, "")
  return address === "/" ? `${start}/` : `${start}${address}`
}
