import { Plus } from "lucide-react"
import { useRef, useState } from "react"
import { Button } from "@/components/ui/button"
import type { Operation } from "../../../engine/provision-report.ts"
import { useData, useMay, useRead } from "../../data/hooks.tsx"
import { FieldsForm } from "../../forms/fields-form.tsx"
import type { InputValues } from "../../forms/values.ts"
import { FormDialog } from "../../operations/form-dialog.tsx"
import { Requests } from "../../operations/requests.tsx"
import { useShowOnce } from "../../operations/shown-secrets.tsx"
import { useIdempotencyKey } from "../../operations/use-idempotency-key.ts"
import { useRehearsal } from "../../operations/use-rehearsal.ts"
import type { Making } from "./dns-made.tsx"
import { accountInput, earlyRecord, type Zone, zoneInput } from "./dns-records.ts"
import type { EarlyDeeds } from "./use-early-records.ts"

interface AddRecordProps {
  zone: Zone
  showEarly: EarlyDeeds["add"]
  /** It is being made. */
  onMade(making: Making): void
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

function AddDialog({ zone, kind, opener, showEarly, onMade, onClose }: AddDialogProps) {
  const { act } = useData()
  const { steps, rehearse, forget } = useRehearsal()
  const keyOf = useIdempotencyKey()
  const showOnce = useShowOnce()
  const order = { dock: zone.dockId, kind: kind.name }

  const known = zoneInput(kind.fields, zone)

  async function make(typed: InputValues) {
    const input = { ...known, ...typed }
    const idempotencyKey = keyOf(input)
    const takeBack = showEarly(earlyRecord(zone, input, idempotencyKey))
    try {
      const { id, shows } = await act.provision({ ...order, input, idempotencyKey })
      showOnce(id, shows)
      onMade({ id, takeBack })
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
