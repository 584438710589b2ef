import { Modal } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { AppLink, QueryView } from "@/ui";
import { type Endpoint, endpointsQuery } from "./queries";

interface Props {
  projectId: string;
  title: string;
  isOpen: boolean;
  onClose: () => void;
  /** The form, once there is a model to ask: the first of them, and all. */
  children: (first: Endpoint, endpoints: readonly Endpoint[]) => ReactNode;
}

/** A dialog that has a model asked; without one it says who adds them, and where. */
export function AskDialog({ projectId, title, isOpen, onClose, children }: Props) {
  const endpoints = useQuery({ ...endpointsQuery(projectId), enabled: isOpen });
  return (
    <Modal opened={isOpen} onClose={onClose} title={title} size="lg">
      <QueryView query={endpoints}>
        {(found) => {
          const [first] = found;
          return first === undefined ? (
            <p>
              No model can be asked yet. An engineer or a manager adds one under <AppLink to={`/p/${projectId}/endpoints`}>Endpoints</AppLink>.
            </p>
          ) : (
            children(first, found)
          );
        }}
      </QueryView>
    </Modal>
  );
}
