/**
 * The end of a process, at the n-th moment: before or after one of its calls to the world came to anything. From then on
 * nothing that it does comes to anything.
 */
export class MortalProcess {
  readonly dieAt: number
  moments = 0
  isDead = false

  constructor(dieAt: number) {
    this.dieAt = dieAt
  }

  async call<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#moment()
    const result = await work()
    this.#moment()
    return result
  }

  #moment(): void {
    if (this.moments === this.dieAt) this.isDead = true
    if (this.isDead) throw new Error("The process is dead.")
    this.moments += 1
  }

  /** Every function of it dies with the process; all of them, when `names` is left out. */
  within<Part extends object>(part: Part, names?: readonly (keyof Part)[]): Part {
    return new Proxy(part, {
      get: (target, name) => {
        const value = Reflect.get(target, name, target)
        if (typeof value !== "function" || (names && !names.includes(name as keyof Part))) return value
        return (...args: unknown[]) => this.call(async () => value.apply(target, args))
      },
    })
  }
}
