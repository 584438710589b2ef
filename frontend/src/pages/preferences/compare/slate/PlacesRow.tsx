import type { DragEvent } from "react";
import type { Axis, Position } from "../bundle";
import dock from "../Dock.module.css";
import { isAnswered } from "../judgment";
import { type Places, placeWords, ranksOf } from "./placing";
import { DRAGGED } from "./Saying";
import classes from "./Slate.module.css";
import type { Slate } from "./useSlate";

/** One axis of a slate: its question, and where the responses stand on it. */
export function PlacesRow({ axis, slate, isChecked }: { axis: Axis; slate: Slate; isChecked: boolean }) {
  const { model, form, shown } = slate;
  const { judgment, bundle, activeKey, setActiveKey } = model;
  const places = judgment.places[axis.key] ?? {};
  const isOpen = !isAnswered(judgment, bundle, axis.key);
  return (
    <div
      className={dock.axis}
      data-active={axis.key === activeKey || undefined}
      data-open={isOpen || undefined}
      data-lacks={(isChecked && isOpen) || undefined}
    >
      <button type="button" className={dock.asked} aria-current={axis.key === activeKey} onClick={() => setActiveKey(axis.key)}>
        <span className={dock.axisTitle}>{axis.title}</span>
        <span className={dock.question}>{axis.question}</span>
      </button>
      {form === "ranking" ? (
        <Ranks axis={axis} slate={slate} places={places} />
      ) : (
        <p className={classes.told}>
          {shown
            .filter((position) => places[position] !== undefined)
            .map((position) => `${model.names[position]}: ${placeWords(form, places[position], axis)}`)
            .join(" · ") || "Nothing said yet"}
        </p>
      )}
    </div>
  );
}

/** The ranks as boxes, best first; a response is dragged into one, or put there by its key. */
function Ranks({ axis, slate, places }: { axis: Axis; slate: Slate; places: Places }) {
  const { ranks, rest } = ranksOf(places, slate.shown);
  const drop = (put: (position: Position) => void) => ({
    onDragOver: (event: DragEvent) => {
      if (event.dataTransfer.types.includes(DRAGGED)) event.preventDefault();
    },
    onDrop: (event: DragEvent) => {
      const position = slate.shown.find((each) => each === event.dataTransfer.getData(DRAGGED));
      if (position === undefined) return;
      event.preventDefault();
      put(position);
    },
  });
  return (
    <ol className={classes.ranks} aria-label={`Order on ${axis.title}, best first`}>
      {ranks.map(({ rank, positions }) => (
        <li key={rank} className={classes.rank} aria-label={`Rank ${rank}`} {...drop((position) => slate.put(position, rank, axis.key))}>
          <span className={classes.number}>{rank}</span>
          {positions.map((position) => (
            <Chip key={position} position={position} slate={slate} />
          ))}
        </li>
      ))}
      <li className={classes.rank} aria-label="The rest" data-rest {...drop((position) => slate.clear(position, axis.key))}>
        <span className={classes.number}>Rest</span>
        {rest.map((position) => (
          <Chip key={position} position={position} slate={slate} />
        ))}
      </li>
    </ol>
  );
}

function Chip({ position, slate }: { position: Position; slate: Slate }) {
  return (
    <button
      type="button"
      className={classes.chip}
      draggable
      aria-current={slate.active === position || undefined}
      onDragStart={(event) => event.dataTransfer.setData(DRAGGED, position)}
      onClick={() => slate.setActive(position)}
    >
      {slate.model.names[position]}
    </button>
  );
}
