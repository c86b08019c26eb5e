import { z } from "zod"
import { action } from "../../../core/provision.ts"
import type { NetlifyApi } from "../api/index.ts"
import { scopeOf } from "./deployments.ts"

export const deploymentActions = {
  restore: action({
    table: "deployments",
    title: "Publish this deploy again",
    input: z.strictObject({}),
    isDisruptive: true,
    async run(api: NetlifyApi, { providerResourceId: id, webServiceProviderId: siteId }) {
      const item = await api.deploys.restoreDeploy(siteId ?? "", id)
      return { message: "The deploy is published.", item, scope: scopeOf(item) }
    },
  }),
  lock: action({
    table: "deployments",
    title: "Keep later deploys from being published in its place",
    input: z.strictObject({}),
    async run(api: NetlifyApi, { providerResourceId: id }) {
      const item = await api.deploys.lockDeploy(id)
      return { message: "The deploy is locked.", item, scope: scopeOf(item) }
    },
  }),
  unlock: action({
    table: "deployments",
    title: "Let later deploys be published again",
    input: z.strictObject({}),
    async run(api: NetlifyApi, { providerResourceId: id }) {
      const item = await api.deploys.unlockDeploy(id)
      return { message: "The deploy is unlocked.", item, scope: scopeOf(item) }
    },
  }),
  cancel: action({
    table: "deployments",
    title: "Cancel the build",
    input: z.strictObject({}),
    isDisruptive: true,
    appliesTo: ({ status }) => status === "queued" || status === "building",
    async run(api: NetlifyApi, { providerResourceId: id }) {
      await api.deploys.cancelDeploy(id)
      return { message: "The build is being canceled." }
    },
  }),
}
