/** Rows that are asked for together. */
export const windowSize = 100

/** Where the windows begin that a stretch of rows lies in, and of how many neighbours on each side. */
export function windowsAround(
  { first, last }: { first: number; last: number },
  total: number,
  neighbours = 0,
): number[] {
  const lastWindow = Math.max(0, Math.ceil(total / windowSize) - 1)
  const from = Math.max(0, Math.floor(first / windowSize) - neighbours)
  const to = Math.min(lastWindow, Math.floor(Math.max(first, last) / windowSize) + neighbours)
  const starts: number[] = []
  for (let window = Math.min(from, lastWindow); window <= to; window++) starts.push(window * windowSize)
  return starts
}

/** The newest answer knows best how many rows there are: between two windows a row may have come or gone. */
export function newestTotal(answers: readonly { total: number; at: number }[]): number | undefined {
  return answers.reduce<{ total: number; at: number } | undefined>(
    (newest, answer) => (newest && newest.at >= answer.at ? newest : answer),
    undefined,
  )?.total
}
