import type { ResourceTableName } from "../../../schema/index.ts"
import { tableTitle } from "../../format/words.ts"
import { Page } from "../../page/page.tsx"
import { ResourceTable } from "../../table/resource-table.tsx"
import { resourceColumns } from "./columns.tsx"
import { NothingYet } from "./nothing-yet.tsx"
import { RecordsBeside } from "./open-records.tsx"

/** One table of rows of every provider. */
export function InfrastructurePage<Name extends ResourceTableName>({ table }: { table: Name }) {
  return (
    <Page title={tableTitle(table)}>
      <ResourceTable table={table} columns={resourceColumns[table]} empty={<NothingYet table={table} />} />
      {table === "domains" && <RecordsBeside />}
    </Page>
  )
}
