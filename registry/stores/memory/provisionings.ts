import { type ProvisioningStore, StoreError } from "../../engine/ports.ts"
import type { Provisioning } from "../../schema/provisionings.ts"
import { compare } from "./keys.ts"

export interface MemoryProvisionings extends ProvisioningStore {
  removeDock(dockId: string): void
}

export function memoryProvisionings(): MemoryProvisionings {
  const intents = new Map<string, Provisioning>()
  const find = ({ orgId, id }: { orgId: string; id: string }) => {
    const intent = intents.get(id)
    return intent?.orgId === orgId ? intent : undefined
  }
  const ofOrg = (orgId: string) => [...intents.values()].filter((intent) => intent.orgId === orgId)
  return {
    async insert(intent) {
      const { id, orgId, idempotencyKey } = intent
      const taken = ofOrg(orgId).some((other) => other.idempotencyKey === idempotencyKey)
      if (taken || intents.has(id)) throw new StoreError("conflict", "There is such a provisioning already.")
      intents.set(id, structuredClone(intent))
    },
    async list(orgId, { dockId, unfinished, limit } = {}) {
      return ofOrg(orgId)
        .filter((intent) => dockId === undefined || intent.dockId === dockId)
        .filter(({ state }) => !unfinished || state === "provisioning" || state === "deprovisioning")
        .sort((a, b) => compare(b.createdAt, a.createdAt) || compare(a.id, b.id))
        .slice(0, limit)
        .map((intent) => structuredClone(intent))
    },
    async ofRow(table, { orgId, dockId, providerResourceId }, limit) {
      return ofOrg(orgId)
        .filter((intent) => intent.dockId === dockId && intent.tableName === table)
        .filter((intent) => intent.providerResourceId === providerResourceId)
        .sort((a, b) => compare(b.createdAt, a.createdAt) || compare(a.id, b.id))
        .slice(0, limit)
        .map((intent) => structuredClone(intent))
    },
    async get(orgId, key) {
      const found =
        "id" in key
          ? find({ orgId, id: key.id })
          : ofOrg(orgId).find((intent) => intent.idempotencyKey === key.idempotencyKey)
      return found && structuredClone(found)
    },
    async update(owner, changes) {
      const intent = find(owner)
      if (intent?.leaseHolder !== owner.holder) {
        throw new StoreError("lease_lost", "Another process has taken over this provisioning.")
      }
      Object.assign(intent, structuredClone(changes))
    },
    async acquire(owner, { now, expiresAt }) {
      const intent = find(owner)
      if (!intent) throw new StoreError("not_found", `There is no provisioning "${owner.id}".`)
      const { leaseHolder, leaseExpiresAt } = intent
      if (leaseHolder !== null && leaseHolder !== owner.holder && (leaseExpiresAt ?? "") > now) {
        return { acquired: false, holder: leaseHolder, expiresAt: leaseExpiresAt ?? now }
      }
      Object.assign(intent, { leaseHolder: owner.holder, leaseExpiresAt: expiresAt })
      return { acquired: true }
    },
    async release(owner) {
      const intent = find(owner)
      if (intent?.leaseHolder === owner.holder) {
        Object.assign(intent, { leaseHolder: null, leaseExpiresAt: null })
      }
    },
    removeDock(dockId) {
      for (const [id, intent] of intents) if (intent.dockId === dockId) intents.delete(id)
    },
  }
}
