import { type Lease, type LeaseAnswer, StoreError } from "./ports.ts"

export interface HeldLease {
  readonly holder: string
  /** Prolongs the lease once a third of it has passed. Fails with `lease_lost` when another has taken it. */
  renew(): Promise<void>
  /** Fails with `lease_lost` when a renewal has found it taken. */
  confirm(): void
  /** As `renew`, whenever that was done last. */
  prolong(): Promise<void>
  /** Leaves it to another process, which knows the holder. */
  leave(): void
  release(): Promise<void>
}

/** What can be leased: a dock, an intent. */
export interface Leasable {
  acquire(claim: Pick<Lease, "holder" | "now" | "expiresAt">): Promise<LeaseAnswer>
  release(holder: string): Promise<void>
}

export interface LeaseOptions {
  of: Leasable
  /** The holder that has it already, where it was taken in another way. */
  holder?: string
  leaseMs: number
  now: () => number
  /** Another has taken the lease, perhaps in the middle of a long wait. */
  onLost: () => void
}

export type Claim = { taken: true; lease: HeldLease } | { taken: false; busyUntil: string }

/**
 * Takes a lease, or tells until when it is taken. It is prolonged by the work (`renew` after each page) and by a
 * timer, for the times when the work is one long wait.
 */
export async function takeLease(options: LeaseOptions): Promise<Claim> {
  const { of, leaseMs, now, onLost, holder = crypto.randomUUID() } = options
  let renewedAt = now()
  let lost = false

  const acquire = () => {
    renewedAt = now()
    return of.acquire({ holder, now: iso(renewedAt), expiresAt: iso(renewedAt + leaseMs) })
  }
  const confirm = () => {
    if (lost) throw new StoreError("lease_lost", "Another process has taken over this work.")
  }
  const prolong = async () => {
    confirm()
    if ((await acquire()).acquired) return
    lost = true
    onLost()
    confirm()
  }
  const renew = async () => {
    confirm()
    if (now() - renewedAt >= leaseMs / 3) await prolong()
  }

  const answer = await acquire()
  if (!answer.acquired) return { taken: false, busyUntil: answer.expiresAt }
  // A failure here is met again by the next write, which checks the lease itself.
  const timer = setInterval(() => void renew().catch(() => {}), leaseMs / 3)
  return {
    taken: true,
    lease: {
      holder,
      renew,
      confirm,
      prolong,
      leave: () => clearInterval(timer),
      async release() {
        clearInterval(timer)
        await of.release(holder)
      },
    },
  }
}

function iso(time: number): string {
  return new Date(time).toISOString()
}
