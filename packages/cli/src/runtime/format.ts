/** Text from a provider, for a terminal: control characters could move the cursor or turn around what was said before. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]+/gu, " ")
}

/** `12,345` */
export function count(value: number): string {
  return value.toLocaleString("en")
}

/** `4.2 s`, `3 min 20 s` */
export function duration(milliseconds: number): string {
  if (milliseconds < 60_000) return `${(milliseconds / 1000).toFixed(milliseconds < 10_000 ? 1 : 0)} s`
  const seconds = Math.round(milliseconds / 1000)
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}

/** `5 minutes ago` */
export function ago(instant: string, now = Date.now()): string {
  const seconds = Math.max(0, Math.round((now - Date.parse(instant)) / 1000))
  const units = [
    ["day", 86_400],
    ["hour", 3_600],
    ["minute", 60],
  ] as const
  for (const [unit, size] of units) {
    const amount = Math.floor(seconds / size)
    if (amount > 0) return `${amount} ${unit}${amount > 1 ? "s" : ""} ago`
  }
  return "just now"
}

/** `1.4 GB` */
export function bytes(value: number): string {
  const units = ["B", "kB", "MB", "GB", "TB", "PB"]
  const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, value)) / 3)))
  const scaled = value / 1000 ** power
  return `${scaled.toFixed(power > 0 && scaled < 10 ? 1 : 0)} ${units[power]}`
}
