import type { RefObject } from "react"
import type { DockStatus } from "../../../engine/reading.ts"
import { useData, useRead } from "../../data/hooks.tsx"
import { told } from "../../feedback/toast.ts"
import { FieldsForm } from "../../forms/fields-form.tsx"
import { FormDialog } from "../../operations/form-dialog.tsx"
import { Loaded } from "../../states/loaded.tsx"
import { FormSkeleton } from "../../states/skeletons.tsx"

interface RotateDialogProps {
  dock: DockStatus
  opener: RefObject<HTMLElement | null>
  onClose(): void
}

/** A new credential of the same account. What is not secret stays as it is. */
export function RotateDialog({ dock, opener, onClose }: RotateDialogProps) {
  const { act } = useData()
  const providers = useRead("providers", {})
  return (
    <FormDialog
      title={`A new credential for ${dock.name}`}
      description={`${dock.title} is asked first whether it is good, and of the same account. Until then the one that is there stays.`}
      onClose={onClose}
      opener={opener}
    >
      <Loaded query={providers} what="what the provider asks" skeleton={<FormSkeleton />}>
        {(all) => {
          const fields = all.find(({ provider }) => provider === dock.provider)?.credentialFields ?? []
          return (
            <FieldsForm
              fields={fields.filter(({ isSecret }) => isSecret)}
              submitLabel="Check and replace"
              onCancel={onClose}
              onSubmit={async (credentials) => {
                await act.rotateCredential({ dock: dock.id, credentials })
                told.done(`${dock.name} has a new credential. The old one can be revoked at ${dock.title}.`)
                onClose()
              }}
            />
          )
        }}
      </Loaded>
    </FormDialog>
  )
}
