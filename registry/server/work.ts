/** What is under way beyond the request that began it. When the server stops, it is told to, and waited for. */
export class Work {
  readonly #stop = new AbortController()
  readonly #running = new Set<Promise<unknown>>()

  /** What is under way ends at a safe point when this is aborted; the next start goes on with it. */
  get signal(): AbortSignal {
    return this.#stop.signal
  }

  /** Gives what `run` gives, to whoever still waits for it. A failure that nobody waits for is for `run` to tell. */
  begin<Result>(run: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
    const running = run(this.signal)
    this.#running.add(running)
    const forget = () => this.#running.delete(running)
    running.then(forget, forget)
    return running
  }

  async close(): Promise<void> {
    this.#stop.abort()
    while (this.#running.size > 0) await Promise.allSettled(this.#running)
  }
}

/**
 * Begins something, and is done as soon as it is under way (`started` was called), has ended, or was refused: then with
 * its error. An error that comes when nobody waits any more goes to `onLate`.
 */
export function untilStarted<Started, Result>(
  begin: (started: (told: Started) => void) => Promise<Result>,
  onLate: (error: unknown) => void,
): Promise<{ started: Started } | { ended: Result }> {
  return new Promise((resolve, reject) => {
    let isUnderWay = false
    const start = (started: Started) => {
      isUnderWay = true
      resolve({ started })
    }
    begin(start).then(
      (ended) => resolve({ ended }),
      (error: unknown) => (isUnderWay ? onLate(error) : reject(error)),
    )
  })
}
