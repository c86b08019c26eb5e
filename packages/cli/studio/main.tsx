import "./style.css"
import { createRoot } from "react-dom/client"
import { createFetchPort } from "../../../registry/bindings/fetch/index.ts"
import { Dashboard } from "../../../registry/ui/app/dashboard.tsx"
import { studioKey } from "./key.ts"

const root = document.getElementById("root")
if (!root) throw new Error("index.html has no element #root.")
const port = createFetchPort({ isLocal: true, headers: { "x-stackdock-key": await studioKey() } })
createRoot(root).render(<Dashboard port={port} />)
