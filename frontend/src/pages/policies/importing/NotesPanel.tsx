import { IconAlertTriangle, IconArrowBarToRight, IconFileOff, IconPencil, IconSettings, type TablerIcon } from "@tabler/icons-react";
import { Panel, plural } from "@/ui";
import type { ImportNote, ImportPreview } from "./arranging";
import classes from "./importing.module.css";

const looks: Readonly<Record<ImportNote["kind"], { readonly label: string; readonly icon: TablerIcon; readonly tone: string }>> = {
  problem: { label: "Could not be read", icon: IconAlertTriangle, tone: "bad" },
  left_out: { label: "Left out", icon: IconFileOff, tone: "wait" },
  moved: { label: "Placed by guess", icon: IconArrowBarToRight, tone: "info" },
  changed: { label: "Changed", icon: IconPencil, tone: "wait" },
  assumed: { label: "Assumed", icon: IconSettings, tone: "neutral" },
};

const order: readonly ImportNote["kind"][] = ["problem", "left_out", "changed", "assumed", "moved"];

/** Everything of the files that is not in the proposal as it stood, so that nothing goes missing unnoticed. */
export function NotesPanel({ preview, onOpen }: { preview: ImportPreview; onOpen: (key: string) => void }) {
  if (preview.is_exact && preview.notes.length === 0) {
    return (
      <Panel title="What became of the files">
        <p className={classes.plain}>This is a release that Concord exported, word for word.</p>
      </Panel>
    );
  }
  if (preview.notes.length === 0) {
    return (
      <Panel title="What became of the files">
        <p className={classes.plain}>Everything stands where the document says it belongs.</p>
      </Panel>
    );
  }
  const groups = order.map((kind) => ({ kind, notes: preview.notes.filter((note) => note.kind === kind) }));
  return (
    <Panel title="What became of the files" note="Every word is in a clause or named here.">
      <div className={classes.groups}>
        {groups
          .filter((group) => group.notes.length > 0)
          .map((group) => (
            <details key={group.kind} className={classes.group} open={group.kind === "problem" || group.notes.length <= 4}>
              <summary>
                {looks[group.kind].label} <span className={classes.faint}>{plural(group.notes.length, "note")}</span>
              </summary>
              <NoteList notes={group.notes} showsFile onOpen={onOpen} />
            </details>
          ))}
      </div>
    </Panel>
  );
}

export function NoteList({
  notes,
  showsFile,
  onOpen,
}: {
  notes: readonly ImportNote[];
  showsFile: boolean;
  onOpen?: (key: string) => void;
}) {
  if (notes.length === 0) return null;
  return (
    <ul className={classes.notes}>
      {notes.map((note, at) => {
        const { icon: Icon, label, tone } = looks[note.kind];
        return (
          <li key={at}>
            <Icon size={15} className={classes.noteSign} data-tone={tone} aria-label={label} />
            <span>
              {note.line > 0 && !note.sentence.includes("(lines ") && <span className={classes.faint}>Line {note.line}. </span>}
              {note.sentence}
              {showsFile && (
                <>
                  {" "}
                  <span className={classes.faint}>{note.file}</span>
                  {note.clause_key !== "" && onOpen !== undefined && (
                    <>
                      {" "}
                      <button type="button" className={classes.linkish} onClick={() => onOpen(note.clause_key)}>
                        {note.clause_key}
                      </button>
                    </>
                  )}
                </>
              )}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
