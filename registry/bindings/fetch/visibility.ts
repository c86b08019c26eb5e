/** For this long nobody looks at a page before it counts as left: whoever goes through their tabs is back by then. */
const LEFT_MS = 30_000

/** Tells when the page is looked at, and when it no longer is. Where there is no page, it always is. */
export function followVisibility(told: (isSeen: boolean) => void): () => void {
  if (typeof document === "undefined") return () => {}
  let leaving: ReturnType<typeof setTimeout> | undefined
  const change = () => {
    clearTimeout(leaving)
    if (document.visibilityState === "hidden") leaving = setTimeout(told, LEFT_MS, false)
    else told(true)
  }
  document.addEventListener("visibilitychange", change)
  return () => {
    clearTimeout(leaving)
    document.removeEventListener("visibilitychange", change)
  }
}
