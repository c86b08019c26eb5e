import { SearchIcon, UnplugIcon } from "lucide-react"
import { useState } from "react"
import { Input } from "@/components/ui/input"
import type { ProviderInfo } from "../../../engine/reading.ts"
import { ProviderMark } from "../../badges/provider-mark.tsx"
import { PlaceLink } from "../../data/navigation.tsx"
import { tableTitle } from "../../format/words.ts"
import { EmptyState } from "../../states/empty.tsx"

/** Every dock of the project, with what it brings. */
export function ProviderChoice({ providers }: { providers: readonly ProviderInfo[] }) {
  const [words, setWords] = useState("")
  if (providers.length === 0) return <NoProviders />
  const found = providers.filter((provider) => matches(provider, words))
  return (
    <div className="flex flex-col gap-4">
      <div className="relative max-w-sm">
        <SearchIcon
          aria-hidden
          className="pointer-events-none absolute top-2.5 left-2.5 size-4 text-muted-foreground"
        />
        <Input
          type="search"
          aria-label="Find a provider, or what it brings"
          placeholder="Find a provider, or what it brings"
          className="pl-8"
          value={words}
          onChange={({ target }) => setWords(target.value)}
        />
      </div>
      <p role="status" className="sr-only">
        {found.length === 1 ? "1 provider" : `${found.length} providers`}
      </p>
      {found.length === 0 ? (
        <EmptyState
          icon={SearchIcon}
          title={`No provider matches “${words}”`}
          description="Another one is added to the project with npx stackdock add."
        />
      ) : (
        <ul className="grid gap-3 sm:grid-cols-2 xl:grid-cols-3 2xl:grid-cols-4">
          {found.map((provider) => (
            <li key={provider.provider}>
              <PlaceLink
                to={{ page: "connect", provider: provider.provider }}
                className="flex h-full items-start gap-3 rounded-lg border bg-card p-4 hover:bg-accent focus-visible:outline-2 focus-visible:outline-ring focus-visible:outline-offset-2"
              >
                <ProviderMark provider={provider.provider} size={28} />
                <span className="flex min-w-0 flex-col gap-1">
                  <span className="font-semibold text-sm">{provider.title}</span>
                  <span className="text-muted-foreground text-sm">{brings(provider)}</span>
                </span>
              </PlaceLink>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

function NoProviders() {
  return (
    <EmptyState
      icon={UnplugIcon}
      title="This project has no docks"
      description={
        <>
          Add one with <code className="font-mono">npx stackdock add</code>, then come back:{" "}
          <code className="font-mono">npx stackdock list</code> shows which there are.
        </>
      }
    />
  )
}

function brings({ tables }: ProviderInfo): string {
  return tables.map(tableTitle).join(", ")
}

function matches(provider: ProviderInfo, words: string): boolean {
  const text = `${provider.title} ${provider.provider} ${brings(provider)}`.toLowerCase()
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}
