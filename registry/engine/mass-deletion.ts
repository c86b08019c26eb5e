const SHARE = 0.3
const AT_LEAST = 20

/** Whether so many rows would vanish at once that a mistake at the provider is likelier than the truth. */
export function isMassDeletion(missing: number, of: number): boolean {
  return missing >= AT_LEAST && missing > of * SHARE
}
