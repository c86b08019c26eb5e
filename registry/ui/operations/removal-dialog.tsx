import { useState } from "react"
import { Button } from "@/components/ui/button"
import type { InputField } from "../../engine/provision-report.ts"
import type { ListedResource } from "../../engine/reading.ts"
import { useData } from "../data/hooks.tsx"
import { useNavigation } from "../data/navigation.tsx"
import { DataError } from "../data/port.ts"
import { told } from "../feedback/toast.ts"
import { FieldsForm } from "../forms/fields-form.tsx"
import { FormDialog } from "./form-dialog.tsx"
import type { ShowEarly } from "./operation-dialog.tsx"
import { Requests } from "./requests.tsx"
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

  async function remove(typed: unknown) {
    if (typed !== row.name) throw otherName(row.name)
    const takeBack = showEarly?.()
    try {
      const { id, state } = await act.deprovision({ resourceId: row.id })
      onClose()
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
        fields={[typedName(row.name)]}
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

function typedName(name: string): InputField {
  return {
    name: "typed",
    title: `Type ${name} to confirm`,
    description: null,
    takes: "text",
    typed: "text",
    isRequired: true,
    isSecret: false,
    default: null,
  }
}

function otherName(name: string): DataError {
  return new DataError({
    code: "not_confirmed",
    message: "Nothing was removed: the name is another one.",
    fields: { typed: `Type ${name}, exactly so.` },
  })
}
