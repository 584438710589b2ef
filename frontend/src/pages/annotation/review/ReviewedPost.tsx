import { useMemo, useRef, useState } from "react";
import { fromLabelDocument, type EvidencePiece } from "@/editor/labelDocument";
import type { EditorRecord } from "@/editor/records";
import { EditorStore } from "@/editor/store";
import { PictureViews } from "@/editor/view";
import { useProjectId, useShortcuts } from "@/ui";
import { bound } from "@/work/keyTables";
import { builtInCover } from "@/work/seeing/shapes";
import { useSights } from "@/work/seeing/useSights";
import { type Workspace, WorkspaceContext } from "../workspace/context";
import type { LabelBundle } from "../workspace/bundle";
import { DrawingDesk, freshSettings } from "../workspace/drawing";
import type { Player } from "../workspace/player";
import { useChoice } from "../workspace/useChoice";
import { PostColumn } from "../workspace/PostColumn";
import { noSuggestions } from "../workspace/suggestions/useSuggested";
import type { Given } from "./CaseView";
import { postCommands } from "./commands";
import type { PostAnswers } from "./reading";
import classes from "@/work/review/Review.module.css";

/** The post as annotators saw it, with everybody's marks: each person has a number and a colour. */
export function ReviewedPost({
  answers,
  given,
  activePerson,
  onPerson,
  leaseId = null,
}: {
  answers: Pick<PostAnswers, "post" | "releases">;
  given: readonly Given[];
  activePerson: string | null;
  onPerson: (submissionId: string | null) => void;
  /** The lease by which somebody looks who answered it; without one it is looked at to review it. */
  leaseId?: string | null;
}) {
  const projectId = useProjectId();
  const store = useMemo(() => new EditorStore(marksOf(given)), [given]);
  const bundle = useMemo(() => bundleOf(answers, given, projectId), [answers, given, projectId]);
  const choice = useChoice();
  const [activePartId, setActivePart] = useState(answers.post.parts[0]?.id ?? "");
  const [desk] = useState(() => new DrawingDesk());
  const [views] = useState(() => new PictureViews());
  const players = useRef(new Map<string, Player>());
  const looking = useSights({ projectId, postId: answers.post.id, leaseId, purpose: leaseId === null ? "review" : "label", media: [] }, builtInCover);
  const { sights } = looking;
  const movePart = (by: number): void => {
    const { parts } = answers.post;
    const at = parts.findIndex((part) => part.id === activePartId);
    const next = parts[(at + by + parts.length) % parts.length];
    if (next !== undefined) setActivePart(next.id);
  };
  const player = (): Player | undefined => players.current.get(activePartId) ?? [...players.current.values()][0];
  useShortcuts(
    bound(postCommands, {
      "review.reveal": { run: () => sights.press(activePartId), released: (heldMs) => sights.release(heldMs) },
      "review.next-part": () => movePart(1),
      "review.previous-part": () => movePart(-1),
      "review.play": () => player()?.toggle(),
      "review.frame-back": () => player()?.step(-1),
      "review.frame-on": () => player()?.step(1),
    }),
  );
  const model = useMemo(
    (): Workspace => ({
      bundle,
      isReadOnly: true,
      suggested: noSuggestions,
      store,
      activeKey: activePerson ?? "",
      setActiveKey: onPerson,
      ...choice,
      tool: "select",
      setTool: () => undefined,
      drawing: freshSettings,
      setDrawing: () => undefined,
      desk,
      views,
      activePartId,
      setActivePart,
      ...looking,
      players,
      addEvidence: () => undefined,
      takes: () => false,
      textCursorPart: null,
      setTextCursorPart: () => undefined,
      isGuideOpen: false,
      setGuideOpen: () => undefined,
    }),
    [activePartId, activePerson, bundle, choice, desk, looking, onPerson, store, views],
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
function bundleOf(answers: Pick<PostAnswers, "post" | "releases">, given: readonly Given[], projectId: string): LabelBundle {
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
    protection: { severity: 0, categories: [], is_known: false, known_from: "expected", cover: builtInCover },
    draft: null,
    campaign: null,
    onboarding: null,
    submission: null,
    returned: null,
    suggestions: null,
  };
}
