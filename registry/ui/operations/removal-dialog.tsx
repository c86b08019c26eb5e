import { useState } from "react"
import { Button } from "@/components/ui/button"
import type { ListedResource } from "../../engine/reading.ts"
import { useData } from "../data/hooks.tsx"
import { useNavigation } from "../data/navigation.tsx"
import { DataError } from "../data/port.ts"
import { told } from "../feedback/toast.ts"
import { FieldsForm } from "../forms/fields-form.tsx"
import { textField } from "../forms/text-field.ts"
import { FormDialog } from "./form-dialog.tsx"
import type { ShowEarly } from "./operation-dialog.tsx"
import { Requests } from "./requests.tsx"
import { useShowOnce } from "./shown-secrets.tsx"
import { useRehearsal } from "./use-rehearsal.ts"

interface RemovalDialogProps {
  row: ListedResource
  /** Of the provider, as people call it. */
  provider: string
  onClose(): void
  showEarly?: ShowEarly | undefined
  opener?: React.RefObject<HTMLElement | null> | undefined
}

/** Removes something at its provider, once its name has been typed. */
export function RemovalDialog({ row, provider, onClose, showEarly, opener }: RemovalDialogProps) {
  const { act } = useData()
  const { go } = useNavigation()
  const showOnce = useShowOnce()

  async function remove(typed: unknown) {
    if (typed !== row.name) throw otherName(row.name)
    const takeBack = showEarly?.()
    try {
      const { id, state, shows } = await act.deprovision({ resourceId: row.id })
      onClose()
      showOnce(id, shows)
      if (state === "deprovisioned") told.done(`${provider} has removed ${row.name}.`)
      else go({ page: "provisioning", id })
    } catch (error) {
      takeBack?.()
      throw error
    }
  }

  return (
    <FormDialog
      title={`Remove ${row.name} at ${provider}?`}
      description="It is deleted there, with all that is in it. Nobody can bring it back from here."
      onClose={onClose}
      opener={opener}
    >
      <FieldsForm
        fields={[textField("typed", `Type ${row.name} to confirm`)]}
        submitLabel={`Remove at ${provider}`}
        isDestructive
        onSubmit={({ typed }) => remove(typed)}
        onCancel={onClose}
      >
        <ShowRequest resourceId={row.id} />
      </FieldsForm>
    </FormDialog>
  )
}

/** What is sent does not depend on the form, and may be looked at before anything is typed. */
function ShowRequest({ resourceId }: { resourceId: string }) {
  const { steps, rehearse } = useRehearsal()
  const [isAsking, setAsking] = useState(false)
  if (steps) return <Requests steps={steps} />

  async function show() {
    setAsking(true)
    try {
      await rehearse({ of: "deprovision", resourceId })
    } catch (error) {
      told.failed(error, "Could not tell what would be sent")
    } finally {
      setAsking(false)
    }
  }
  return (
    <Button
      type="button"
      variant="outline"
      size="sm"
      className="self-start"
      disabled={isAsking}
      onClick={show}
    >
      Show the request
    </Button>
  )
}

function otherName(name: string): DataError {
  return new DataError({
    code: "not_confirmed",
    message: "Nothing was removed: the name is another one.",
    fields: { typed: `Type ${name}, exactly so.` },
  })
}
