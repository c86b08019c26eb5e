import { ExternalLinkIcon } from "lucide-react"
import type { InputField } from "../../../engine/provision-report.ts"
import type { DockStatus, ProviderInfo } from "../../../engine/reading.ts"
import type { ConnectedDock } from "../../../engine/stackdock.ts"
import { ProviderMark } from "../../badges/provider-mark.tsx"
import { useData, useRead } from "../../data/hooks.tsx"
import { FieldsForm } from "../../forms/fields-form.tsx"
import { textField } from "../../forms/text-field.ts"
import { Loaded } from "../../states/loaded.tsx"
import { FormSkeleton } from "../../states/skeletons.tsx"
import { proposedName } from "./dock-names.ts"

interface ConnectFormProps {
  provider: ProviderInfo
  onConnected(dock: ConnectedDock): void
}

/** Asks for a credential as the dock describes it. The provider is asked before anything is stored. */
export function ConnectForm({ provider, onConnected }: ConnectFormProps) {
  const docks = useRead("docks", {})
  return (
    <div className="max-w-xl rounded-lg border bg-card p-4 sm:p-6">
      <div className="mb-5 flex items-center gap-3">
        <ProviderMark provider={provider.provider} size={28} />
        <div className="min-w-0">
          <p className="font-semibold text-sm">{provider.title}</p>
          <a
            href={provider.website}
            target="_blank"
            rel="noopener noreferrer"
            className="inline-flex items-center gap-1 text-muted-foreground text-sm underline-offset-4 hover:text-foreground hover:underline"
          >
            {hostOf(provider.website)}
            <ExternalLinkIcon aria-hidden className="size-3" />
            <span className="sr-only">opens in a new tab</span>
          </a>
        </div>
      </div>
      <Loaded query={docks} what="what is connected already" skeleton={<FormSkeleton />}>
        {(all) => <Form provider={provider} docks={all} onConnected={onConnected} />}
      </Loaded>
    </div>
  )
}

function Form({ provider, docks, onConnected }: ConnectFormProps & { docks: readonly DockStatus[] }) {
  const { act } = useData()
  const credentials = provider.credentialFields.map((field) => ({
    ...field,
    name: `credentials.${field.name}`,
  }))
  const name = proposedName(provider.provider, docks)
  return (
    <FieldsForm
      fields={[...credentials, nameField(name.isFormer)]}
      initial={{ name: name.name }}
      submitLabel="Check and connect"
      onSubmit={async (values) => {
        onConnected(
          await act.connect({
            provider: provider.provider,
            credentials: values["credentials"] ?? {},
            name: typeof values["name"] === "string" ? values["name"] : undefined,
          }),
        )
      }}
    >
      <p className="text-muted-foreground text-sm">
        {provider.title} is asked whether the credential is good before it is stored, encrypted. It is never
        shown again.
      </p>
    </FieldsForm>
  )
}

function nameField(isFormer: boolean): InputField {
  return textField(
    "name",
    "Name here",
    isFormer
      ? "Of the account that was disconnected: its rows go on. For another account, choose another name."
      : "Tells this account from others of the same provider.",
  )
}

function hostOf(website: string): string {
  return website.replace(/^https?:\/\//, "").replace(/\/.*$/, "")
}
