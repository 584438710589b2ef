import { IconAlertTriangle, IconCheck, IconCircleDashed, IconHistory, type TablerIcon } from "@tabler/icons-react";
import { StatusBadge, type Tone } from "@/ui";
import type { ModelVersion } from "./queries";

const looks: Readonly<Record<ModelVersion["state"], { tone: Tone; icon: TablerIcon; label: string }>> = {
  promoted: { tone: "good", icon: IconCheck, label: "Promoted" },
  was_promoted: { tone: "neutral", icon: IconHistory, label: "Was promoted" },
  never: { tone: "neutral", icon: IconCircleDashed, label: "Not promoted" },
};

/** What a model is to its clause; a promoted one whose clause means something else by now says that it is silent. */
export function ModelBadge({ model }: { model: Pick<ModelVersion, "state" | "meaning_holds"> }) {
  if (model.state === "promoted" && !model.meaning_holds) {
    return <StatusBadge state="promoted" tone="wait" icon={IconAlertTriangle} label="Promoted, silent" />;
  }
  return <StatusBadge state={model.state} {...looks[model.state]} />;
}
