import { IconDownload } from "@tabler/icons-react";
import { bytes, type Column, count, DataTable } from "@/ui";
import classes from "./FileTable.module.css";
import type { VersionDetail, VersionFile } from "./queries";

/** The files of a version with their hashes; each can be taken by itself. */
export function FileTable({ version, mayDownload }: { version: VersionDetail; mayDownload: boolean }) {
  const columns: readonly Column<VersionFile>[] = [
    { key: "path", header: "Path", render: (file) => <code>{file.path}</code> },
    {
      key: "rows",
      header: "Rows",
      align: "end",
      width: "90px",
      render: (file) => (file.rows === null ? "—" : count(file.rows)),
    },
    { key: "size", header: "Size", align: "end", width: "100px", render: (file) => bytes(file.size_bytes) },
    {
      key: "sha256",
      header: "SHA-256",
      width: "150px",
      render: (file) => (
        <code className={classes.hash} title={file.sha256}>
          {file.sha256.slice(0, 12)}
        </code>
      ),
    },
    ...(mayDownload
      ? [
          {
            key: "take",
            header: <span aria-hidden> </span>,
            width: "60px",
            align: "end" as const,
            render: (file: VersionFile) => (
              <a
                className={classes.take}
                href={`/api/versions/${version.id}/files/${file.path.split("/").map(encodeURIComponent).join("/")}`}
                download
                aria-label={`Download ${file.path}`}
              >
                <IconDownload size={16} aria-hidden />
              </a>
            ),
          },
        ]
      : []),
  ];
  return <DataTable label="files" columns={columns} rows={version.files} rowKey={(file) => file.path} />;
}
