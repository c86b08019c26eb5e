import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert"
import type { Operation } from "../../engine/provision-report.ts"
import type { ListedResource } from "../../engine/reading.ts"
import { useData } from "../data/hooks.tsx"
import { told } from "../feedback/toast.ts"
import { FieldsForm } from "../forms/fields-form.tsx"
import type { InputValues } from "../forms/values.ts"
import { FormDialog } from "./form-dialog.tsx"
import { knownInput } from "./known-input.ts"
import { Requests } from "./requests.tsx"
import { useShowOnce } from "./shown-secrets.tsx"
import { useRehearsal } from "./use-rehearsal.ts"

/** Shows what is about to come true. What it returns is called when it did not. */
export type ShowEarly<Told = void> = (told: Told) => () => void

interface OperationDialogProps {
  row: ListedResource
  action: Operation
  onClose(): void
  showEarly?: ShowEarly<InputValues> | undefined
  /** What the fields begin with, instead of what the row tells. */
  initial?: Readonly<Record<string, unknown>> | undefined
  opener?: React.RefObject<HTMLElement | null> | undefined
}

/** Asks what an action needs, shows what it would send, and does it. */
export function OperationDialog(props: OperationDialogProps) {
  const { row, action, onClose, showEarly, initial, opener } = props
  const { act } = useData()
  const showOnce = useShowOnce()
  const { steps, rehearse, forget } = useRehearsal()
  const order = { resourceId: row.id, action: action.name }

  async function run(input: InputValues) {
    const takeBack = showEarly?.(input)
    try {
      const { message, shows } = await act.act({ ...order, input })
      told.done(message)
      onClose()
      // Each run is work of its own: the same word told again is news.
      showOnce(`${row.id} ${action.name} ${Date.now()}`, shows)
    } catch (error) {
      takeBack?.()
      throw error
    }
  }

  return (
    <FormDialog title={action.title} description={row.name} onClose={onClose} opener={opener}>
      <FieldsForm
        fields={action.fields}
        initial={initial ?? knownInput(action.fields, row)}
        within={{
          dock: row.dockId,
          row: { table: action.table, providerResourceId: row.providerResourceId },
        }}
        submitLabel={labelOf(action)}
        isDestructive={action.isDisruptive}
        onSubmit={run}
        secondary={{
          label: "Show the request",
          onSubmit: (input) => rehearse({ of: "action", ...order, input }),
        }}
        onCancel={onClose}
        onEdit={forget}
      >
        {action.isDisruptive && (
          <Alert role="note">
            <AlertTitle>It takes something away, or interrupts a service.</AlertTitle>
            <AlertDescription>It happens at once, and may not be undone.</AlertDescription>
          </Alert>
        )}
        {steps && <Requests steps={steps} />}
      </FieldsForm>
    </FormDialog>
  )
}

/** A short title is what the button does; a long one stands above already. */
function labelOf({ title }: Operation): string {
  return title.length <= 24 ? title : "Do it"
}
