/**
 * Loaded into n8n before n8n itself. A program that is killed outright (SIGKILL, a crash) can't end what it started; so n8n looks every
 * second whether its parent is still there, and otherwise shuts down as if asked to.
 */
const startedBy = process.ppid;

setInterval(() => {
	if (process.ppid !== startedBy) process.kill(process.pid, 'SIGTERM');
}, 1_000).unref();
