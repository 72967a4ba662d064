import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { OnServerExit } from './local-server.js';
import type { RunTool } from './run-tool.js';

/** What the makers of servers share. */
export interface LocalContext {
  /** Data, logs, pid files and remembered ports of this run live here. */
  dir: string;
  cacheDir: string;
  env: NodeJS.ProcessEnv;
  run: RunTool;
  onProgress: (line: string) => void;
  onServerExit: OnServerExit;
}

/** Port numbers by what they are for. */
export type Ports = Record<string, number>;

/** Reads the ports a server had when it last ran from this folder; empty on its first run. */
export async function rememberedPorts(serverDir: string): Promise<Ports> {
  try {
    return JSON.parse(await readFile(portsFile(serverDir), 'utf8')) as Ports;
  } catch {
    return {};
  }
}

/** Keeps the ports, so that the addresses people wrote down hold for the next start. */
export async function rememberPorts(serverDir: string, ports: Ports): Promise<void> {
  await mkdir(serverDir, { recursive: true });
  await writeFile(portsFile(serverDir), JSON.stringify(ports));
}

function portsFile(serverDir: string): string {
  return join(serverDir, 'ports.json');
}
