import { fileURLToPath } from "node:url"
import { describe, expect, it } from "vitest"
import { arrowViolations, violationsOf } from "./arrows.ts"

const root = fileURLToPath(new URL("../../../..", import.meta.url))

describe("import arrows", () => {
  it("holds in the whole registry", () => {
    expect(arrowViolations(root)).toEqual([])
  })

  it.each([
    ["registry/core/http.ts", `import { x } from "../engine/sync.ts"`],
    ["registry/schema/table.ts", `export * from "../core/dock.ts"`],
    ["registry/engine/sync.ts", `import type { S } from "../stores/memory/index.ts"`],
    ["registry/docks/a/index.ts", `import { b } from "../b/index.ts"`],
    ["registry/docks/a/api.ts", `import { replay } from "../../contract/replay.ts"`],
    ["registry/core/http.ts", `import fs from "node:fs"`],
    ["registry/docks/a/api.ts", `import got from "got"`],
    ["registry/docks/a/api.ts", `const x = await import("../../../packages/cli/src/bin.ts")`],
    ["registry/core/http.ts", `import { x } from "./paging"`],
    ["registry/ui/page/page.tsx", `import { sync } from "../../engine/sync.ts"`],
    ["registry/ui/page/page.tsx", `import { Button } from "../../components/ui/button.tsx"`],
    ["registry/ui/page/page.tsx", `import { x } from "@/app/page"`],
    ["registry/ui/page/page.tsx", `import type { App } from "../../server/app.ts"`],
    [
      "registry/ui/page/page.tsx",
      `import type { A } from "react"\nimport { B } from "../../engine/ports.ts"`,
    ],
    ["registry/server/app.ts", `import { Button } from "@/components/ui/button"`],
    ["registry/server/app.ts", `import { serve } from "node:http"`],
    ["registry/bindings/fetch/port.ts", `import { app } from "../../server/app.ts"`],
  ])("sees that %s may not say %s", (file, source) => {
    expect(violationsOf(file, source)).toHaveLength(1)
  })

  it.each([
    ["registry/docks/a/api.ts", `import { x } from "../../core/http.ts"`],
    ["registry/docks/index.ts", `import { a } from "./a/index.ts"`],
    ["registry/security/node/key-file.ts", `import fs from "node:fs"`],
    ["registry/docks/a/a.contract.test.ts", `import { conformance } from "../../contract/conformance.ts"`],
    ["registry/core/http.ts", `// import fs from "node:fs"`],
    ["registry/ui/page/page.tsx", `import type { SyncRun } from "../../schema/sync-runs.ts"`],
    ["registry/ui/page/page.tsx", `export type { SyncRun } from "../../schema/sync-runs.ts"`],
    ["registry/ui/page/page.tsx", `import { Button } from "@/components/ui/button"`],
    ["registry/ui/page/page.tsx", `const Chart = lazy(() => import("./chart.tsx"))`],
    ["registry/components/ui/button.tsx", `import { cn } from "@/lib/utils"`],
    ["registry/bindings/fetch/port.ts", `import type { Api } from "../../server/app.ts"`],
  ])("lets %s say %s", (file, source) => {
    expect(violationsOf(file, source)).toEqual([])
  })
})
