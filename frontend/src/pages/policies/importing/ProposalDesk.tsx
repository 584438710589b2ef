import { Button } from "@mantine/core";
import { IconArrowLeft, IconCheck } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { api, taken } from "@/api/client";
import { FormProblem, plural, useShortcuts } from "@/ui";
import {
  aboveOf,
  arrangementOf,
  bodyOf,
  changed,
  type ImportPreview,
  keyProblem,
  mergedUp,
  type Proposed,
  shownOf,
} from "./arranging";
import { type ReadFile } from "./files";
import classes from "./importing.module.css";
import { NotesPanel } from "./NotesPanel";
import { PolicyHead } from "./PolicyHead";
import { ProposedOutline } from "./ProposedOutline";
import { ProposedText } from "./ProposedText";

/** What the files become: the clauses to choose on the left, one of them to look at, what was said about it beside. */
export function ProposalDesk({
  projectId,
  policyId,
  preview,
  files,
  onBack,
}: {
  projectId: string;
  policyId: string | null;
  preview: ImportPreview;
  files: readonly ReadFile[];
  onBack: () => void;
}) {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [arrangement, setArrangement] = useState(() => arrangementOf(preview));
  const [openId, setOpenId] = useState(preview.clauses[0]?.key ?? "");
  const shown = shownOf(arrangement);
  const open = shown.find((clause) => clause.id === openId) ?? shown[0];
  const chosen = shown.filter((clause) => clause.isChosen);
  const lacking = chosen.reduce((sum, clause) => sum + clause.problems.length, 0);
  const badKey = chosen.find((clause) => keyProblem(arrangement, clause) !== null);
  const isReady = chosen.length > 0 && badKey === undefined && arrangement.title.trim() !== "" && arrangement.key !== "";
  const write = useMutation({
    mutationFn: () => {
      const from = files.map((file) => ({
        name: file.given.name,
        ...(file.sha256 === "" ? {} : { sha256: file.sha256 }),
      }));
      return taken(
        api.POST("/api/projects/{project_id}/policy-imports/", {
          params: { path: { project_id: projectId } },
          body: bodyOf(arrangement, from, policyId),
        }),
      );
    },
    onSuccess: async (draft) => {
      await queries.invalidateQueries({ queryKey: ["policies", projectId] });
      await queries.invalidateQueries({ queryKey: ["policy", draft.policy_id] });
      void navigate({ to: `/p/${projectId}/releases/${draft.id}` });
    },
  });
  const change = (clause: Proposed, what: Partial<Proposed>): void => {
    write.reset();
    setArrangement((before) => changed(before, clause.id, what));
  };
  const merge = (clause: Proposed): void => {
    const above = aboveOf(arrangement, clause.id);
    if (above === null) return;
    write.reset();
    setArrangement((before) => mergedUp(before, clause.id));
    setOpenId(above.id);
  };
  const step = (by: number): void => {
    const next = shown[shown.findIndex((clause) => clause.id === open?.id) + by];
    if (next !== undefined) setOpenId(next.id);
  };
  const submit = (): void => {
    if (isReady && !write.isPending) write.mutate();
  };
  useShortcuts([
    { id: "policyImport.next", label: "Next clause", keys: ["j", "alt+pagedown"], whileTyping: false, run: () => step(1) },
    { id: "policyImport.previous", label: "Previous clause", keys: ["k", "alt+pageup"], run: () => step(-1) },
    {
      id: "policyImport.choose",
      label: "Bring this clause in, or leave it out",
      keys: "x",
      run: () => open !== undefined && change(open, { isChosen: !open.isChosen }),
    },
    {
      id: "policyImport.merge",
      label: "Merge this clause into the one above",
      keys: "m",
      run: () => open !== undefined && merge(open),
    },
    { id: "policyImport.write", label: "Write the draft", keys: "mod+enter", whileTyping: true, run: submit },
  ]);
  return (
    <div className={classes.desk} data-import>
      <PolicyHead
        arrangement={arrangement}
        isNew={policyId === null}
        onChange={(what) => {
          write.reset();
          setArrangement((before) => ({ ...before, ...what }));
        }}
      />
      <div className={classes.columns}>
        <ProposedOutline
          arrangement={arrangement}
          openId={open?.id ?? ""}
          onOpen={setOpenId}
          onChoose={(clause, isChosen) => change(clause, { isChosen })}
        />
        {open !== undefined && (
          <ProposedText
            key={open.id}
            clause={open}
            arrangement={arrangement}
            notes={preview.notes.filter((note) => note.clause_key === open.id)}
            onChange={(what) => change(open, what)}
            onMerge={() => merge(open)}
          />
        )}
      </div>
      <NotesPanel preview={preview} onOpen={setOpenId} />
      <FormProblem error={write.error} />
      <div className={classes.bar}>
        <Button variant="default" leftSection={<IconArrowLeft size={16} aria-hidden />} onClick={onBack}>
          Other files
        </Button>
        <p className={classes.sum} role="status">
          {plural(chosen.length, "clause")} of {shown.length}
          {lacking > 0 ? `; ${plural(lacking, "thing")} still missing for a release, listed beside the draft` : "; nothing is missing for a release"}
          {badKey !== undefined && `; the key of “${badKey.document.title}” cannot stay`}
        </p>
        <Button leftSection={<IconCheck size={16} aria-hidden />} loading={write.isPending} disabled={!isReady} onClick={submit}>
          Write the draft
        </Button>
      </div>
    </div>
  );
}
