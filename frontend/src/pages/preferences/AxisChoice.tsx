import { Select } from "@mantine/core";
import { useShortcuts } from "@/ui";
import classes from "./AxisChoice.module.css";

interface Axis {
  key: string;
  title: string;
}

/** Which axis a page is about: chosen by hand, or gone through with the brackets. */
export function AxisChoice({ page, axes, axis, onChoose }: { page: string; axes: readonly Axis[]; axis: Axis; onChoose: (key: string | null) => void }) {
  const step = (by: number): void => {
    const at = axes.findIndex((each) => each.key === axis.key);
    const next = axes[(at + by + axes.length) % axes.length];
    if (next !== undefined) onChoose(next.key);
  };
  useShortcuts([
    { id: `${page}.next-axis`, label: "Next axis", keys: "]", enabled: axes.length > 1, run: () => step(1) },
    { id: `${page}.previous-axis`, label: "Previous axis", keys: "[", enabled: axes.length > 1, run: () => step(-1) },
  ]);
  return (
    <Select
      className={classes.axis}
      aria-label="Axis"
      data={axes.map((each) => ({ value: each.key, label: each.title }))}
      value={axis.key}
      allowDeselect={false}
      onChange={onChoose}
    />
  );
}
