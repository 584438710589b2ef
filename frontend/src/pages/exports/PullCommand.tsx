import { Button, CopyButton, SegmentedControl } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useState } from "react";
import { useMembership } from "@/api/session";
import { scopeLabels } from "@/pages/account/scopes";
import { AppLink, Panel } from "@/ui";
import classes from "./PullCommand.module.css";
import type { VersionDetail } from "./queries";

/** How to get this very version, to copy: on the command line or in Python. */
export function PullCommand({ projectId, version }: { projectId: string; version: VersionDetail }) {
  const [where, setWhere] = useState("shell");
  const slug = useMembership(projectId)?.project.slug ?? projectId;
  const reference = `${slug}/${version.dataset_name}@${version.number}`;
  const kind = version.kinds.at(0) ?? "labels";
  const text =
    where === "shell"
      ? `concord pull ${reference} --out ${version.dataset_name}-${version.number}`
      : `import concord\n\nrows = concord.load("${reference}", kind="${kind}", split="train")`;
  const once = `python3 -m pip install "./client[datasets]"\nconcord login ${window.location.origin}`;
  return (
    <Panel
      title="Use it"
      actions={
        <SegmentedControl
          size="xs"
          aria-label="Where you want to use it"
          value={where}
          onChange={setWhere}
          data={[
            { value: "shell", label: "Command" },
            { value: "python", label: "Python" },
          ]}
        />
      }
    >
      <div className={classes.steps}>
        <p className={classes.note}>
          Once, in a checkout of Concord: install the client and log in. It asks for an access token that may “
          {scopeLabels["datasets.export"]}”; <AppLink to="/tokens">create one here</AppLink>.
        </p>
        <Copyable text={once} label="How to install the client and log in" testId="login-command" />
        <p className={classes.note}>Then, wherever you train:</p>
        <Copyable text={text} label="How to get this version" testId="pull-command" />
      </div>
    </Panel>
  );
}

function Copyable({ text, label, testId }: { text: string; label: string; testId: string }) {
  return (
    <div className={classes.line}>
      <pre className={classes.text} data-testid={testId} tabIndex={0} aria-label={label}>
        {text}
      </pre>
      <CopyButton value={text}>
        {({ copied, copy }) => (
          <Button
            variant="default"
            size="xs"
            onClick={copy}
            aria-label={copied ? "Copied" : `Copy: ${label}`}
            leftSection={copied ? <IconCheck size={15} aria-hidden /> : <IconCopy size={15} aria-hidden />}
          >
            {copied ? "Copied" : "Copy"}
          </Button>
        )}
      </CopyButton>
    </div>
  );
}
