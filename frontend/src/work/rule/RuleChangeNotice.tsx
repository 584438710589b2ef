import { Button } from "@mantine/core";
import { IconGavel } from "@tabler/icons-react";
import { TaskNotice } from "../TaskNotices";
import { type Comparison, useComparison } from "./RuleChanges";

/** Said with the first task under a new release. */
export function RuleChangeNotice({ label, comparison, onShow }: { label: string; comparison: Comparison; onShow: () => void }) {
  const { data } = useComparison(comparison);
  const changed = (data?.clauses ?? []).filter(({ is_held: isHeld, status }) => !isHeld && status !== "removed").map(({ title }) => `“${title}”`);
  return (
    <TaskNotice
      icon={IconGavel}
      actions={
        <Button size="xs" variant="default" onClick={onShow}>
          See the rule
        </Button>
      }
    >
      The rule changed: {label} is in effect.{" "}
      {changed.length > 0 ? `These mean something else than before: ${changed.join(", ")}.` : data === undefined ? "" : "Its wording changed; what it means did not."}
    </TaskNotice>
  );
}
