import { language } from "./locale.ts"

const counts = new Intl.NumberFormat(language)

/** `12,480`, as the reader's language writes it. */
export function formatCount(count: number): string {
  return counts.format(count)
}

const units = ["B", "kB", "MB", "GB", "TB", "PB"]

/** In powers of a thousand, as providers sell it: `1.5 GB`. */
export function formatBytes(bytes: number): string {
  const step = Math.min(units.length - 1, bytes < 1 ? 0 : Math.floor(Math.log10(bytes) / 3))
  // 999,500 bytes are 1 MB once they are rounded.
  const isNext = step < units.length - 1 && Math.round(bytes / 1000 ** step) >= 1000
  const at = isNext ? step + 1 : step
  const value = bytes / 1000 ** at
  return `${new Intl.NumberFormat(language, { maximumFractionDigits: at === 0 || value >= 100 ? 0 : 1 }).format(value)} ${units[at]}`
}

/** Of a number of percents, such as 99.95: it is never rounded up to a hundred. */
export function formatPercent(percent: number): string {
  const shown = percent < 100 ? Math.min(percent, 99.99) : percent
  return `${new Intl.NumberFormat(language, { maximumFractionDigits: 2 }).format(shown)}%`
}
