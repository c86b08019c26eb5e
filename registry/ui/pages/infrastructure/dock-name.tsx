import { useRead } from "../../data/hooks.tsx"

/** The account that a row is in; its provider, for whoever may not see accounts. */
export function DockName({ id, provider }: { id: string; provider: string }) {
  const docks = useRead("docks", {}).data
  const providers = useRead("providers", {}).data
  const title = providers?.find((info) => info.provider === provider)?.title ?? provider
  const dock = docks?.find((one) => one.id === id)
  return <span className="text-xs text-muted-foreground">{dock ? `${title}, ${dock.name}` : title}</span>
}
