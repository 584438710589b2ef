/// <reference types="vitest/config" />
import react from "@vitejs/plugin-react";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { fileURLToPath, URL } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { defineConfig, type Plugin } from "vite";

const backend = `http://127.0.0.1:${process.env["PORT"] ?? "8000"}`;
const served = ["/api", "/_allauth", "/media", "/login", "/healthz", "/static"];

/** Compressed twins beside every text file, once at build time; the server hands them out as they are. */
function compressedTwins(): Plugin {
  return {
    name: "compressed-twins",
    apply: "build",
    async writeBundle(options) {
      const folder = `${options.dir ?? "dist"}/assets`;
      for (const name of await readdir(folder)) {
        if (!/\.(js|css|svg)$/.test(name)) continue;
        const bytes = await readFile(`${folder}/${name}`);
        if (bytes.length < 1024) continue;
        await writeFile(`${folder}/${name}.gz`, gzipSync(bytes, { level: 9 }));
        const quality = { [constants.BROTLI_PARAM_QUALITY]: 9 };
        await writeFile(`${folder}/${name}.br`, brotliCompressSync(bytes, { params: quality }));
      }
    },
  };
}

export default defineConfig({
  plugins: [react(), compressedTwins()],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  // The server replaces the placeholder with a fresh nonce on every response.
  html: { cspNonce: "__CSP_NONCE__" },
  build: {
    outDir: "dist",
    target: "es2022",
    assetsInlineLimit: 0,
    sourcemap: false,
    chunkSizeWarningLimit: 700,
  },
  server: { proxy: Object.fromEntries(served.map((path) => [path, { target: backend, changeOrigin: false }])) },
  test: {
    environment: "jsdom",
    include: ["src/**/*.test.{ts,tsx}"],
    setupFiles: ["src/test/setup.ts"],
    css: false,
    restoreMocks: true,
  },
});
