/** Where the keyboard leads to in a list of rows; undefined when the key moves nothing. */
export function rowAfter(
  key: string,
  { active, total, page }: { active: number; total: number; page: number },
): number | undefined {
  const target = {
    ArrowDown: active + 1,
    ArrowUp: active - 1,
    PageDown: active + page,
    PageUp: active - page,
    Home: 0,
    End: total - 1,
  }[key]
  if (target === undefined || total === 0) return undefined
  return Math.min(Math.max(target, 0), total - 1)
}
