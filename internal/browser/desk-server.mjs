// Starts leerblad for tests of the desk, and ends it.
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

// serve starts the program in a folder that has the publication in content/, and gives its address, as printed, and end(). Without words of a
// command it is started as a double click does.
export async function serve(program, folder, cache, ...words) {
  const home = join(folder, 'home');
  mkdirSync(home, { recursive: true });
  const server = spawn(program, words, {
    cwd: join(folder, 'content'), stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, HOME: home, XDG_CONFIG_HOME: join(home, '.config'), XDG_CACHE_HOME: cache, PATH: home }, // no browser opens
  });
  let said = '';
  const ended = new Promise((done) => { server.on('exit', done); });
  const address = await new Promise((done, fail) => {
    server.stdout.on('data', (data) => {
      said += data;
      const [found] = /http:\/\/\S+(?=\s)/.exec(said) ?? [];
      if (found) done(found);
    });
    server.stderr.on('data', (data) => { said += data; });
    server.on('error', fail);
    ended.then((code) => fail(new Error(`leerblad ended with ${code}: ${said}`)));
  });
  return {
    address,
    end: async () => {
      if (server.exitCode === null) server.kill('SIGINT');
      await ended;
    },
  };
}
