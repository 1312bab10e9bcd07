/** A real PostgreSQL server for tests: its data in a temporary folder, on a free port of this machine alone. */
import { execFileSync, spawn, type SpawnOptions } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import { createConnection } from "node:net";
import os from "node:os";
import path from "node:path";
import { freePort } from "../../free-port";

export interface PostgresServer {
  /** "postgresql://postgres@127.0.0.1:41234/postgres" */
  readonly storage: string;
  /** Is away for so many seconds: shut down, or "killed" in the midst of what it does. */
  away(seconds: number, how?: "killed"): Promise<void>;
  /** Ends it, and removes its data. */
  stop(): Promise<void>;
}

/** @returns the server, or why there is none: Debian keeps its programs off the PATH */
export async function startPostgres(): Promise<PostgresServer | { readonly problem: string }> {
  const programs = programFolder();
  if (programs === undefined)
    return { problem: "PostgreSQL is not installed\n→ sudo apt-get install postgresql" };
  const user = unprivileged();
  if (user === undefined)
    return { problem: "PostgreSQL does not run as root, and there is no user postgres" };
  const data = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), "palimpsest-postgres-"));
  if (user.uid !== undefined) fs.chownSync(data, user.uid, user.gid ?? user.uid);
  const options: SpawnOptions = { ...user, cwd: data, stdio: ["ignore", "ignore", "inherit"] };
  const initialize = ["-D", data, "-U", "postgres", "--auth=trust", "--no-sync", "--encoding=UTF8"];
  execFileSync(path.join(programs, "initdb"), initialize, options);
  const port = await freePort();
  const settings = [
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "fsync=off",
    "log_min_messages=panic", // It is ended on purpose, while others are connected.
  ];
  const start = async () => {
    const server = spawn(
      path.join(programs, "postgres"),
      ["-D", data, "-p", String(port), ...settings.flatMap((setting) => ["-c", setting])],
      options,
    );
    const closed = once(server, "close");
    await answering(port);
    return async (signal: NodeJS.Signals) => {
      server.kill(signal);
      await closed;
    };
  };
  let end = await start();
  return {
    storage: `postgresql://postgres@127.0.0.1:${port}/postgres`,
    async away(seconds, how) {
      await end(how ? "SIGQUIT" : "SIGINT"); // Neither waits for those who are connected.
      await new Promise((resolve) => setTimeout(resolve, 1000 * seconds));
      end = await start();
    },
    async stop() {
      await end("SIGINT");
      fs.rmSync(data, { recursive: true, force: true });
    },
  };
}

function programFolder(): string | undefined {
  const debian = "/usr/lib/postgresql";
  const versions = fs.existsSync(debian) ? fs.readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [
    ...versions.map((version) => path.join(debian, version, "bin")),
    ...(process.env.PATH ?? "").split(path.delimiter),
  ];
  return folders.find((folder) => fs.existsSync(path.join(folder, "initdb")));
}

/** Whom the server runs as: whoever runs the tests, unless that is root. */
function unprivileged(): { uid?: number; gid?: number } | undefined {
  if (process.getuid?.() !== 0) return {};
  const [uid, gid] =
    /^postgres:[^:]*:(\d+):(\d+):/m.exec(fs.readFileSync("/etc/passwd", "utf8"))?.slice(1) ?? [];
  return uid === undefined ? undefined : { uid: Number(uid), gid: Number(gid) };
}

async function answering(port: number): Promise<void> {
  for (;;) {
    const socket = createConnection(port, "127.0.0.1");
    const answered = await once(socket, "connect").then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (answered) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
