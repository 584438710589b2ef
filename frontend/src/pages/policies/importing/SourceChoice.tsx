import { Button, CloseButton, Textarea, TextInput } from "@mantine/core";
import { IconClipboardText, IconFileText, IconFileUpload } from "@tabler/icons-react";
import { type DragEvent, useRef, useState } from "react";
import { bytes, FileChoice, FormProblem, Panel, PanelGrid, plural, useShortcuts } from "@/ui";
import { dropped, fileRead, filesWith, mostBytes, type ReadFile, textRead } from "./files";
import classes from "./importing.module.css";

const accepted = ".md,.markdown,.txt,.csv,.tsv,.json,.yaml,.yml,.zip";

/** Where the text comes from: files, a folder or an archive dropped here, or words pasted in. */
export function SourceChoice({
  files,
  onFiles,
  isReading,
  error,
  onRead,
}: {
  files: readonly ReadFile[];
  onFiles: (files: readonly ReadFile[]) => void;
  isReading: boolean;
  error: unknown;
  onRead: (files: readonly ReadFile[]) => void;
}) {
  const [isOver, setOver] = useState(false);
  const [pasted, setPasted] = useState("");
  const [name, setName] = useState("");
  const choose = useRef<HTMLButtonElement>(null);
  const size = files.reduce((sum, file) => sum + file.size, 0);
  const isTooLarge = size > mostBytes;
  const add = async (chosen: readonly File[]): Promise<void> => {
    const read = await Promise.all(chosen.map((file) => fileRead(file)));
    onFiles(filesWith(files, read));
  };
  const look = async (): Promise<void> => {
    if (isReading || isTooLarge) return;
    const text = pasted.trim() === "" ? [] : [await textRead(name.trim() === "" ? "pasted text.md" : `${name.trim()}.md`, pasted)];
    const all = [...files, ...text];
    if (all.length === 0) return;
    onRead(all);
  };
  const onDrop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    void dropped(event.dataTransfer.items).then(add);
  };
  useShortcuts([
    { id: "policyImport.files", label: "Choose files", keys: "f", run: () => choose.current?.click() },
    { id: "policyImport.look", label: "Look at what it becomes", keys: "mod+enter", whileTyping: true, run: () => void look() },
  ]);
  return (
    <div className={classes.sources} data-import>
      <PanelGrid min="380px" full>
        <Panel title="Files" note="Markdown, text, CSV of labelled examples, JSON, YAML, or a .zip or folder of them. Several at once make one policy.">
          <div
            className={classes.drop}
            data-over={isOver || undefined}
            onDragOver={(event) => {
              event.preventDefault();
              setOver(true);
            }}
            onDragLeave={() => setOver(false)}
            onDrop={onDrop}
          >
            <IconFileUpload size={30} stroke={1.3} aria-hidden />
            <FileChoice ref={choose} multiple accept={accepted} icon={IconFileText} onChoose={(chosen) => void add(chosen)}>
              Choose files
            </FileChoice>
            <span>or drop files and folders here</span>
          </div>
          {files.length > 0 && (
            <ul className={classes.files} aria-label="Chosen files">
              {files.map((file) => (
                <li key={file.given.name}>
                  <span className={classes.fileName} dir="auto">
                    {file.given.name}
                  </span>
                  <span className={classes.faint}>{bytes(file.size)}</span>
                  <CloseButton
                    size="sm"
                    aria-label={`Take out ${file.given.name}`}
                    onClick={() => onFiles(files.filter((other) => other !== file))}
                  />
                </li>
              ))}
            </ul>
          )}
        </Panel>
        <Panel title="Or paste a text" note="Headings become clauses; under a heading such as Examples or Exceptions the text goes where it belongs.">
          <div className={classes.paste}>
            <TextInput
              label="What it is called"
              placeholder="Community rules"
              maxLength={100}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <Textarea
              label="Text"
              autosize
              minRows={9}
              maxRows={18}
              value={pasted}
              dir="auto"
              placeholder={"# Community rules\n\n## Weapons\n\nDo not sell weapons. This includes:\n\n- firearms and their parts"}
              onChange={(event) => setPasted(event.currentTarget.value)}
            />
          </div>
        </Panel>
      </PanelGrid>
      {isTooLarge && (
        <p className={classes.problem} role="alert">
          Together these files hold {bytes(size)}; at most {bytes(mostBytes)} can be brought in at once. Take some out.
        </p>
      )}
      <FormProblem error={error} />
      <div className={classes.go}>
        <span className={classes.faint}>
          {files.length > 0 ? `${plural(files.length, "file")}, ${bytes(size)}` : "Nothing is written yet."}
        </span>
        <Button
          leftSection={<IconClipboardText size={16} aria-hidden />}
          loading={isReading}
          disabled={(files.length === 0 && pasted.trim() === "") || isTooLarge}
          onClick={() => void look()}
        >
          Look at what it becomes
        </Button>
      </div>
    </div>
  );
}
