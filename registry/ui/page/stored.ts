/** What a person chose in this browser. A browser that keeps nothing is no error: the choice then holds until it is closed. */
export function stored(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

export function store(key: string, value: string): void {
  try {
    localStorage.setItem(key, value)
  } catch {
    // Full, or forbidden.
  }
}
