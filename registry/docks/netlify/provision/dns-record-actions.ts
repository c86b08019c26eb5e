import { z } from "zod"
import { ifTold } from "../../../core/if-told.ts"
import { action } from "../../../core/provision.ts"
import type { NetlifyApi } from "../api/index.ts"
import { zoneScope } from "../sync/scopes.ts"
import { fieldsOf, isAsAsked, isWritable, parts } from "./record-fields.ts"
import { replaceRecord } from "./replace-record.ts"

const { content, ...others } = parts

export const dnsRecordActions = {
  update: action({
    table: "dnsRecords",
    title: "Change the record",
    input: z
      .strictObject({ content, ...others })
      .partial()
      .refine(
        (changes) => Object.values(changes).some((value) => value !== undefined),
        "needs something to change",
      ),
    appliesTo: ({ recordType }) => isWritable(recordType),
    async run(api: NetlifyApi, { providerResourceId: id, domainProviderId }, { content, ...changes }) {
      const zoneId = domainProviderId ?? ""
      const old = await api.dns.getRecord(zoneId, id)
      const wanted = { ...fieldsOf(old), ...changes, ...(content === undefined ? {} : { value: content }) }
      if (isAsAsked(old, wanted)) return { message: "The record says that already." }
      const item = await replaceRecord(api, zoneId, old, wanted)
      const message = `Another record, ${item.id}, has taken its place: Netlify cannot change one.`
      const done = { message, madeProviderResourceId: item.id }
      const zone = await ifTold(api.dns.getZone(zoneId))
      return zone ? { ...done, item, scope: zoneScope(zone) } : done
    },
  }),
}
