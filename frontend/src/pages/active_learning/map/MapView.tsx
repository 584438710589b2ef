import { ActionIcon, Select, Tooltip } from "@mantine/core";
import { IconFocusCentered, IconLasso, IconHandStop, IconZoomIn, IconZoomOut } from "@tabler/icons-react";
import { type ReactNode, useMemo, useRef, useState } from "react";
import { count, EmptyState, Panel, percent, plural, Segments, Stacked, useShortcuts } from "@/ui";
import type { Clause } from "../queries";
import { AreasPanel } from "./AreasPanel";
import { ChosenPanel } from "./ChosenPanel";
import { coloured, type ColourMode, colourModes, modesFor } from "./colouring";
import { nearestTo, type Place } from "./geometry";
import { Legend } from "./Legend";
import { type Choosing, type Hand, MapCanvas, type MapHandle } from "./MapCanvas";
import type { MapPoints, PostMap } from "./mapQueries";
import classes from "./MapView.module.css";
import { NEAR } from "./near";
import { HoverCard, PostCard } from "./PostCard";


const step = 1.5;

interface Props {
  map: PostMap;
  points: MapPoints;
  asked: { readonly releaseId: string; readonly clauseKey: string } | null;
  clause: Clause | undefined;
  choice: ReactNode;
}

/** A finished map: the canvas, what its marks mean, the post in focus, and what was chosen. */
export function MapView({ map, points, asked, clause, choice }: Props) {
  const handle = useRef<MapHandle>(null);
  const [hand, setHand] = useState<Hand>("move");
  const [wantedMode, setMode] = useState<ColourMode>("answer");
  const [focus, setFocus] = useState<string | null>(null);
  const [hover, setHover] = useState<{ readonly post: number; readonly at: Place } | null>(null);
  // By id: a post may leave the map while it is looked at.
  const [chosenIds, setChosen] = useState<ReadonlySet<string>>(new Set());
  const modes = useMemo(() => modesFor(points), [points]);
  const mode = modes.includes(wantedMode) ? wantedMode : (modes[0] ?? "media");
  const answers = clause?.document.answers;
  const colouring = useMemo(() => coloured(mode, points, answers ?? []), [mode, points, answers]);
  const placeOf = useMemo(() => new Map(points.post_ids.map((id, at) => [id, at])), [points]);
  const chosen = useMemo(
    () => new Set([...chosenIds].flatMap((id) => placeOf.get(id) ?? [])),
    [chosenIds, placeOf],
  );
  const focused = focus === null ? null : (placeOf.get(focus) ?? null);

  function choose(posts: readonly number[], how: Choosing): void {
    const ids = posts.flatMap((at) => points.post_ids[at] ?? []);
    setChosen((before) => {
      if (how === "replace") return new Set(ids);
      if (how === "add") return new Set([...before, ...ids]);
      const taken = new Set(ids);
      return new Set([...before].filter((id) => !taken.has(id)));
    });
  }
  function chooseNear(): void {
    if (focused !== null) choose(nearestTo(points, focused, NEAR), "replace");
  }
  function toggle(post: number): void {
    choose([post], chosen.has(post) ? "take" : "add");
  }

  useShortcuts([
    { id: "map.lasso", label: "Lasso, or move the map again", keys: "l", run: () => setHand((now) => (now === "move" ? "lasso" : "move")) },
    { id: "map.closer", label: "Come closer", keys: "plus", run: () => handle.current?.zoom(step) },
    { id: "map.farther", label: "Go farther away", keys: "-", run: () => handle.current?.zoom(1 / step) },
    { id: "map.fit", label: "Show the whole map", keys: "0", run: () => handle.current?.fit() },
    { id: "map.near", label: `Choose the ${NEAR} posts nearest to the one in focus`, keys: "e", enabled: focused !== null, run: chooseNear },
    { id: "map.clear", label: "Choose none", keys: "x", enabled: chosen.size > 0, run: () => setChosen(new Set()) },
  ]);

  if (points.post_ids.length === 0) {
    return (
      <EmptyState title="Nothing is left on the map">The posts that it showed are hidden by now. Lay it out anew.</EmptyState>
    );
  }
  return (
    <Stacked>
      <div className={classes.desk}>
        <Panel flush title="Posts" note={<ShownWords map={map} points={points} />}>
          <div className={classes.bar} role="toolbar" aria-label="The map">
            {choice}
            <Select
              size="xs"
              aria-label="Colour by"
              data={modes.map((value) => ({ value, label: colourModes[value] }))}
              value={mode}
              allowDeselect={false}
              onChange={(value) => setMode(modes.find((one) => one === value) ?? "media")}
            />
            <span className={classes.tools}>
              <Segments<Hand>
                size="xs"
                aria-label="What the pointer does"
                value={hand}
                onChange={setHand}
                data={[
                  { value: "move", label: <HandLabel icon={<IconHandStop size={15} aria-hidden />} label="Move" /> },
                  { value: "lasso", label: <HandLabel icon={<IconLasso size={15} aria-hidden />} label="Lasso" /> },
                ]}
              />
              <ZoomButton label="Closer" onClick={() => handle.current?.zoom(step)}>
                <IconZoomIn size={16} aria-hidden />
              </ZoomButton>
              <ZoomButton label="Farther" onClick={() => handle.current?.zoom(1 / step)}>
                <IconZoomOut size={16} aria-hidden />
              </ZoomButton>
              <ZoomButton label="Show everything" onClick={() => handle.current?.fit()}>
                <IconFocusCentered size={16} aria-hidden />
              </ZoomButton>
            </span>
          </div>
          <div className={classes.stage}>
            <MapCanvas
              ref={handle}
              places={points}
              colouring={colouring}
              chosen={chosen}
              focus={focused}
              hand={hand}
              label={`Map of ${plural(points.post_ids.length, "post")}. Arrow keys go from post to post, space chooses one, E the ${NEAR} nearest.`}
              onHover={(post, at) => setHover(post === null ? null : { post, at })}
              onFocusPost={(post) => setFocus(post === null ? null : (points.post_ids[post] ?? null))}
              onChoose={choose}
              onToggle={toggle}
            />
            {hover !== null && <HoverCard map={map} name={points.names[hover.post] ?? ""} at={hover.at} />}
          </div>
          <Legend colouring={colouring} title={colourModes[mode]} note={legendNote(mode, points)} />
        </Panel>
        <div className={classes.side}>
          <PostCard
            map={map}
            points={points}
            post={focused}
            answers={answers ?? []}
            isChosen={focused !== null && chosen.has(focused)}
            onToggle={toggle}
            onNear={chooseNear}
          />
          <AreasPanel points={points} chosen={chosen} onChoose={choose} />
        </div>
      </div>
      <ChosenPanel
        map={map}
        points={points}
        chosen={[...chosen]}
        asked={asked}
        clause={clause}
        onTake={(post) => choose([post], "take")}
        onClear={() => setChosen(new Set())}
      />
    </Stacked>
  );
}

function HandLabel({ icon, label }: { icon: ReactNode; label: string }) {
  return (
    <span className={classes.hand}>
      {icon}
      {label}
    </span>
  );
}

function ZoomButton({ label, onClick, children }: { label: string; onClick: () => void; children: ReactNode }) {
  return (
    <Tooltip label={label} openDelay={400}>
      <ActionIcon variant="default" size={30} aria-label={label} onClick={onClick}>
        {children}
      </ActionIcon>
    </Tooltip>
  );
}

/** How many of how many, and how far the map can be believed. */
function ShownWords({ map, points }: { map: PostMap; points: MapPoints }) {
  const shown = points.post_ids.length;
  const encoded = map.encoded_posts ?? shown;
  const share =
    encoded > map.most_posts
      ? `${count(shown)} of ${count(encoded)} encoded posts, drawn at random by seed ${map.seed}.`
      : `${plural(shown, "encoded post")}.`;
  return (
    <>
      {share}
      {map.neighbours_kept !== null &&
        ` Of a post’s ten nearest to the encoder, ${percent(map.neighbours_kept, 0)} are among its ten nearest here.`}
    </>
  );
}

function legendNote(mode: ColourMode, points: MapPoints): string | undefined {
  if (mode === "harm" && points.model_number !== null) {
    return `By version ${points.model_number} of the clause’s model, when the map was laid out. It learned from the decided posts.`;
  }
  return undefined;
}
