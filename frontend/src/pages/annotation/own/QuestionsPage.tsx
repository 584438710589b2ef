import { SegmentedControl } from "@mantine/core";
import { IconHelpCircle } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, taken } from "@/api/client";
import { usePages } from "@/api/pages";
import { useMay } from "@/api/session";
import { announce, EmptyState, ErrorState, LoadingState, PageHeader, Panel, useProjectId, WordsForm } from "@/ui";
import { SettleButton } from "@/pages/policies/precedents/SettleButton";
import { NoteThread } from "./NoteThread";

/** `/p/:id/questions`: what annotators asked about posts, and the answers. */
export default function QuestionsPage() {
  const projectId = useProjectId();
  const mayLook = useMay(projectId, "content.view");
  const [isOpenOnly, setOpenOnly] = useState(true);
  const questions = usePages(["questions", projectId, isOpenOnly], (cursor) =>
    taken(
      api.GET("/api/projects/{project_id}/questions/", {
        params: { path: { project_id: projectId }, query: { cursor, open: isOpenOnly } },
      }),
    ),
  );
  return (
    <>
      <PageHeader
        title="Questions"
        lead="What annotators ask about posts while they work. Answer where the rule is clear; where it is not, the question is one for the next release."
        actions={
          <SegmentedControl
            aria-label="Which questions"
            data={[
              { value: "open", label: "Open" },
              { value: "all", label: "All" },
            ]}
            value={isOpenOnly ? "open" : "all"}
            onChange={(value) => setOpenOnly(value === "open")}
          />
        }
      />
      {questions.isPending && <LoadingState label="Loading questions" />}
      {questions.error !== null && <ErrorState error={questions.error} onRetry={questions.refetch} />}
      {questions.isSuccess && questions.rows.length === 0 && (
        <EmptyState icon={IconHelpCircle} tone="good" title={isOpenOnly ? "No question is open" : "Nobody has asked anything yet"}>
          Annotators ask from the workspace; what they ask appears here at once.
        </EmptyState>
      )}
      {questions.rows.length > 0 && (
        <Panel title={isOpenOnly ? "Waiting for an answer" : "All questions"}>
          {questions.rows.map((note) => (
            <NoteThread
              key={note.id}
              note={note}
              to={mayLook && note.post_id !== null ? `/p/${projectId}/posts/${note.post_id}` : null}
            >
              {note.answers.length === 0 && <AnswerForm noteId={note.id} projectId={projectId} />}
              {note.post_id !== null && (
                <SettleButton projectId={projectId} postId={note.post_id} {...(note.answers.length === 0 ? { questionId: note.id } : {})} {...(note.clause_key === "" ? {} : { clauseKey: note.clause_key })} />
              )}
            </NoteThread>
          ))}
        </Panel>
      )}
    </>
  );
}

function AnswerForm({ noteId, projectId }: { noteId: string; projectId: string }) {
  const queries = useQueryClient();
  const [text, setText] = useState("");
  const answer = useMutation({
    mutationFn: () => api.POST("/api/questions/{note_id}/answer/", { params: { path: { note_id: noteId } }, body: { text } }),
    onSuccess: async () => {
      announce("Your answer is with the person who asked.");
      await queries.invalidateQueries({ queryKey: ["questions", projectId] });
    },
  });
  return <WordsForm action={answer} label="Your answer" confirm="Answer" text={text} onText={setText} lines={2} />;
}
