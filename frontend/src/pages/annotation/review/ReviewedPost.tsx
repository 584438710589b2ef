import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { fromLabelDocument, type EvidencePiece } from "@/editor/labelDocument";
import type { EditorRecord, RecordId } from "@/editor/records";
import { EditorStore } from "@/editor/store";
import { announceProblem, useProjectId, useShortcuts } from "@/ui";
import { type Workspace, WorkspaceContext } from "../workspace/context";
import type { LabelBundle } from "../workspace/bundle";
import { tellViews } from "../workspace/keeping/calls";
import { ViewLog } from "../workspace/keeping/views";
import type { Player } from "../workspace/player";
import { PostColumn } from "../workspace/PostColumn";
import type { Given } from "./CaseView";
import type { PostAnswers } from "./reading";
import classes from "./ReviewRoom.module.css";

/** The post as annotators saw it, with everybody's marks: each person has a number and a colour. */
export function ReviewedPost({
  answers,
  given,
  activePerson,
  onPerson,
}: {
  answers: PostAnswers;
  given: readonly Given[];
  activePerson: string | null;
  onPerson: (submissionId: string | null) => void;
}) {
  const projectId = useProjectId();
  const store = useMemo(() => new EditorStore(marksOf(given)), [given]);
  const bundle = useMemo(() => bundleOf(answers, given, projectId), [answers, given, projectId]);
  const [selected, select] = useState<RecordId | null>(null);
  const [activePartId, setActivePart] = useState(answers.post.parts[0]?.id ?? "");
  const [revealed, setRevealed] = useState<ReadonlySet<string>>(new Set());
  const players = useRef(new Map<string, Player>());
  const log = useRef<ViewLog | null>(null);
  useEffect(() => {
    const views = new ViewLog(answers.post.id, null, (told) => tellViews(projectId, told));
    log.current = views;
    return () => views.close();
  }, [answers.post.id, projectId]);
  const reveal = useCallback((partId: string) => {
    log.current?.reveal(partId).then(
      () => setRevealed((before) => new Set([...before, partId])),
      (error: unknown) => announceProblem(error),
    );
  }, []);
  const cover = useCallback((partId: string) => {
    log.current?.cover(partId);
    setRevealed((before) => new Set([...before].filter((id) => id !== partId)));
  }, []);
  const movePart = (by: number): void => {
    const { parts } = answers.post;
    const at = parts.findIndex((part) => part.id === activePartId);
    const next = parts[(at + by + parts.length) % parts.length];
    if (next !== undefined) setActivePart(next.id);
  };
  const player = (): Player | undefined => players.current.get(activePartId) ?? [...players.current.values()][0];
  const group = "Post";
  useShortcuts([
    { id: "review.reveal", label: "Show or cover the part", keys: "h", group, run: () => (revealed.has(activePartId) ? cover(activePartId) : reveal(activePartId)) },
    { id: "review.next-part", label: "Next part of the post", keys: "m", group, run: () => movePart(1) },
    { id: "review.previous-part", label: "Previous part of the post", keys: "shift+m", group, run: () => movePart(-1) },
    { id: "review.play", label: "Play or pause", keys: "Space", group, run: () => player()?.toggle() },
    { id: "review.frame-back", label: "One frame back", keys: ["ArrowLeft", ","], group, run: () => player()?.step(-1) },
    { id: "review.frame-on", label: "One frame on", keys: ["ArrowRight", "."], group, run: () => player()?.step(1) },
  ]);
  const model = useMemo(
    (): Workspace => ({
      bundle,
      isReadOnly: true,
      store,
      activeKey: activePerson ?? "",
      setActiveKey: onPerson,
      selected,
      select,
      tool: "select",
      setTool: () => undefined,
      activePartId,
      setActivePart,
      revealed,
      reveal,
      cover,
      players,
      addEvidence: () => undefined,
      takes: () => false,
      textCursorPart: null,
      setTextCursorPart: () => undefined,
      isGuideOpen: false,
      setGuideOpen: () => undefined,
    }),
    [activePartId, activePerson, bundle, cover, onPerson, reveal, revealed, selected, store],
  );
  return (
    <WorkspaceContext value={model}>
      <div className={classes.post}>
        <PostColumn />
      </div>
    </WorkspaceContext>
  );
}

function marksOf(given: readonly Given[]): EditorRecord[] {
  return given.flatMap(({ submission, verdict }, person) =>
    fromLabelDocument({
      verdicts: [
        {
          clause_key: submission.id,
          answer: verdict.answer,
          evidence: verdict.evidence.map((piece, index) => ({ ...(piece as unknown as EvidencePiece), id: `${person}-${index}` })),
        },
      ],
    }),
  );
}

/** People stand where questions stand in the workspace: the drawing needs only numbers and colours. */
function bundleOf(answers: PostAnswers, given: readonly Given[], projectId: string): LabelBundle {
  const release = answers.releases[0] ?? { id: "", label: "", title: "", state: "" };
  return {
    lease: { id: "", epoch: 0, state: "submitted", expires_at: "" },
    task: { id: "", project_id: projectId, project_state: "active" },
    release,
    clauses: given.map(({ submission }) => ({
      key: submission.id,
      parent_title: "",
      title: submission.person.pseudonym,
      question: "",
      blocks: [],
      answers: [],
      severities: [],
      evidence_kinds: [],
      requires: { evidence: false, reason: false, severity: false },
      meaning_revision: 0,
    })),
    post: answers.post,
    draft: null,
    campaign: null,
    submission: null,
  };
}
