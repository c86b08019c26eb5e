import { useSyncExternalStore } from "react"

const query = "(max-width: 639px)"

/** Whether the screen is a phone's, where a row is a card. */
export function useNarrow(): boolean {
  return useSyncExternalStore(
    (changed) => {
      const media = matchMedia(query)
      media.addEventListener("change", changed)
      return () => media.removeEventListener("change", changed)
    },
    () => matchMedia(query).matches,
    () => false,
  )
}
