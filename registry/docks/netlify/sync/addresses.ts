/** An address as Netlify gives it, where it is one. */
export function addressOf(value: string | null | undefined): string | null {
  return value && URL.canParse(value) ? value : null
}
