import type { DockRow } from "../schema/docks.ts"
import { type Lease, type Store, StoreError } from "./ports.ts"

export interface HeldLease {
  readonly holder: string
  /** Prolongs the lease once a third of it has passed. Fails with `lease_lost` when another has taken it. */
  renew(): Promise<void>
  /** Fails with `lease_lost` when a renewal has found it taken. */
  confirm(): void
  release(): Promise<void>
}

export interface LeaseOptions {
  store: Store
  dock: DockRow
  leaseMs: number
  now: () => number
  /** Another has taken the lease, perhaps in the middle of a long wait. */
  onLost: () => void
}

export type Claim = { taken: true; lease: HeldLease } | { taken: false; busyUntil: string }

/**
 * Takes the lease of a dock, or tells until when it is taken. It is prolonged by the work (`renew` after each page) and by a
 * timer, for the times when the work is one long wait.
 */
export async function takeLease({ store, dock, leaseMs, now, onLost }: LeaseOptions): Promise<Claim> {
  const owner = { orgId: dock.orgId, dockId: dock.id, holder: crypto.randomUUID() }
  let renewedAt = now()
  let lost = false

  const acquire = () => {
    renewedAt = now()
    const claim: Lease = { ...owner, now: iso(renewedAt), expiresAt: iso(renewedAt + leaseMs) }
    return store.leases.acquire(claim)
  }
  const confirm = () => {
    if (lost) throw new StoreError("lease_lost", "Another sync has taken over this dock.")
  }
  const renew = async () => {
    confirm()
    if (now() - renewedAt < leaseMs / 3) return
    if ((await acquire()).acquired) return
    lost = true
    onLost()
    confirm()
  }

  const answer = await acquire()
  if (!answer.acquired) return { taken: false, busyUntil: answer.expiresAt }
  // A failure here is met again by the next write, which checks the lease itself.
  const timer = setInterval(() => void renew().catch(() => {}), leaseMs / 3)
  return {
    taken: true,
    lease: {
      holder: owner.holder,
      renew,
      confirm,
      async release() {
        clearInterval(timer)
        await store.leases.release(owner)
      },
    },
  }
}

function iso(time: number): string {
  return new Date(time).toISOString()
}
