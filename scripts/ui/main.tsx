import "./style.css"
import { createRoot } from "react-dom/client"
import { Dashboard } from "../../registry/ui/app/dashboard.tsx"
import { fixturePort } from "./fixture-port.ts"

const root = document.getElementById("root")
if (root) createRoot(root).render(<Dashboard port={fixturePort()} />)
