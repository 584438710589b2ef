import { Button } from "@mantine/core";
import { IconGavel } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useMay } from "@/api/session";

/** The way to a ruling, for those who may make one. */
export function SettleButton({
  projectId,
  postId,
  clauseKey,
  releaseId,
  questionId,
  size = "xs",
}: {
  projectId: string;
  postId: string;
  clauseKey?: string;
  releaseId?: string;
  /** Somebody's question that the ruling answers. */
  questionId?: string;
  size?: "xs" | "sm";
}) {
  const navigate = useNavigate();
  const search = { ...(clauseKey === undefined ? {} : { clause: clauseKey }), ...(releaseId === undefined ? {} : { release: releaseId }), ...(questionId === undefined ? {} : { question: questionId }) };
  if (!useMay(projectId, "policy.edit")) return null;
  return (
    <Button variant="default" size={size} leftSection={<IconGavel size={15} aria-hidden />} onClick={() => void navigate({ to: `/p/${projectId}/settle/${postId}`, search })}>
      Settle it with a ruling
    </Button>
  );
}
