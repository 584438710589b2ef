import { Modal } from "@mantine/core";
import { TrainingForm } from "./TrainingForm";
import { VersionChoice } from "./VersionChoice";

interface Props {
  projectId: string;
  /** The version to train on; chosen in the dialog where it is left out. */
  version?: { readonly id: string; readonly name: string };
  isOpen: boolean;
  onClose: () => void;
}

/** Have a worker train on a version. */
export function StartTrainingDialog({ projectId, version, isOpen, onClose }: Props) {
  const form = (versionId: string) => <TrainingForm key={versionId} projectId={projectId} versionId={versionId} onClose={onClose} />;
  return (
    <Modal opened={isOpen} onClose={onClose} title={version === undefined ? "Start training" : `Train on ${version.name}`} size="lg">
      {version === undefined ? <VersionChoice projectId={projectId}>{form}</VersionChoice> : form(version.id)}
    </Modal>
  );
}
