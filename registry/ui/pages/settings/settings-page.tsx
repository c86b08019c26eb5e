import { LogOutIcon } from "lucide-react"
import type { ReactNode } from "react"
import { Button } from "@/components/ui/button"
import { useData, useRead } from "../../data/hooks.tsx"
import { CopyButton } from "../../feedback/copy-button.tsx"
import { statusWord } from "../../format/words.ts"
import { Page, Section } from "../../page/page.tsx"
import { ThemeSwitch } from "../../page/theme-switch.tsx"
import { useSignOut } from "../../page/use-sign-out.ts"
import { Loaded } from "../../states/loaded.tsx"
import { FormSkeleton } from "../../states/skeletons.tsx"
import { Keys } from "./keys.tsx"
import { Members } from "./members.tsx"
import { Roles } from "./roles.tsx"

/** The organisation, who belongs to it, the keys, and what concerns only this browser. */
export function SettingsPage({ onSignedOut }: { onSignedOut?: (() => void) | undefined }) {
  const session = useRead("session", {})
  const { abilities } = useData()
  return (
    <Page title="Settings">
      <Loaded query={session} what="the settings" skeleton={<FormSkeleton />}>
        {(known) => (
          <div className="flex max-w-5xl flex-col gap-5">
            <Section title="Organisation">
              <dl className="grid gap-3 text-sm sm:grid-cols-2">
                <Fact title="Name">{known.organization}</Fact>
                <Fact title="Id">
                  <code className="break-all font-mono text-xs">{known.orgId}</code>
                  <CopyButton value={known.orgId} label="Copy the id" />
                </Fact>
                <Fact title="You are">
                  {known.user ? known.user.name || known.user.email : "whoever runs the process"}
                </Fact>
                <Fact title="Your role">
                  {known.role ? statusWord(known.role) : "None: everything is permitted"}
                </Fact>
              </dl>
            </Section>
            <Section title="Appearance" description="In this browser.">
              <ThemeSwitch />
            </Section>
            <Members session={known} />
            <Roles session={known} />
            {abilities.managesKeys && <Keys />}
            <SessionEnd onSignedOut={onSignedOut} />
          </div>
        )}
      </Loaded>
    </Page>
  )
}

function Fact({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-muted-foreground text-xs">{title}</dt>
      <dd className="flex items-center gap-1">{children}</dd>
    </div>
  )
}

function SessionEnd({ onSignedOut }: { onSignedOut: (() => void) | undefined }) {
  const signOut = useSignOut(onSignedOut)
  if (!signOut) return null
  return (
    <Section title="Session" description="Signing out ends it in this browser only.">
      <Button variant="outline" size="sm" onClick={signOut}>
        <LogOutIcon aria-hidden />
        Sign out
      </Button>
    </Section>
  )
}
