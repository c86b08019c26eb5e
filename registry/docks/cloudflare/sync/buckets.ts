import { resource } from "../../../core/resource.ts"
import type { CloudflareApi } from "../api/index.ts"
import type { Jurisdiction } from "../api/storage.ts"
import { bucketId } from "../keys.ts"
import { CloudflareR2Bucket } from "../types.ts"
import { consoleUrl } from "./console.ts"
import { perAccount } from "./places.ts"

export type BucketScope = { readonly account: string; readonly jurisdiction: Jurisdiction }

const JURISDICTIONS: readonly Jurisdiction[] = ["default", "eu"]

/** Each jurisdiction has a list of its own, and the same name may be in both. */
export const buckets = resource("buckets", CloudflareR2Bucket, {
  scopes: (api: CloudflareApi) =>
    perAccount<BucketScope>(api, ({ id: account, name }) =>
      JURISDICTIONS.map((jurisdiction) => ({
        id: `r2/${account}/${jurisdiction}`,
        name: `R2 (${jurisdiction}) of ${name}`,
        data: { account, jurisdiction },
      })),
    ),
  list: (api, { data }) => api.storage.listBuckets(data?.account ?? "", data?.jurisdiction ?? "default"),
  map: ({ name, location, storage_class }, { data }) => {
    const { account, jurisdiction } = data ?? { account: "", jurisdiction: "default" as const }
    return {
      providerResourceId: bucketId({ account, jurisdiction, bucket: name }),
      name,
      // R2 knows no state of a bucket but that it is there.
      status: "active" as const,
      providerUrl: consoleUrl(account, "r2", jurisdiction, "buckets", name),
      region: location?.toLowerCase(),
      endpoint: `https://${account}.${jurisdiction === "eu" ? "eu." : ""}r2.cloudflarestorage.com`,
      storageClass: storage_class,
    }
  },
})
