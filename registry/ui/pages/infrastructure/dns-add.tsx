import { Plus } from "lucide-react"
import { useRef, useState } from "react"
import { Button } from "@/components/ui/button"
import type { Operation } from "../../../engine/provision-report.ts"
import type { PageRequest } from "../../../engine/reading.ts"
import { useData, useMay, useRead } from "../../data/hooks.tsx"
import { FieldsForm } from "../../forms/fields-form.tsx"
import type { InputValues } from "../../forms/values.ts"
import { FormDialog } from "../../operations/form-dialog.tsx"
import { Requests } from "../../operations/requests.tsx"
import { useShowOnce } from "../../operations/shown-secrets.tsx"
import { useIdempotencyKey } from "../../operations/use-idempotency-key.ts"
import { useRehearsal } from "../../operations/use-rehearsal.ts"
import { accountInput, earlyRecord, type Zone, zoneInput } from "./dns-records.ts"
import { useEarlyRows } from "./use-early-rows.ts"

interface AddRecordProps {
  zone: Zone
  /** What the list was asked with: where the record is shown before it is made. */
  request: PageRequest
  /** It is being made, by the provisioning of that id. */
  onMade(id: string): void
}

/** Makes a record, where the zone's dock can and its reader may. */
export function AddRecord(props: AddRecordProps) {
  const [isOpen, setOpen] = useState(false)
  const trigger = useRef<HTMLButtonElement>(null)
  const mayMake = useMay("provisioning", "full")
  const providers = useRead("providers", {}).data ?? []
  const kind = providers
    .find(({ provider }) => provider === props.zone.provider)
    ?.kinds.find(({ table }) => table === "dnsRecords")
  if (!kind || !mayMake || props.zone.deletedAt !== null) return null
  return (
    <>
      <Button ref={trigger} size="sm" onClick={() => setOpen(true)}>
        <Plus aria-hidden />
        Add a record
      </Button>
      {isOpen && <AddDialog {...props} kind={kind} opener={trigger} onClose={() => setOpen(false)} />}
    </>
  )
}

interface AddDialogProps extends AddRecordProps {
  kind: Operation
  opener: React.RefObject<HTMLElement | null>
  onClose(): void
}

function AddDialog({ zone, request, kind, opener, onMade, onClose }: AddDialogProps) {
  const { act } = useData()
  const { steps, rehearse, forget } = useRehearsal()
  const keyOf = useIdempotencyKey()
  const showOnce = useShowOnce()
  const showEarly = useEarlyRows(request)
  const order = { dock: zone.dockId, kind: kind.name }

  const known = zoneInput(kind.fields, zone)

  async function make(typed: InputValues) {
    const input = { ...known, ...typed }
    const idempotencyKey = keyOf(input)
    const takeBack = showEarly(({ rows, total }) => ({
      rows: [...rows, earlyRecord(zone, input, idempotencyKey)],
      total: total + 1,
    }))
    try {
      const { id, shows } = await act.provision({ ...order, input, idempotencyKey })
      showOnce(id, shows)
      onMade(id)
      onClose()
    } catch (error) {
      takeBack()
      throw error
    }
  }

  return (
    <FormDialog
      title={`Add a record to ${zone.name}`}
      description={kind.title}
      onClose={onClose}
      opener={opener}
    >
      <FieldsForm
        fields={kind.fields.filter(({ name }) => !(name in known))}
        initial={accountInput(kind.fields, zone)}
        submitLabel="Add the record"
        onSubmit={make}
        secondary={{
          label: "Show the request",
          onSubmit: (typed) => rehearse({ of: "provision", ...order, input: { ...known, ...typed } }),
        }}
        onCancel={onClose}
        onEdit={forget}
      >
        {steps && <Requests steps={steps} />}
      </FieldsForm>
    </FormDialog>
  )
}
