import { useState } from "react"

/**
 * State that this browser keeps. Where it keeps nothing (a private window, storage that is full), it lasts as long as the
 * page. `read` makes something of whatever is found there.
 */
export function useStored<Value>(
  key: string,
  read: (kept: unknown) => Value,
): [Value, (value: Value) => void] {
  const place = `stackdock:${key}`
  const [value, setValue] = useState(() => read(keptAt(place)))
  const store = (next: Value) => {
    setValue(next)
    try {
      localStorage.setItem(place, JSON.stringify(next))
    } catch {
      // Nothing to be done, and nothing lost that the page shows.
    }
  }
  return [value, store]
}

function keptAt(place: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(place) ?? "null")
  } catch {
    return null
  }
}
