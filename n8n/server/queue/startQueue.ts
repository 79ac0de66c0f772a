import { join } from 'node:path';

import { installN8n } from '../../install/installN8n';
import { startN8n, type RunningN8n } from '../startN8n';
import { createStores } from './stores';
import { startWorker, type RunningWorker } from './worker';

export interface QueueOptions {
	/** Every process of it has a folder in here. */
	folder: string;
	/** A package of community nodes to install, as `npm pack` makes it. */
	tarball: string;
	workers: number;
	report?: (line: string) => void;
}

/** n8n in queue mode: what is executed by a webhook or a schedule is done by the workers. */
export interface RunningQueue {
	/** The process that takes the calls, and hands the work out. */
	main: RunningN8n;
	workers: RunningWorker[];
	stop(): Promise<void>;
}

/**
 * Starts an n8n in queue mode over PostgreSQL and Redis, of which nothing is left after `stop`.
 *
 * @throws FixableError when PostgreSQL or Redis isn't there, or n8n doesn't start
 */
export async function startQueue({ folder, tarball, workers: count, report = () => {} }: QueueOptions): Promise<RunningQueue> {
	const stores = await createStores(await installN8n({ report }));
	const running: Array<{ stop(): Promise<void> }> = [];
	const stop = async () => {
		await Promise.all(running.map((process) => process.stop()));
		await stores.drop();
	};
	try {
		// The main process makes the tables that the workers look for.
		const main = await startN8n({ folder: join(folder, 'main'), tarball, env: stores.env, report });
		running.push(main);
		const workers: RunningWorker[] = [];
		for (let number = 1; number <= count; number++) {
			const worker = await startWorker({ folder: join(folder, `worker-${number}`), tarball, report }, stores.env);
			workers.push(worker);
			running.push(worker);
		}
		return { main, workers, stop };
	} catch (error) {
		await stop();
		throw error;
	}
}
