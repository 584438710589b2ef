import { Button } from "@mantine/core";
import { useMemo } from "react";
import { type Column, count, DataTable, Panel } from "@/ui";
import type { MapPoints } from "./mapQueries";
import classes from "./PostCard.module.css";

interface Area {
  readonly number: number;
  readonly posts: readonly number[];
  readonly decided: number;
  readonly where: string;
}

/** Groups of neighbours, each chosen as a whole: the lasso's way for hands on the keyboard. */
export function AreasPanel({
  points,
  chosen,
  onChoose,
}: {
  points: MapPoints;
  chosen: ReadonlySet<number>;
  onChoose: (posts: readonly number[], how: "add" | "take") => void;
}) {
  const areas = useMemo(() => areasOf(points), [points]);
  const hasStates = points.states.length > 0;
  const columns: readonly Column<Area>[] = [
    {
      key: "area",
      header: "Area",
      render: (area) => (
        <span className={classes.area}>
          {area.number + 1} <span className={classes.faint}>{area.where}</span>
        </span>
      ),
    },
    { key: "posts", header: "Posts", width: "56px", align: "end", render: (area) => count(area.posts.length) },
    ...(hasStates
      ? [{ key: "decided", header: "Decided", width: "70px", align: "end" as const, render: (area: Area) => count(area.decided) }]
      : []),
    {
      key: "choose",
      header: "",
      width: "84px",
      align: "end",
      render: (area) => {
        const isChosen = area.posts.every((post) => chosen.has(post));
        return (
          <Button
            size="compact-xs"
            variant={isChosen ? "light" : "default"}
            aria-label={`${isChosen ? "Leave out" : "Choose"} area ${area.number + 1}, ${count(area.posts.length)} posts`}
            onClick={() => onChoose(area.posts, isChosen ? "take" : "add")}
          >
            {isChosen ? "Leave" : "Choose"}
          </Button>
        );
      },
    },
  ];
  return (
    <Panel title="Areas" note="Posts that lie together, the largest group first." flush>
      <div className={classes.areas}>
        <DataTable label="Areas" columns={columns} rows={areas} rowKey={(area) => String(area.number)} />
      </div>
    </Panel>
  );
}

/** The areas by number, with where each lies on the map. */
export function areasOf(points: MapPoints): Area[] {
  const members = new Map<number, number[]>();
  points.areas.forEach((number, at) => members.set(number, [...(members.get(number) ?? []), at]));
  return [...members]
    .sort(([one], [other]) => one - other)
    .map(([number, posts]) => ({
      number,
      posts,
      decided: posts.filter((at) => points.states[at] === "decided").length,
      where: whereWords(meanOf(posts, points.xs), meanOf(posts, points.ys)),
    }));
}

function meanOf(posts: readonly number[], values: readonly number[]): number {
  return posts.reduce((sum, at) => sum + (values[at] ?? 0), 0) / Math.max(1, posts.length);
}

/** "top left", "middle": where a place of the map is seen. */
export function whereWords(x: number, y: number): string {
  const across = x < 0.4 ? "left" : x > 0.6 ? "right" : "";
  const down = y < 0.4 ? "top" : y > 0.6 ? "bottom" : "";
  return [down, across].filter(Boolean).join(" ") || "middle";
}
