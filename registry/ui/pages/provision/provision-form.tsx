import { Label } from "@/components/ui/label"
import { NativeSelect, NativeSelectOption } from "@/components/ui/native-select"
import type { DockStatus } from "../../../engine/reading.ts"
import { useData, useRead } from "../../data/hooks.tsx"
import { useNavigation } from "../../data/navigation.tsx"
import { FieldsForm } from "../../forms/fields-form.tsx"
import type { InputValues } from "../../forms/values.ts"
import { Requests } from "../../operations/requests.tsx"
import { useShowOnce } from "../../operations/shown-secrets.tsx"
import { useIdempotencyKey } from "../../operations/use-idempotency-key.ts"
import { useRehearsal } from "../../operations/use-rehearsal.ts"
import { Loaded } from "../../states/loaded.tsx"
import { FormSkeleton } from "../../states/skeletons.tsx"
import type { Makeable } from "./makeable.ts"

interface ProvisionFormProps {
  of: Makeable
  dock: DockStatus
  /** A provisioning whose input the form begins with. Its secrets are kept nowhere, and are asked for again. */
  from: string | undefined
}

export function ProvisionForm({ of, dock, from }: ProvisionFormProps) {
  return (
    <div className="flex max-w-2xl flex-col gap-5 rounded-lg border bg-card p-4 sm:p-6">
      {of.docks.length > 1 && <DockChoice of={of} dock={dock} />}
      {from === undefined ? (
        <Form of={of} dock={dock} initial={undefined} />
      ) : (
        <FromFormer id={from}>{(initial) => <Form of={of} dock={dock} initial={initial} />}</FromFormer>
      )}
    </div>
  )
}

function FromFormer({ id, children }: { id: string; children(initial: InputValues): React.ReactNode }) {
  const former = useRead("provisioning", { id })
  return (
    <Loaded query={former} what="what was asked for before" skeleton={<FormSkeleton />}>
      {({ input }) => children(input)}
    </Loaded>
  )
}

function DockChoice({ of, dock }: { of: Makeable; dock: DockStatus }) {
  const { setSearch } = useNavigation()
  return (
    <div className="flex flex-col gap-2">
      <Label htmlFor="provision-dock">Account</Label>
      <NativeSelect
        id="provision-dock"
        value={dock.id}
        onChange={({ target }) => setSearch({ dock: target.value }, { replace: true })}
      >
        {of.docks.map(({ id, name }) => (
          <NativeSelectOption key={id} value={id}>
            {name}
          </NativeSelectOption>
        ))}
      </NativeSelect>
    </div>
  )
}

interface FormProps {
  of: Makeable
  dock: DockStatus
  initial: InputValues | undefined
}

function Form({ of, dock, initial }: FormProps) {
  const { act } = useData()
  const { go } = useNavigation()
  const showOnce = useShowOnce()
  const { steps, rehearse, forget } = useRehearsal()
  const keyOf = useIdempotencyKey()
  const order = { dock: dock.id, kind: of.kind.name }
  return (
    <FieldsForm
      fields={of.kind.fields}
      initial={initial}
      within={{ dock: dock.id }}
      submitLabel={`Make it at ${of.provider.title}`}
      secondary={{
        label: "Show the requests",
        onSubmit: (input) => rehearse({ of: "provision", ...order, input }),
      }}
      onSubmit={async (input) => {
        const { id, shows } = await act.provision({ ...order, input, idempotencyKey: keyOf(input) })
        showOnce(id, shows)
        go({ page: "provisioning", id })
      }}
      onEdit={forget}
    >
      {steps && <Requests steps={steps} />}
    </FieldsForm>
  )
}
