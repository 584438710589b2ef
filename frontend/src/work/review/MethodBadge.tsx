import { IconAlertTriangle, IconCheck, IconGavel, IconScale, IconUsers, type TablerIcon } from "@tabler/icons-react";
import { StatusBadge, type Tone } from "@/ui";

export type Method = "unanimous" | "majority" | "weighted" | "adjudicated" | "ruled" | "undecided";

const looks: Readonly<Record<Method, { tone: Tone; icon: TablerIcon; label: string }>> = {
  unanimous: { tone: "good", icon: IconCheck, label: "Unanimous" },
  majority: { tone: "info", icon: IconUsers, label: "Majority" },
  weighted: { tone: "info", icon: IconScale, label: "Weighted" },
  adjudicated: { tone: "good", icon: IconGavel, label: "Adjudicated" },
  ruled: { tone: "good", icon: IconGavel, label: "Ruled" },
  undecided: { tone: "wait", icon: IconAlertTriangle, label: "Undecided" },
};

/** How a decision came about. */
export function MethodBadge({ method }: { method: Method }) {
  const { tone, icon, label } = looks[method];
  return <StatusBadge state={method} tone={tone} icon={icon} label={label} />;
}
